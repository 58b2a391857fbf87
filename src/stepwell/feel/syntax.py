"""What a text means, as a tree; ``at`` is the 0-based position that an error at this place names."""

from typing import Any

import msgspec


class Syntax(msgspec.Struct):
    """Any expression."""

    at: int


class Literal(Syntax):
    """A constant."""

    value: Any


class Name(Syntax):
    """A variable, a parameter, an entry or a function."""

    name: str


class Binary(Syntax):
    """``left operator right``: arithmetic, comparison, ``and``, ``or``."""

    operator: str
    left: Syntax
    right: Syntax


class Negation(Syntax):
    """``-operand``."""

    operand: Syntax


class Between(Syntax):
    """``value between low and high``."""

    value: Syntax
    low: Syntax
    high: Syntax


class Membership(Syntax):
    """``value in (test, …)``."""

    value: Syntax
    tests: list[Syntax]


class Test(Syntax):
    """``< bound`` and its like: what the input value is compared with."""

    operator: str
    bound: Syntax


class Tests(Syntax):
    """Unary tests: whether the value of ``?`` meets one of ``tests``, or none of them."""

    tests: list[Syntax]
    negated: bool


class InstanceOf(Syntax):
    """``value instance of type``."""

    value: Syntax
    type: "Type"


class Type(msgspec.Struct):
    """A type's name with its arguments: ``list<number>``, ``context<a: string>``."""

    name: str
    arguments: list["Type"] = []
    entries: list[str] = []


class Condition(Syntax):
    """``if test then yes else no``."""

    test: Syntax
    yes: Syntax
    no: Syntax


class Iterator(msgspec.Struct):
    """``name in domain`` or ``name in domain .. end``."""

    name: str
    domain: Syntax
    end: Syntax | None


class For(Syntax):
    """``for iterators return body``."""

    iterators: list[Iterator]
    body: Syntax


class Quantified(Syntax):
    """``some iterators satisfies body``; ``every`` is the other."""

    every: bool
    iterators: list[Iterator]
    body: Syntax


class ListOf(Syntax):
    """``[item, …]``."""

    items: list[Syntax]


class RangeOf(Syntax):
    """``[start .. end]``, each side open or closed; None is no bound on that side."""

    start: Syntax | None
    end: Syntax | None
    start_included: bool
    end_included: bool


class ContextOf(Syntax):
    """``{name: value, …}``."""

    entries: list[tuple[str, Syntax]]


class FunctionOf(Syntax):
    """``function(parameters) body``."""

    parameters: list[str]
    types: list[Type | None]
    body: Syntax


class Call(Syntax):
    """``function(arguments)``; ``names`` when they are given by name."""

    function: Syntax
    arguments: list[Syntax]
    names: list[str] | None


class Path(Syntax):
    """``value.name``."""

    value: Syntax
    name: str


class Filter(Syntax):
    """``value[condition]``."""

    value: Syntax
    condition: Syntax
