"""What the routes that only read have in common: their parameters, and how they are declared."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter
from litestar.typing import FieldDefinition

from stepwell.api import fitting
from stepwell.api.command import failures
from stepwell.api.fitting import Wanted
from stepwell.api.headers import expect_none, limited, wrong_headers
from stepwell.api.rooms import Rooms
from stepwell.errors import Problem
from stepwell.identity import Actor
from stepwell.services.cursors import LARGEST_PAGE
from stepwell.services.directory import Caller

TheRooms = NamedDependency[Rooms]
TheActor = NamedDependency[Actor]
TheCaller = NamedDependency[Caller]
Id = Annotated[str, PathParameter()]

_NO_NUL = r"^[^\u0000]*$"
Text = Annotated[str | None, QueryParameter(max_length=255, pattern=_NO_NUL)]
Limit = Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE, description="How many at once.")]
After = Annotated[
    str | None, QueryParameter(max_length=255, description="What the page before gave as its `after`.")
]
IdList = Annotated[str | None, QueryParameter(max_length=40, description="The id of an instance.")]


def read(path: str, tag: str, *more: int, **given: Any) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """Declare a route that reads; its summary is the function's name, its description the docstring."""

    def declare(function: Callable[..., Any]) -> HTTPRouteHandler:
        name = function.__name__
        return get(
            path, tags=[tag], operation_id=name, summary=name.replace("_", " ").capitalize(),
            description=function.__doc__, responses=failures(*more), **given,
        )(function)  # fmt: skip

    return declare


def provide_rooms(request: Request[Any, Any, Any]) -> Rooms:
    """The rooms of the server that was asked."""
    rooms: Rooms = request.scope["rooms"]  # type: ignore[typeddict-item]
    return rooms


def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    """Who asks, as the way in found it."""
    caller: Caller = request.scope["caller"]  # type: ignore[typeddict-item]
    return caller


def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    """Whom the policies judge."""
    return provide_caller(request).actor


def only_known_parameters(request: Request[Any, Any, Any]) -> None:
    """Refuse, with all that is wrong at once, a parameter that a route does not have (it may be a misspelt filter),
    a value that does not fit, also of a header, a second value where there can be one, and the lack of one that has
    to be there.
    """
    known = _parameters(request.route_handler)
    given: dict[str, list[str]] = request.query_params.dict() if request.scope["query_string"] else {}
    problems = [fitting.unknown("parameter.unknown", name, known) for name in given if name not in known]
    for name, wanted in known.items():
        if name in given:
            problems += _wrong(name, wanted, given[name])
        elif wanted.is_required:
            problems.append(fitting.missing("parameter.missing", name))
    expect_none([*problems, *wrong_headers(request)])


def _wrong(name: str, wanted: Wanted, values: list[str]) -> Iterator[Problem]:
    is_many = get_origin(get_args(wanted.type)[0]) is list
    if not is_many and len(values) > 1:
        message = f"Expected {name} once, but found it {len(values)} times."
        yield Problem("parameter.repeated", message, field=name)
    elif not fitting.fits(wanted.type, values if is_many else values[0], strict=False):
        found = f"{len(values)} values" if is_many else fitting.quoted(values[0])
        yield fitting.misfit("parameter.invalid", name, wanted, found)


@cache
def _parameters(handler: BaseRouteHandler) -> Mapping[str, Wanted]:
    """The query parameters of a route, by the names that callers write."""
    found = handler.parsed_fn_signature.parameters.items()
    return {
        _query_name(name, field): Wanted(limited(field), field.is_required)
        for name, field in found
        if name not in {"request", "rooms", "actor", "caller", "id", "type", "key", "data"}
    }


def _query_name(name: str, field: FieldDefinition) -> str:
    given = field.kwarg_definition
    return (given.name if isinstance(given, QueryParameter) else None) or name
