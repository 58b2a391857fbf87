"""The types that ``instance of`` and parameters name (DMN 1.5, 10.3.2.3 and table 52)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from stepwell.feel.limits import Meter
from stepwell.feel.reader import Reader
from stepwell.feel.syntax import Type
from stepwell.feel.values import Function, Range, YearsMonths

CLASSES: Final[dict[str, tuple[type, ...]]] = {
    "number": (int, Decimal),
    "string": (str,),
    "boolean": (bool,),
    "date": (date,),
    "time": (time,),
    "date and time": (datetime,),
    "days and time duration": (timedelta,),
    "years and months duration": (YearsMonths,),
    "list": (list,),
    "context": (dict,),
    "function": (Function,),
    "range": (Range,),
    "null": (type(None),),
    "Null": (type(None),),
}
_LONGEST: Final = 4


def read_type(reader: Reader) -> Type:
    """The type that comes next, with its arguments; FeelSyntaxError when there is none of that name."""
    for count in range(_LONGEST, 0, -1):
        words = " ".join(reader.peek(at).text for at in range(count))
        if words in CLASSES or words == "Any":
            reader.index += count
            found = Type(words)
            if words in {"list", "range", "context", "function"} and reader.skip("<"):
                _read_arguments(reader, found)
            return found
    raise reader.wrong("the name of a type")


def _read_arguments(reader: Reader, found: Type) -> None:
    while not reader.skip(">"):
        if found.arguments:
            reader.expect(",")
        if found.name == "context":
            found.entries.append(reader.declared_name(":", ",", ">"))
            reader.expect(":")
        found.arguments.append(read_type(reader))
    if found.name == "function":
        reader.expect("->")
        found.arguments.append(read_type(reader))


def is_instance(value: object, wanted: Type, meter: Meter) -> bool:
    """Whether ``value`` is of the type; null is of no type but Null, also not of Any."""
    if wanted.name == "Any":
        return value is not None
    if type(value) not in CLASSES[wanted.name]:
        return False
    if not wanted.arguments:
        return True
    inner = wanted.arguments[0]
    if isinstance(value, list):
        meter.work(len(value))
        return all(is_instance(item, inner, meter) for item in value)
    if isinstance(value, dict):
        pairs = zip(wanted.entries, wanted.arguments, strict=True)
        return all(name in value and is_instance(value[name], kind, meter) for name, kind in pairs)
    if isinstance(value, Range):
        bounds = [bound for bound in (value.start, value.end) if bound is not None]
        return all(is_instance(bound, inner, meter) for bound in bounds)
    return isinstance(value, Function) and len(value.parameters or ()) == len(wanted.arguments) - 1
