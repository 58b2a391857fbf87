"""The API's own description (OpenAPI 3.1), and the page that shows it."""

from importlib.resources import files
from typing import Any, get_args, get_type_hints

import msgspec
from litestar import Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, Reference, SecurityScheme

from stepwell import __version__
from stepwell.api import bodies, record_bodies
from stepwell.api.callers import COOKIE
from stepwell.api.examples import EXAMPLES

_BEARER, _SESSION = "bearer", "session"
LISTS = frozenset({"ids", "people", "records", "roles", "users"})
"""Fields of bodies that are lists of names."""


class Page(OpenAPIRenderPlugin):
    """Shows every route and tries it; needs nothing from elsewhere, and reads ``openapi.json`` beside it."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return (files("stepwell.api") / "page.html").read_bytes()


class Json(JsonRenderPlugin):
    """The description as the framework works it out, with what it does not know of our bodies."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json", media_type="application/json")  # type: ignore[arg-type]

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return msgspec.json.encode(completed(openapi_schema))


def config() -> OpenAPIConfig:
    """What stands at the top; every route below ``/api`` but the login needs to know who asks."""
    schemes: dict[str, SecurityScheme | Reference] = {
        _BEARER: SecurityScheme(
            type="http", scheme="bearer", description="An API token, or the token of this installation."
        ),
        _SESSION: SecurityScheme(
            type="apiKey", name=COOKIE, security_scheme_in="cookie", description="What `log_in` sets."
        ),
    }
    return OpenAPIConfig(
        title="Stepwell",
        version=__version__,
        summary="Business processes in which people and software take turns.",
        path="/docs",
        render_plugins=[Page(), Json()],
        components=Components(security_schemes=schemes),
        security=[{_BEARER: []}, {_SESSION: []}],
        use_handler_docstrings=True,
    )


def completed(found: dict[str, Any]) -> dict[str, Any]:
    """Unknown fields of a body are refused, and so are some names of variables, people and roles."""
    schemas = found["components"]["schemas"]
    for name, body in (vars(bodies) | vars(record_bodies)).items():
        if isinstance(body, type) and getattr(body, "__struct_config__", None) and name in schemas:
            schemas[name]["additionalProperties"] = False
            properties = schemas[name]["properties"]
            for field, hint in get_type_hints(body, include_extras=True).items():
                if bodies.VariableName in get_args(hint):
                    properties[field]["propertyNames"] = bodies.VARIABLE_NAME
            for listed in LISTS & properties.keys():
                properties[listed]["items"] = {"type": "string", **bodies.LISTED_NAME}
    for path, methods in found["paths"].items():
        if path.startswith("/health") or path.endswith("/login"):
            for operation in methods.values():
                operation["security"] = []
        for operation in methods.values():
            _show_example(operation)
            _describe_lists(operation)
    return found


def _describe_lists(operation: dict[str, Any]) -> None:
    """What a parameter that may stand several times holds: the framework describes the list alone."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        for one in (schema, *schema.get("oneOf", ()), *schema.get("anyOf", ())):
            if parameter["name"] in LISTS and one.get("type") == "array":
                one["items"] = {"type": "string", **bodies.LISTED_TEXT}


def _show_example(operation: dict[str, Any]) -> None:
    """Put the example of a body beside its schema."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    name = content["schema"]["$ref"].rpartition("/")[2] if content else ""
    if name in EXAMPLES:
        content["example"] = EXAMPLES[name]
