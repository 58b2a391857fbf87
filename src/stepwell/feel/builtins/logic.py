"""``not``, ``all``, ``any`` (DMN 1.5, 10.3.4.2 and 10.3.4.4)."""

from typing import Any

from stepwell.feel.builtins.registry import builtin
from stepwell.feel.errors import FeelError
from stepwell.feel.values import named


@builtin("not(negand: any)")
def negate(negand: Any) -> bool | None:
    """The other boolean; null of null."""
    return None if negand is None else not _boolean(negand)


@builtin("all(list: any...)")
def every(items: list[Any]) -> bool | None:
    """False when one is false, else null when one is not known, else true."""
    return _settled(items, decided=False)


@builtin("any(list: any...)")
def some(items: list[Any]) -> bool | None:
    """True when one is true, else null when one is not known, else false."""
    return _settled(items, decided=True)


def _settled(items: list[Any], *, decided: bool) -> bool | None:
    known = [None if item is None else _boolean(item) for item in items]
    if decided in known:
        return decided
    return None if None in known else not decided


def _boolean(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise FeelError(f"Expected true or false, but got {named(value)}.")
