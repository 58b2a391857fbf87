"""Headers that a route takes, held against their declaration."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args

from litestar import Request
from litestar.handlers import BaseRouteHandler
from litestar.params import HeaderParameter
from litestar.typing import FieldDefinition
from msgspec import Meta

from stepwell.api import fitting
from stepwell.api.fitting import Wanted
from stepwell.errors import Invalid, Problem, how_many


def wrong_headers(request: Request[Any, Any, Any]) -> Iterator[Problem]:
    """What is wrong with those that the route takes; others are not looked at."""
    for name, wanted in _headers(request.route_handler).items():
        value = request.headers.get(name)
        if value is not None and not fitting.fits(wanted.type, value, strict=False):
            yield fitting.misfit("parameter.invalid", name, wanted, fitting.quoted(value))


def expect_none(problems: Sequence[Problem]) -> None:
    """Raise ``Invalid`` if something is wrong with parameters or headers."""
    if problems:
        message = f"Expected parameters as described, but found {how_many(problems)}."
        raise Invalid("parameters.invalid", message, problems)


def limited(field: FieldDefinition) -> Any:
    """The type of a parameter with its limits; null can not be written in an address or a header."""
    given: Any = field.kwarg_definition
    kinds = get_args(field.annotation)
    plain = kinds[0] if NoneType in kinds else field.annotation
    limits = {name: getattr(given, name) for name in ("ge", "le", "min_length", "pattern")}
    return Annotated[plain, Meta(max_length=given.max_items or given.max_length, **limits)]


@cache
def _headers(handler: BaseRouteHandler) -> Mapping[str, Wanted]:
    """The headers of a route, by the names that callers write."""
    found = handler.parsed_fn_signature.parameters.values()
    return {
        field.kwarg_definition.name: Wanted(limited(field))
        for field in found
        if isinstance(field.kwarg_definition, HeaderParameter) and field.kwarg_definition.name
    }
