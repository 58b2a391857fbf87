"""What a connector is: a function, and what its signature says about the fields an author may fill in."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from stepwell import feel
from stepwell.config import Settings
from stepwell.errors import Problem

NULL = type(None)
WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a context",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt of a job. ``idempotency_key`` is the same on every attempt, so that the other side can
    recognise a repetition; ``attempt`` counts from 1; ``timeout`` seconds is how long it may take.
    """

    idempotency_key: str
    instance_id: int
    element: str
    attempt: int
    timeout: float
    settings: Settings


@dataclass(frozen=True, slots=True)
class Argument:
    """A field of a connector: an ``input`` that an author may, or must, give, and the parameter it is for."""

    name: str
    parameter: str
    type: Any
    required: bool
    default: object = None
    doc: str = ""

    @property
    def expected(self) -> str:
        """Its type in words."""
        is_union = get_origin(self.type) in (Union, UnionType)
        kinds = get_args(self.type) if is_union else (self.type,)
        return " or ".join(dict.fromkeys(in_words(kind) for kind in kinds if kind is not NULL))

    def convert(self, value: object) -> object:
        """The value in the argument's type; a constant's text may stand for a number. Raises ValueError."""
        try:
            return msgspec.convert(value, self.type, strict=not isinstance(value, str))
        except msgspec.ValidationError as error:
            reason, _, where = str(error).partition(" - at `$")
            if where:
                place = self.name + where.rstrip("`")
                raise ValueError(f"Expected {place} to have the right content, but: {reason}.") from None
            raise ValueError(
                f"Expected {self.name} to be {self.expected}, but found {found_text(value)}."
            ) from None


def in_words(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return f"one of {', '.join(map(str, get_args(kind)))}"
    return WORDS.get(get_origin(kind) or kind, "a value")


def found_text(value: object) -> str:
    """A value in a message: short, and nothing of a context's or list's inside."""
    if isinstance(value, dict | list):
        return "a context" if isinstance(value, dict) else "a list"
    text = feel.format_value(value)
    return repr(text if len(text) <= 60 else text[:60] + "…") if isinstance(value, str) else text


@dataclass(frozen=True, slots=True)
class Connector:
    """What performs the jobs of one type. ``is_open``: it takes any further arguments."""

    name: str
    function: Callable[..., Any]
    arguments: Mapping[str, Argument]
    is_open: bool
    doc: str

    def __call__(self, call: Call, **arguments: object) -> Any:
        """The function itself, as its own tests would call it: nothing is checked."""
        return self.function(call, **arguments)

    @classmethod
    def of(cls, name: str, function: Callable[..., Any]) -> "Connector":
        """The connector that a function is; its first parameter is the call, the others are by keyword."""
        doc = inspect.getdoc(function) or ""
        parameters = list(inspect.signature(function).parameters.values())[1:]
        hints, docs = hints_of(function), dict(documented(doc))
        arguments = (
            Argument(
                field_name(parameter.name),
                parameter.name,
                hints.get(parameter.name, Any),
                parameter.default is parameter.empty,
                None if parameter.default is parameter.empty else parameter.default,
                docs.get(field_name(parameter.name), ""),
            )
            for parameter in parameters
            if parameter.kind is not parameter.VAR_KEYWORD
        )
        is_open = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
        found = {argument.name: argument for argument in arguments}
        return cls(name, function, found, is_open, doc.partition("\nArguments:")[0].strip())

    def check(self, element: str, given: Mapping[str, str | None]) -> Iterator[Problem]:
        """What an author has to repair. ``given``: the constant text of each input, None if it is an expression."""
        for name, constant in given.items():
            if name in self.arguments:
                if constant is not None:
                    yield from self.check_constant(element, self.arguments[name], constant)
            elif not self.is_open:
                message = f"Expected an argument of {self.name}, but '{name}' is none."
                hint = nearest(name, self.arguments)
                yield Problem("connector.unknown-argument", message, element, name, hint=hint)
        for name, argument in self.arguments.items():
            if argument.required and name not in given:
                message = f"Expected {element} to give {self.name} the argument '{name}', but it does not."
                hint = f'Add <stepwell:input name="{name}" value="…"/> to its extension elements.'
                yield Problem("connector.missing-argument", message, element, name, hint=hint)

    def check_constant(self, element: str, argument: Argument, constant: str) -> Iterator[Problem]:
        try:
            argument.convert(constant)
        except ValueError as error:
            yield Problem("connector.wrong-argument", str(error), element, argument.name)

    def bind(self, given: Mapping[str, object]) -> dict[str, object]:
        """Values as the function's keywords; null means not given. Raises ValueError for the first that does not fit."""
        bound: dict[str, object] = {}
        for name, value in given.items():
            argument = self.arguments.get(name)
            if argument is None and not self.is_open:
                raise ValueError(f"Expected an argument of {self.name}, but '{name}' is none.")
            if argument is None:
                bound[name] = value
            elif value is not None:
                bound[argument.parameter] = argument.convert(value)
        for name, argument in self.arguments.items():
            if argument.required and given.get(name) is None:
                raise ValueError(f"Expected '{name}' to have a value, but it is null.")
        return bound


def connector(name: str) -> Callable[[Callable[..., Any]], Connector]:
    """Make the connector of job type ``name`` of a function ``(call, *, …)``, plain or async."""
    return lambda function: Connector.of(name, function)


def hints_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations of a function, of what is called in its place, or of what it is a part of."""
    while isinstance(function, partial):
        function = function.func
    return get_type_hints(function if inspect.isroutine(function) else type(function).__call__)


def field_name(parameter: str) -> str:
    """What an author writes for a parameter: ``from`` for ``from_``, which Python keeps for itself."""
    return parameter.removesuffix("_")


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint: the known name that was probably meant, otherwise all of them."""
    names = list(known)
    close = get_close_matches(name, names, 1)
    return f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(sorted(names))}."


def documented(doc: str) -> Iterator[tuple[str, str]]:
    """The parameters and their texts in the section ``Arguments:`` of a docstring."""
    name = text = ""
    for line in doc.partition("\nArguments:")[2].splitlines():
        begins = line[:4].isspace() and line[4:5].strip() and ":" in line
        if begins and name:
            yield name, text
        if begins:
            name, _, text = (part.strip() for part in line.partition(":"))
        elif line.strip():
            text += " " + line.strip()
    if name:
        yield name, text
