"""What may stand in a property of a component: one check for each way a value may look."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from stepwell import feel
from stepwell.feel.builtins.pattern_machine import pattern_of
from stepwell.forms.components import INSIDE, PROPERTIES, rules_of
from stepwell.forms.draft import Draft, check_feel, complain, is_feel, near, show

MOST_OPTIONS = 1_000
MOST_CHARACTERS = 20_000
_DEEPEST_FILTER = 10
_KEY = re.compile(r"\w+(?:\.\w+)*", re.ASCII)
_NUMBER: Final = (int, float, Decimal)

Check = Callable[[Draft, str, Any], None]


def check_property(draft: Draft, where: str, name: str, value: object) -> None:
    """Complain of a value that does not fit the property ``name`` (one of ``PROPERTIES``)."""
    kind = PROPERTIES[name]
    check = CHECKS.get(kind)
    if check is not None:
        check(draft, where, value)
    elif value not in (words := [word.strip() for word in kind.split("|")]):
        wanted = " or ".join(filter(None, words))
        message = f"Expected {where} to be {wanted} but it is {show(value)}{near(str(value), words)}."
        complain(draft, "page.value", where, message)


def _wrong(draft: Draft, where: str, wanted: str, value: object) -> None:
    complain(draft, "page.value", where, f"Expected {where} to be {wanted} but it is {show(value)}.")


def is_number(value: object) -> bool:
    """Whether decoded JSON is a number; a boolean is none."""
    return isinstance(value, _NUMBER) and not isinstance(value, bool)


def _text(draft: Draft, where: str, value: Any) -> None:
    if value is not None and not isinstance(value, str):
        _wrong(draft, where, "text", value)
    elif value is not None and len(value) > MOST_CHARACTERS:
        _wrong(draft, where, f"text of at most {MOST_CHARACTERS} characters", value)


def _spoken(draft: Draft, where: str, value: Any) -> None:
    """A text for people: as it is, with ``{{…}}`` for the renderer, or FEEL after ``=``."""
    _text(draft, where, value)
    if is_feel(value):
        check_feel(draft, where, value)


def _flag(draft: Draft, where: str, value: Any) -> None:
    if not isinstance(value, bool):
        _wrong(draft, where, "true or false", value)


def _feel(draft: Draft, where: str, value: Any) -> None:
    if not is_feel(value):
        _wrong(draft, where, "FEEL after =", value)
    else:
        _spoken(draft, where, value)


def _number(draft: Draft, where: str, value: Any) -> None:
    if not is_number(value):
        _wrong(draft, where, "a number", value)


def _whole(draft: Draft, where: str, value: Any) -> None:
    if not is_number(value) or not 0 <= value <= 1_000_000_000 or value != int(value):
        _wrong(draft, where, "a whole number from 0 on", value)


def _key(draft: Draft, where: str, value: Any) -> None:
    if not isinstance(value, str) or not _KEY.fullmatch(value) or len(value) > 200:
        _wrong(draft, where, "names of letters, digits and _ with a point between them", value)


def _name(draft: Draft, where: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        _wrong(draft, where, "the name of what holds the options", value)


def _path(draft: Draft, where: str, value: Any) -> None:
    if value != "":
        _key(draft, where, value)


def _or_feel(plain: Check) -> Check:
    """The same, or FEEL; a number may be written as text."""

    def check(draft: Draft, where: str, value: Any) -> None:
        if isinstance(value, str):
            _spoken(draft, where, value) if is_feel(value) else plain(draft, where, number_in(value))
        else:
            plain(draft, where, value)

    return check


def number_in(text: str) -> int | Decimal | str:
    """The number that a text writes; the text itself when it is none."""
    try:
        return feel.from_json(Decimal(text.strip()))  # type: ignore[return-value]
    except (ArithmeticError, feel.FeelError):
        return text


def _objects(
    draft: Draft, where: str, value: Any, allowed: frozenset[str]
) -> list[tuple[str, dict[str, Any]]]:
    """The objects of a list, each with its place; complains of anything else and of unknown names."""
    if not isinstance(value, list):
        _wrong(draft, where, "a list", value)
        return []
    if len(value) > MOST_OPTIONS:
        _wrong(draft, where, f"a list of at most {MOST_OPTIONS}", value)
        return []
    found = []
    for number, entry in enumerate(value):
        place = f"{where}[{number}]"
        if not isinstance(entry, dict):
            _wrong(draft, place, "an object", entry)
            continue
        found.append((place, entry))
        check_names(draft, place, entry, allowed)
    return found


def check_names(draft: Draft, where: str, given: dict[str, Any], allowed: frozenset[str]) -> None:
    """Complain of names that do not belong here."""
    for name in (name for name in given if name not in allowed and not draft.is_full):
        message = f"Expected a property of {where or 'the page'} but found {name[:60]}{near(name, allowed)}."
        complain(draft, "page.property-unknown", f"{where}.{name[:60]}".lstrip("."), message)


def _options(draft: Draft, where: str, value: Any) -> None:
    """Texts, numbers, yes and no, or objects with ``value`` and ``label``."""
    if not isinstance(value, list) or len(value) > MOST_OPTIONS:
        _wrong(draft, where, f"a list of at most {MOST_OPTIONS} options", value)
        return
    known: set[str] = set()
    for number, option in enumerate(value):
        chosen = option.get("value") if isinstance(option, dict) else option
        place = f"{where}[{number}]"
        if isinstance(option, dict):
            check_names(draft, place, option, frozenset({"label", "value"}))
        if chosen is None or chosen == "":
            _wrong(draft, place, "an option with a value", option)
        elif repr(chosen) in known:
            message = f"Expected each value of {where} once but {show(chosen)} is there again."
            complain(draft, "page.option-doubled", place, message)
        known.add(repr(chosen))


def _columns(draft: Draft, where: str, value: Any) -> None:
    for place, column in _objects(draft, where, value, frozenset({"label", "key"})):
        _text(draft, f"{place}.label", column.get("label"))
        _key(draft, f"{place}.key", column.get("key"))


def _object(name: str, each: dict[str, Check] | Check) -> Check:
    """An object whose entries are all checked alike or each in its way; one that is null is not there."""
    checks = each if isinstance(each, dict) else dict.fromkeys(INSIDE[name], each)

    def check(draft: Draft, where: str, value: Any) -> None:
        if not isinstance(value, dict):
            _wrong(draft, where, "an object", value)
            return
        check_names(draft, where, value, INSIDE[name])
        for entry in (entry for entry in value if entry in checks):
            if value[entry] is not None:
                checks[entry](draft, f"{where}.{entry}", value[entry])

    return check


def _layout_columns(draft: Draft, where: str, value: Any) -> None:
    if not is_number(value) or value not in range(2, 17):
        _wrong(draft, where, "a whole number from 2 to 16", value)


def check_validate(draft: Draft, where: str, component: str, value: Any) -> None:
    """``validate`` of a component of this type."""
    if not isinstance(value, dict):
        _wrong(draft, where, "an object", value)
        return
    allowed = rules_of(component)
    check_names(draft, where, value, allowed)
    for name in (name for name in value if name in allowed):
        check_property(draft, f"{where}.{name}", name, value[name])
    if isinstance(value.get("pattern"), str):
        _pattern(draft, f"{where}.pattern", value["pattern"])


def _pattern(draft: Draft, where: str, value: str) -> None:
    try:
        pattern_of(value, "")
    except feel.FeelError as fault:
        message = f"Expected a pattern that the server can follow in {where} but: {fault.message}"
        hint = "Look-around and back-references are left out, so that no pattern can hang the server."
        complain(draft, "page.pattern", where, message, hint=hint)


def check_filter(draft: Draft, where: str, value: Any, depth: int = 0) -> None:
    """A filter as data: ``{"all": […]}``, ``{"any": […]}`` or ``{"field", "op", "value"}``; which fields and
    operators there are is the business of the record type.
    """
    if not isinstance(value, dict) or depth > _DEEPEST_FILTER:
        _wrong(draft, where, f"an object, at most {_DEEPEST_FILTER} within each other", value)
        return
    group = next((name for name in ("all", "any") if name in value), "")
    if group:
        check_names(draft, where, value, frozenset({group}))
        inner = value[group] if isinstance(value[group], list) else [value[group]]
        for number, part in enumerate(inner[:MOST_OPTIONS]):
            check_filter(draft, f"{where}.{group}[{number}]", part, depth + 1)
        return
    check_names(draft, where, value, frozenset({"field", "op", "value"}))
    if not isinstance(value.get("field"), str) or not value["field"]:
        _wrong(draft, f"{where}.field", "the name of a field", value.get("field"))
    if not isinstance(value.get("op", "="), str):
        _wrong(draft, f"{where}.op", "an operator", value["op"])
    if is_feel(value.get("value")):
        check_feel(draft, f"{where}.value", value["value"])


def _anything(_draft: Draft, _where: str, _value: Any) -> None:
    """Free for the author, or checked where its component is known."""


CHECKS: Final[dict[str, Check]] = {
    "text": _text,
    "spoken": _spoken,
    "flag": _flag,
    "flag or FEEL": _or_feel(_flag),
    "whole": _whole,
    "whole or FEEL": _or_feel(_whole),
    "number": _number,
    "number or FEEL": _or_feel(_number),
    "FEEL": _feel,
    "key": _key,
    "path": _path,
    "name": _name,
    "filter": check_filter,
    "options": _options,
    "columns": _columns,
    "layout": _object("layout", {"row": _text, "columns": _layout_columns}),
    "conditional": _object("conditional", {"hide": _feel}),
    "appearance": _object("appearance", _spoken),
    "security": _object("security", _flag),
    "anything": _anything,
    "components": _anything,
    "validate": _anything,
}
