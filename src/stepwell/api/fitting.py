"""Holds what a caller sent against its declaration, and says everything that does not fit, in our words.

The decoder of bodies is faster, but stops at the first fault and speaks of types of Python: this is asked when
it refused.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct, inspect

from stepwell.errors import Invalid, Problem, how_many, near

MOST = 100  # unknown names that are told
LONGEST = 60  # characters of a value that are shown
LARGE = 10**30


class Wanted(NamedTuple):
    """What a field or parameter holds: its type with all limits, and whether it has to be there."""

    type: Any
    is_required: bool = False


def refusal(body: type[Struct], data: bytes) -> Invalid:
    """Everything that is wrong with a body that was refused; msgspec.DecodeError if it is no JSON at all."""
    problems = list(faults(body, msgspec.json.decode(data)))
    # Of two fields of one name the decoder looks at both, and only the last one is left here.
    found = f"found {how_many(problems)}" if problems else "a field is there twice"
    return Invalid("body.invalid", f"Expected a body as described, but {found}.", problems)


def faults(body: type[Struct], found: object) -> Iterator[Problem]:
    """What is wrong with a body, field by field."""
    if not isinstance(found, dict):
        yield Problem("field.invalid", f"Expected an object, but found {shown(found)}.")
        return
    known = fields_of(body)
    for name in islice((name for name in found if name not in known), MOST):
        yield unknown("field.unknown", name, known)
    for name, wanted in known.items():
        if name in found:
            yield from misfits(name, wanted, found[name])
        elif wanted.is_required:
            yield missing("field.missing", name)


@cache
def fields_of(body: type[Struct]) -> Mapping[str, Wanted]:
    """The fields of a body by name."""
    hints = get_type_hints(body, include_extras=True)
    return {field.name: Wanted(hints[field.name], field.required) for field in msgspec.structs.fields(body)}


def misfits(name: str, wanted: Wanted, value: object) -> Iterator[Problem]:
    """What is wrong with the value of a field; of variables each wrong name is told by itself, of a list with as many
    values as it may have each wrong value.
    """
    if get_origin(wanted.type) is dict and isinstance(value, dict):
        for key in value:
            if not fits(get_args(wanted.type)[0], key):
                message = "Expected a name of 1 to 255 characters that begins with neither # nor @"
                yield Problem(
                    "field.invalid", f"{message}, but found {quoted(key)}.", field=f"{name}.{key[:LONGEST]}"
                )
    elif not fits(wanted.type, value):
        yield from _misfits_inside(name, wanted, value) or [
            misfit("field.invalid", name, wanted, shown(value))
        ]


def _misfits_inside(name: str, wanted: Wanted, value: object) -> list[Problem]:
    """The values of a list that do not fit; none if the list itself does not."""
    kind = inspect.type_info(wanted.type)
    if not isinstance(kind, inspect.ListType) or not isinstance(value, list):
        return []
    if not (kind.min_length or 0) <= len(value) <= (kind.max_length or len(value)):
        return []
    plain = get_args(wanted.type)[0] if get_origin(wanted.type) is Annotated else wanted.type
    inner = Wanted(get_args(plain)[0])
    found = (
        misfit("field.invalid", f"{name}[{place}]", inner, shown(one))
        for place, one in enumerate(value) if not fits(inner.type, one)
    )  # fmt: skip
    return list(islice(found, MOST))


def fits(type: Any, value: object, *, strict: bool = True) -> bool:
    """Whether a value is of the type; if not ``strict``, a text of it is too."""
    try:
        msgspec.convert(value, type, strict=strict)
    except msgspec.ValidationError:
        return False
    return True


def unknown(rule: str, name: str, known: Mapping[str, object]) -> Problem:
    """A name that is not declared; it may be a misspelt one."""
    name = name[:LONGEST]
    names = f"one of {', '.join(sorted(known))}" if known else "nothing"
    return Problem(rule, f"Expected {names}, but found {name!r}{near(name, known)}.", field=name)


def missing(rule: str, name: str) -> Problem:
    return Problem(rule, f"Expected a value for {name}, but there is none.", field=name)


def misfit(rule: str, name: str, wanted: Wanted, found: str) -> Problem:
    said = " or ".join(_said(kind) for kind in _kinds(wanted.type))
    return Problem(rule, f"Expected {name} to be {said}, but found {found}.", field=name)


def _kinds(type: Any) -> Iterator[inspect.Type]:
    """What a type is made of, without null: who has nothing to say leaves it out."""
    found = inspect.type_info(type)
    kinds = found.types if isinstance(found, inspect.UnionType) else (found,)
    return (kind for kind in kinds if not isinstance(kind, inspect.NoneType))


def _said(kind: inspect.Type) -> str:
    """What a value of this kind is, with its limits."""
    match kind:
        case inspect.StrType(min_length=least, max_length=most):
            return f"text of {f'{least} to' if least else 'at most'} {most} characters"
        case inspect.IntType(ge=least, le=most):
            return f"a whole number from {least} to {most}"
        case inspect.FloatType(ge=least, le=most):
            return f"a number from {least} to {most}"
        case inspect.LiteralType(values=values):
            return f"one of {', '.join(map(str, values))}"
        case inspect.DateTimeType():
            return "a date and time like 2024-01-31T10:30:00Z"
        case inspect.ListType(min_length=least, max_length=most):
            return f"{f'{least} to' if least else 'at most'} {most} values"
        case _:
            return "an object with names and values"


def shown(value: object) -> str:
    """What a caller sent, with its kind."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            found = quoted(value)
            return f"the text {found}" if found.startswith(("'", '"')) else found
        case int() | float():
            return f"the number {value}" if abs(value) < LARGE else "a number with many digits"
        case list():
            return (
                f"a list of {len(value)} values" if len(value) > 1 else "a list" if value else "an empty list"
            )
        case _:
            return "an object"


def quoted(value: str) -> str:
    """A text, or what is the matter with it."""
    if "\0" in value:
        return "text with the character NUL"
    if not value.strip():
        return "nothing but blanks" if value else "empty text"
    return repr(value) if len(value) <= LONGEST else f"text of {len(value)} characters"
