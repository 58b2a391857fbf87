"""What an input asks of a value that is of its type: the limits, the pattern, the options."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from stepwell import feel
from stepwell.feel.builtins.pattern_machine import search
from stepwell.feel.limits import DEFAULT_LIMITS, Meter
from stepwell.feel.numbers import is_number, plain
from stepwell.forms.context import Scope
from stepwell.forms.draft import show
from stepwell.forms.page import Bound, Input, Options
from stepwell.forms.values import Wrong, chosen, key_of

_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*")
_PHONE = re.compile(r"(?:\+|00)[1-9]\d{5,29}$", re.ASCII)
_MOST_OPTIONS = 10_000
_MOST_SHOWN = 5


def is_empty(field: Input, value: object) -> bool:
    """Whether nothing was chosen or written; for a check box, whether it is not ticked."""
    return value is None or value in ("", []) or (field.type == "checkbox" and value is False)


def faults(field: Input, value: Any, scope: Scope) -> Iterator[Wrong]:
    """Everything that is wrong with a value that is there."""
    if field.type in ("textfield", "textarea"):
        yield from _of_text(field, value, scope)
    elif field.type == "number":
        yield from _of_number(field, value, scope)
    elif field.type == "datetime":
        yield from _of_moment(field, value, scope)
    elif field.options is not None:
        yield from _of_options(field, value, scope)
    elif field.type == "filepicker" and len(value) > 1 and not scope.holds(field.multiple):
        yield Wrong("value.too-many", "have one file", f"there are {len(value)}")


def limit(bound: Bound, scope: Scope) -> int | Decimal | None:
    """The number that a limit says; None when it says nothing."""
    value = scope.evaluate(bound) if isinstance(bound, feel.Expression) else bound
    return value if is_number(value) else None  # type: ignore[return-value]


def _of_text(field: Input, value: str, scope: Scope) -> Iterator[Wrong]:
    rules, length = field.rules, len(value.strip())
    least, most = limit(rules.min_length, scope), limit(rules.max_length, scope)
    if least is not None and length < least:
        yield Wrong("value.too-short", f"have at least {plain(least)} characters", f"it has {length}")
    if most is not None and length > most:
        yield Wrong("value.too-long", f"have at most {plain(most)} characters", f"it has {length}")
    if rules.pattern is not None and search(rules.pattern, value, 0, Meter(DEFAULT_LIMITS)) is None:
        wanted = f"match the pattern {rules.pattern_text}"
        yield Wrong("value.pattern", wanted, f"it is {show(value)}", rules.pattern_message)
    if rules.validation_type == "email" and not _EMAIL.fullmatch(value):
        yield Wrong("value.email", "be an e-mail address", f"it is {show(value)}")
    if rules.validation_type == "phone" and not _PHONE.search(value):
        wanted = "be an international phone number such as +4930664040900"
        yield Wrong("value.phone", wanted, f"it is {show(value)}")


def _of_number(field: Input, value: int | Decimal, scope: Scope) -> Iterator[Wrong]:
    least, most = limit(field.rules.min, scope), limit(field.rules.max, scope)
    if least is not None and value < least:
        yield Wrong("value.too-small", f"be at least {plain(least)}", f"it is {plain(value)}")
    if most is not None and value > most:
        yield Wrong("value.too-large", f"be at most {plain(most)}", f"it is {plain(value)}")
    if field.numeric is None:
        return
    digits, step = field.numeric.digits, limit(field.numeric.increment, scope)
    if digits is not None and _decimals(value) > digits:
        yield Wrong("value.digits", f"have at most {digits} digits after the point", f"it is {plain(value)}")
    if step is not None and step > 0 and not _is_multiple(value, step):
        yield Wrong("value.increment", f"be a multiple of {plain(step)}", f"it is {plain(value)}")


def _decimals(value: int | Decimal) -> int:
    exponent = Decimal(value).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _is_multiple(value: int | Decimal, step: int | Decimal) -> bool:
    try:
        return Decimal(value) % Decimal(step) == 0
    except ArithmeticError:
        return False


def _of_moment(field: Input, value: Any, scope: Scope) -> Iterator[Wrong]:
    day = value.date() if isinstance(value, datetime) else value
    today = scope.now.date()
    if field.not_past and isinstance(day, date) and day < today:
        yield Wrong("value.past", f"be today ({today}) or later", f"it is {day}")


def _of_options(field: Input, value: Any, scope: Scope) -> Iterator[Wrong]:
    assert field.options is not None
    known = options(field.options, scope)
    for one in value if field.several else [value]:
        if key_of(one) not in known:
            shown = [*islice(known.values(), _MOST_SHOWN + 1)]
            among = ", ".join(map(show, shown[:_MOST_SHOWN])) + (", …" if len(shown) > _MOST_SHOWN else "")
            yield Wrong("value.option", f"be one of {among or 'no options at all'}", f"it is {show(one)}")


def options(given: Options, scope: Scope) -> Mapping[object, object]:
    """The values that may be chosen now, by their keys; worked out once where they are the same for all."""
    if given.fixed is not None:
        return given.fixed
    if given.expression is not None:
        return keyed(scope.evaluate(given.expression))
    known = scope.memo.get(given.key)
    if known is None:
        known = scope.memo[given.key] = keyed(scope.data.get(given.key))
    return known


def keyed(options: object) -> dict[object, object]:
    """The values that may be chosen of options, by their keys."""
    return {key_of(value): value for value in islice(chosen(options), _MOST_OPTIONS)}
