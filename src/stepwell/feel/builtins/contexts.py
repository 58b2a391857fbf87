"""Functions of contexts (DMN 1.5, 10.3.4.10)."""

from typing import Any

from stepwell.feel.builtins.registry import builtin
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.values import named


@builtin("get value(m: context, key: any)")
def get_value(context: dict[str, Any], key: Any) -> Any:
    """The entry ``key``, or the one at the end of a list of keys; null without it."""
    found: Any = context
    for name in key if type(key) is list else [key]:
        found = found.get(name) if type(found) is dict and type(name) is str else None
    return found


@builtin("get entries(m: context)")
def get_entries(context: dict[str, Any]) -> list[Any]:
    """A list of contexts with the entries ``key`` and ``value``."""
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list)")
def from_entries(entries: list[Any]) -> dict[str, Any]:
    """The context of a list as ``get entries`` makes it; no key may stand twice."""
    context: dict[str, Any] = {}
    for entry in entries:
        key = entry.get("key") if type(entry) is dict else None
        if type(key) is not str or "value" not in entry or key in context:
            raise FeelError("Expected contexts with a key of their own and a value, but found another one.")
        context[key] = entry["value"]
    return context


@builtin("context put(context: context, key: any, value: any)", framed=True)
def put_at(frame: Frame, context: dict[str, Any], key: Any, value: Any) -> dict[str, Any]:
    """A context like this one with ``value`` as the entry ``key``, or at the end of a list of keys."""
    changed: dict[str, Any] = put_deep(frame, context, key if type(key) is list else [key], value)
    return changed


def put(frame: Frame, context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """A context like this one with ``value`` as the entry ``key``."""
    meter_of(frame).grow(len(context) + 1)
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: any)", framed=True)
def put_deep(frame: Frame, context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any]:
    """A context like this one with ``value`` at the end of the path ``keys``."""
    for key in keys:
        if type(key) is not str:
            raise FeelError(f"Expected strings as keys, but got {named(key)}.")
    if not keys:
        raise FeelError("Expected at least one key, but got none.")
    path = [context]
    for key in keys[:-1]:
        inner = path[-1].get(key)
        path.append(inner if type(inner) is dict else {})
    for level, key in zip(reversed(path), reversed(keys), strict=True):
        value = put(frame, level, key, value)
    return value  # type: ignore[no-any-return]


@builtin("context merge(contexts: list)", framed=True)
def merge(frame: Frame, contexts: list[Any]) -> dict[str, Any]:
    """One context with the entries of all; later ones win."""
    merged: dict[str, Any] = {}
    for context in contexts:
        if type(context) is not dict:
            raise FeelError(f"Expected contexts to merge, but got {named(context)}.")
        meter_of(frame).grow(len(context))
        merged.update(context)
    return merged
