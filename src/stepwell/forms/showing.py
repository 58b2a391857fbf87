"""Values of FEEL as the viewer has them: dates and times are texts."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from stepwell import feel
from stepwell.feel.numbers import plain
from stepwell.feel.temporal_text import format_zone
from stepwell.forms.page import Component, DynamicList, Group, Input, Page
from stepwell.forms.paths import get, put
from stepwell.forms.visible import copied


def as_sent(value: Any) -> Any:
    """The value as a browser would send it, but with exact numbers."""
    if isinstance(value, dict):
        return {name: as_sent(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_sent(inner) for inner in value]
    if isinstance(value, date | time):
        return moment_text(value)
    if isinstance(value, timedelta | feel.YearsMonths | feel.Range):
        return feel.format_value(value)
    return None if isinstance(value, feel.Function) else value


def moment_text(value: date | time) -> str:
    """ISO 8601 without seconds that are zero, and with the offset in place of a named zone."""
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{_clock(value.time(), value.utcoffset())}"
    return _clock(value, value.utcoffset()) if isinstance(value, time) else value.isoformat()


def _clock(value: time, offset: timedelta | None) -> str:
    exact = value.second or value.microsecond
    text = value.replace(tzinfo=None).isoformat("auto" if exact else "minutes")
    return text if offset is None else text + format_zone(timezone(offset), offset)


def to_show(page: Page, values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON for the renderer; numbers whose digits matter are texts."""
    shown = copied(as_sent(values))
    _texts(page.components, shown)
    return feel.to_json(shown)  # type: ignore[no-any-return]


def to_fill(page: Page, values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON of what a person may be able to change, without what is only shown."""
    shown: dict[str, Any] = {}
    _changeable(page.components, as_sent(values), shown)
    return feel.to_json(shown)  # type: ignore[no-any-return]


def _changeable(components: Iterable[Component], values: dict[str, Any], shown: dict[str, Any]) -> None:
    for component in components:
        if isinstance(component, Group):
            _changeable(component.inner, values, shown)
        elif isinstance(component, DynamicList) or not (
            component.formula is not None or component.readonly is True or component.disabled is True
        ):
            put(shown, component.path, get(values, component.path))


def _texts(components: Iterable[Component], shown: dict[str, Any]) -> None:
    for component in components:
        if isinstance(component, Group):
            _texts(component.inner, shown)
        elif isinstance(component, DynamicList):
            items = get(shown, component.path)
            for item in items if isinstance(items, list) else ():
                if isinstance(item, dict):
                    _texts(component.inner, item)
        else:
            _text(component, shown)


def _text(field: Input, shown: dict[str, Any]) -> None:
    if field.numeric is not None and field.numeric.as_text:
        value = get(shown, field.path)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            put(shown, field.path, plain(value))
