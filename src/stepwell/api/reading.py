"""What the routes that only read have in common: their parameters, and how they are declared."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter
from litestar.typing import FieldDefinition

from stepwell.api.caller import actor_of
from stepwell.api.command import failures
from stepwell.api.rooms import Rooms
from stepwell.errors import Invalid, Problem
from stepwell.identity import Actor
from stepwell.services.cursors import LARGEST_PAGE

TheRooms = NamedDependency[Rooms]
TheActor = NamedDependency[Actor]
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


def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    """Whom the policies judge."""
    return actor_of(request.scope)


def only_known_parameters(request: Request[Any, Any, Any]) -> None:
    """A parameter that a route does not have is refused, as an unknown field is; it may be a misspelt filter.
    So is a second value where there can be one.
    """
    if not request.scope["query_string"]:
        return
    known = _parameters(request.route_handler)
    problems = []
    for name, values in request.query_params.dict().items():
        if name not in known:
            names = f"one of {', '.join(sorted(known))}" if known else "no parameter"
            message = f"Expected {names}, but found {name[:60]!r}."
            problems.append(Problem("parameter.unknown", message, field=name[:60]))
        elif len(values) > 1 and not known[name]:
            message = f"Expected {name} once, but found it {len(values)} times."
            problems.append(Problem("parameter.repeated", message, field=name))
    if problems:
        raise Invalid("parameters.invalid", "Expected parameters that this route knows.", problems)


@cache
def _parameters(handler: BaseRouteHandler) -> Mapping[str, bool]:
    """The query parameters of a route, and whether each may stand several times."""
    found = handler.parsed_fn_signature.parameters.items()
    return {
        _query_name(name, field): field.is_non_string_sequence or field.has_inner_subclass_of(list)
        for name, field in found
        if name not in {"request", "rooms", "actor", "id", "type", "key", "data"}
    }


def _query_name(name: str, field: FieldDefinition) -> str:
    given = field.kwarg_definition
    return (given.name if isinstance(given, QueryParameter) else None) or name
