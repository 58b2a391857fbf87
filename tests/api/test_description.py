"""The API's own description, and the page that shows it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from stepwell.api import bodies, record_bodies
from stepwell.api.app import COMMANDS
from tests.api.conftest import Api, opened


@pytest.fixture
def api(sqlite_template: Path, tmp_path: Path) -> Iterator[Api]:
    copy = tmp_path / "stepwell.db"
    copy.write_bytes(sqlite_template.read_bytes())
    with opened(f"sqlite:///{copy}") as found:
        yield found


@pytest.fixture
def description(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/docs/openapi.json").json()
    return found


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_it_is_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")


def test_every_route_says_what_it_does(description: dict[str, Any]) -> None:
    assert [path for path, operation in operations(description) if not operation.get("description")] == []


def test_routes_below_api_need_to_know_who_asks_but_for_the_login(description: dict[str, Any]) -> None:
    assert description["security"] == [{"bearer": []}, {"session": []}]
    free = {path for path, operation in operations(description) if operation.get("security") == []}
    assert free == {"/health/live", "/health/ready", "/api/v1/login"}


def test_bodies_refuse_unknown_fields(description: dict[str, Any]) -> None:
    bodies = [
        media["schema"]["$ref"].split("/")[-1]
        for _, operation in operations(description)
        for kind, media in operation.get("requestBody", {}).get("content", {}).items()
        if kind == "application/json"
    ]
    schemas = description["components"]["schemas"]
    assert len(bodies) == sum(map(len, COMMANDS.values())) + len(["the login"])
    assert all(schemas[name]["additionalProperties"] is False for name in bodies)


def test_the_page_needs_nothing_from_elsewhere(api: Api) -> None:
    page = api.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert re.findall(r"(?:https?:)?//[a-z]", page.text) == []
    assert "@import" not in page.text


def test_every_body_is_shown_with_an_example_that_is_one(description: dict[str, Any]) -> None:
    for _, operation in operations(description):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None:
            name = content["schema"]["$ref"].rpartition("/")[2]
            found = getattr(bodies, name, None) or getattr(record_bodies, name)
            msgspec.convert(content["example"], found)


NOT_TWICE = {"/api/v1/login", "/api/v1/logout", "/api/v1/deployments/check"}
"""What begins or ends a session, or changes nothing, needs no key."""


def test_everything_that_changes_something_takes_an_idempotency_key(description: dict[str, Any]) -> None:
    lacking = [
        path
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
        if method in {"post", "put"} and "Idempotency-Key" not in parameters(operation)
    ]
    assert set(lacking) - NOT_TWICE == set()


def parameters(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", ())}
