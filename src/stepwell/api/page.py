"""The interactive description of the API: one page that needs nothing from elsewhere."""

from importlib.resources import files
from typing import Any

from litestar import Request
from litestar.openapi.plugins import OpenAPIRenderPlugin


class InteractivePage(OpenAPIRenderPlugin):
    """Shows every route and tries it; the page reads ``openapi.json`` beside it."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return (files("stepwell.api") / "page.html").read_bytes()
