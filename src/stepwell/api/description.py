"""The API's own description (OpenAPI 3.1), and the page that shows it."""

from importlib.resources import files
from typing import Any

import msgspec
from litestar import Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from stepwell import __version__
from stepwell.api import bodies, record_bodies

_TOKEN = "token"  # noqa: S105 - the name of the scheme


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


def config(*, has_token: bool) -> OpenAPIConfig:
    """What stands at the top; with a token set, every route below ``/api`` needs it."""
    scheme = SecurityScheme(type="http", scheme="bearer", description="The token of this installation.")
    return OpenAPIConfig(
        title="Stepwell",
        version=__version__,
        summary="Business processes in which people and software take turns.",
        path="/docs",
        render_plugins=[Page(), Json()],
        components=Components(security_schemes={_TOKEN: scheme} if has_token else {}),
        security=[{_TOKEN: []}] if has_token else None,
        use_handler_docstrings=True,
    )


def completed(found: dict[str, Any]) -> dict[str, Any]:
    """Unknown fields of a body are refused, and so are some names of variables."""
    schemas = found["components"]["schemas"]
    for name, body in (vars(bodies) | vars(record_bodies)).items():
        if isinstance(body, type) and getattr(body, "__struct_config__", None) and name in schemas:
            schemas[name]["additionalProperties"] = False
            for field in {"variables", "values"} & schemas[name]["properties"].keys():
                schemas[name]["properties"][field]["propertyNames"] = bodies.VARIABLE_NAME
    for path, methods in found["paths"].items():
        if path.startswith("/health"):
            for operation in methods.values():
                operation["security"] = []
    return found
