"""Every command of the API, given twice with the same idempotency key, is carried out once and answers twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stepwell.api.app import COMMANDS
from tests.api.test_rights import CLIENT, KINDS, RIGHTS, ROWS, Row
from tests.api.world import ORDER, PEOPLE, World, company, give_password

MADE = {(found.method, found.path.replace(":str", "")) for group in COMMANDS.values() for found in group}
DONE = {"200", "201", "202"}
TIMES = {"is_repeated"}


def doer(row: Row) -> str:
    """Who may do it: the first person to whom it is allowed."""
    kinds = zip(KINDS, row.statuses.split(), strict=True)
    return next((kind for kind, status in kinds if status in DONE and kind in PEOPLE), "")


COMMANDED = [row for row in ROWS if (row.method, row.path) in MADE and doer(row)]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with company(database_url) as found:
        found.engine.records.put_type(CLIENT)
        found.engine.records.put_rights("client", RIGHTS)
        found.headers["anonymous"] = {}
        found.log_in("administrator")
        yield found


@pytest.mark.parametrize(
    "row", COMMANDED, ids=lambda row: f"{row.method}-{row.path}-{row.note}".replace(" ", "-")
)
def test_a_repeated_command_is_answered_as_the_first_time(world: World, row: Row) -> None:
    if "password" in row.path:
        give_password(world, *PEOPLE)
    who = doer(row)
    path, given = row.ask(world, who)
    asked: dict[str, Any] = {**given, "headers": {**given.get("headers", {}), "Idempotency-Key": "k"}}
    first = world.ask(who, row.method, path, **asked)
    assert str(first.status_code) in DONE, first.text
    world.log_in(who)
    second = world.ask(who, row.method, path, **asked)
    if row.path == "/api-tokens":
        assert (second.status_code, second.json()["code"]) == (409, "idempotency.unanswered")
        return
    assert second.status_code == first.status_code, second.text
    assert without_marks(second.json()) == without_marks(first.json())


def without_marks(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in TIMES}


def test_every_command_is_tried() -> None:
    assert {(row.method, row.path) for row in COMMANDED} == MADE


def test_a_key_that_came_with_another_command_is_refused(world: World) -> None:
    key = {"headers": {"Idempotency-Key": "k"}}
    world.ask("administrator", "POST", "/people", json={"name": "new"}, **key)
    answer = world.ask("administrator", "POST", "/people", json={"name": "other"}, **key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.other-request")


def test_a_command_that_was_refused_leaves_its_key_free(world: World) -> None:
    key = {"headers": {"Idempotency-Key": "k"}}
    refused = world.ask("administrator", "POST", "/people", json={"name": "new", "manager": "nobody"}, **key)
    assert refused.status_code == 422
    assert world.ask("administrator", "POST", "/people", json={"name": "new"}, **key).status_code == 201


def test_what_is_kept_of_a_command_holds_no_password(world: World, tmp_path: Path) -> None:
    body = {"name": "new", "password": "a password of ten characters"}
    world.ask("administrator", "POST", "/people", json=body, headers={"Idempotency-Key": "k"})
    with world.engine.store.reading() as session:
        [(reply,)] = session.read("select reply from idempotency_key where key = 'k'")
    assert b"a password" not in bytes(reply)


def test_a_repeated_deployment_makes_no_other_version(world: World) -> None:
    xml = {
        "content": ORDER.read_bytes(),
        "headers": {"Content-Type": "application/xml", "Idempotency-Key": "k"},
    }
    first = world.ask("designer", "POST", "/deployments?name=a", **xml)
    other = xml["content"].replace(b"Approve", b"Agree")  # type: ignore[union-attr]
    world.ask("designer", "POST", "/deployments", content=other, headers={"Content-Type": "application/xml"})
    again = world.ask("designer", "POST", "/deployments?name=a", **xml)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
