"""How a built-in function says what it takes, and how it is found and called."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

import msgspec

from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.numbers import is_number, whole
from stepwell.feel.values import MISSING, Function, Range, YearsMonths, named

Implementation = Callable[..., Any]

ACCEPTED: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "boolean": (bool,),
    "context": (dict,),
    "function": (Function,),
    "range": (Range,),
    "date": (date,),
    "time": (time,),
    "moment": (date, datetime),
    "duration": (timedelta, YearsMonths),
    "days and time duration": (timedelta,),
}


class Builtin(msgspec.Struct, frozen=True):
    """One form of a built-in function: names and kinds of its parameters, the first ``required`` of which
    must be given. The last one of a ``variadic`` form takes all further arguments, as a list. A ``framed``
    one is called with the frame first.
    """

    name: str
    parameters: tuple[str, ...]
    kinds: tuple[str, ...]
    required: int
    variadic: bool
    framed: bool
    function: Implementation

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.required <= count and (self.variadic or count <= len(self.parameters))

    def invoke(self, frame: Frame, arguments: list[Any]) -> Any:
        """Check, call and count; FeelError when an argument is of a wrong kind."""
        meter = meter_of(frame)
        if self.variadic:
            arguments = self._gathered(arguments)
        for index, argument in enumerate(arguments):
            kind = type(argument)
            if kind is list:
                meter.work(len(argument))
            elif kind is str:
                meter.work(len(argument) >> 5)
            wanted = self.kinds[index]
            if wanted != "any" or argument is MISSING:
                arguments[index] = self._fitting(argument, wanted, index)
        meter.work(1)
        result = self.function(frame, *arguments) if self.framed else self.function(*arguments)
        if type(result) is list or type(result) is str:
            meter.grow(len(result))
        return result

    def _gathered(self, arguments: list[Any]) -> list[Any]:
        fixed = len(self.parameters) - 1
        rest = arguments[fixed:]
        only = rest[0] if len(rest) == 1 and not fixed else None
        return [*arguments[:fixed], only if type(only) is list else rest]

    def _fitting(self, argument: Any, wanted: str, index: int) -> Any:
        if argument is MISSING:
            return None
        value = fitting(argument, wanted)
        if value is MISSING and type(argument) is list and len(argument) == 1:
            value = fitting(argument[0], wanted)
        if value is MISSING:
            wanted = "date or date and time" if wanted == "moment" else wanted
            name = self.parameters[index]
            article = "an" if wanted[0] in "aeiou" else "a"
            raise FeelError(
                f"Expected {article} {wanted} for '{name}' of {self.name}(), but got {named(argument)}."
            )
        return value


def fitting(value: Any, wanted: str) -> Any:
    """``value`` as a parameter of the kind ``wanted`` takes it; MISSING when it does not fit."""
    if wanted == "integer":
        number = whole(value)
        return MISSING if number is None else number
    if wanted == "number":
        return value if is_number(value) else MISSING
    if wanted == "list":
        return value if type(value) is list else MISSING if value is None else [value]
    return value if type(value) in ACCEPTED[wanted] else MISSING


_BUILTINS: Final[dict[str, list[Builtin]]] = {}


def builtin(signature: str, *, framed: bool = False) -> Callable[[Implementation], Implementation]:
    """Register a function as ``name(parameter: kind, optional: kind?)``; ``kind...`` takes all that follow."""
    name, _, rest = signature.removesuffix(")").partition("(")
    pairs = [tuple(part.split(": ")) for part in rest.split(", ")] if rest else []
    names = tuple(pair[0] for pair in pairs)
    kinds = tuple(pair[1] for pair in pairs)
    variadic = rest.endswith("...")
    required = sum(not kind.endswith(("?", "...")) for kind in kinds) or int(variadic)
    plain = tuple(kind.rstrip("?.") for kind in kinds)

    def register(function: Implementation) -> Implementation:
        form = Builtin(name, names, plain, required, variadic, framed, function)
        _BUILTINS.setdefault(name, []).append(form)
        return function

    return register


def overloads(name: str) -> list[Builtin]:
    """The forms of the built-in function ``name``; none when there is no such function."""
    return _BUILTINS.get(name, [])


def builtin_names() -> list[str]:
    """The names of all built-in functions, sorted."""
    return sorted(_BUILTINS)


@cache
def function_named(name: str) -> Function | None:
    """The built-in function ``name`` as a value; None when there is no such function."""
    forms = _BUILTINS.get(name)
    if not forms:
        return None

    def call(frame: Frame, arguments: list[Any]) -> Any:
        for form in forms:
            if form.takes(len(arguments)):
                return form.invoke(frame, list(arguments))
        raise FeelError(f"Expected other arguments of {name}(), but got {len(arguments)}.")

    only = forms[0] if len(forms) == 1 and not forms[0].variadic else None
    return Function(name, only.parameters if only else None, call, [])
