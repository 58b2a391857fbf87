"""Who changed who may do what, over HTTP on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest

from stepwell.errors import TooOften, Unauthenticated
from stepwell.services import logins
from stepwell.services.logins import Attempt
from tests.api.world import PASSWORD, World, company, give_password


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with company(database_url) as found:
        yield found


def entries(world: World, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.get("administrator", "/audit", **query).json()["items"]
    return found


def last(world: World, **query: Any) -> tuple[str, str, str, Any, Any]:
    [entry] = entries(world, limit=1, **query)
    return tuple(entry[name] for name in ("actor", "action", "subject", "before", "after"))  # type: ignore[return-value]


def do(world: World, method: str, path: str, **body: Any) -> Any:
    answer = world.ask("administrator", method, path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


def test_a_new_person_is_noted_with_the_roles_and_without_the_password(world: World) -> None:
    do(world, "POST", "/people", name="eve", email="eve@example.org", roles=["clerks"], password=PASSWORD)
    actor, action, subject, before, after = last(world)
    assert (actor, action, subject, before) == ("administrator", "person.added", "eve", None)
    assert (after["email"], after["roles"]) == ("eve@example.org", ["clerks"])
    assert PASSWORD not in str(entries(world))


def test_of_a_person_that_changes_only_what_differs_is_noted(world: World) -> None:
    do(world, "PUT", "/people/member", email="m@example.org")
    assert last(world)[1:] == ("person.changed", "member", {"email": ""}, {"email": "m@example.org"})


def test_what_changes_nothing_is_not_noted(world: World) -> None:
    count = len(entries(world))
    do(world, "PUT", "/people/member", email="")
    do(world, "POST", "/roles/clerks/add-members", people=["member"])
    assert len(entries(world)) == count


def test_somebody_who_is_let_out_and_in_again(world: World) -> None:
    do(world, "POST", "/people/member/disable")
    assert last(world)[1:] == ("person.disabled", "member", {"is_active": True}, {"is_active": False})
    do(world, "POST", "/people/member/enable")
    assert last(world)[1] == "person.enabled"


def test_a_new_password_is_noted_and_nothing_of_it(world: World) -> None:
    do(world, "PUT", "/people/member/password", password=PASSWORD)
    assert last(world) == ("administrator", "password.set", "member", None, None)


def test_roles_that_come_change_and_go(world: World) -> None:
    do(world, "POST", "/roles", name="packers", rights=["operate"])
    do(world, "PUT", "/roles/packers", rights=["design"])
    assert last(world)[1:] == (
        "role.changed", "packers", {"rights": ["operate"]}, {"rights": ["design"]},
    )  # fmt: skip
    do(world, "POST", "/roles/packers/remove")
    assert last(world)[1:3] == ("role.removed", "packers")
    assert last(world)[4] is None


def test_who_comes_into_a_role_and_leaves_it(world: World) -> None:
    do(world, "POST", "/roles/clerks/add-members", people=["former", "member"])
    assert last(world)[1:] == ("role.members-added", "clerks", None, {"people": ["former"]})
    do(world, "POST", "/roles/clerks/remove-members", people=["former"])
    assert last(world)[1:] == ("role.members-removed", "clerks", {"people": ["former"]}, None)


def test_rights_for_records(world: World) -> None:
    do(world, "POST", "/record-types", definition={"name": "client"})
    do(world, "PUT", "/record-types/client/rights", rights=[{"role": "clerks", "change": "own"}])
    _, action, subject, before, after = last(world)
    assert (action, subject, before) == ("record-rights.changed", "client", {"clerks": None})
    assert after["clerks"]["change"] == "own"


def test_an_api_token_is_noted_and_nothing_of_its_secret(world: World) -> None:
    made = do(world, "POST", "/api-tokens", name="reports", scope="act", days=7)
    actor, action, subject, _, after = last(world)
    assert (actor, action, subject) == ("administrator", "api-token.added", "administrator")
    assert (after["id"], after["scope"]) == (made["id"], "act")
    do(world, "POST", f"/api-tokens/{made['id']}/revoke")
    assert last(world)[1] == "api-token.revoked"
    assert made["secret"] not in str(entries(world))


def test_a_login_that_is_locked(world: World) -> None:
    give_password(world, "member")
    for name in ("member", "nobody at all"):
        for _ in range(world.engine.settings.login_failures):
            with pytest.raises((Unauthenticated, TooOften)):
                logins.login(world.engine.store, Attempt(name, "wrong"), world.engine.settings)
    actor, action, subject, _, after = last(world, action="login")
    assert (actor, action, subject, after["failures"]) == ("", "login.locked", "member", 5)
    assert [entry["subject"] for entry in entries(world, action="login")] == ["member"]


def test_a_change_that_is_refused_is_not_noted(world: World) -> None:
    count = len(entries(world))
    assert world.ask("administrator", "PUT", "/people/member", json={"manager": "nobody"}).status_code == 422
    assert world.ask("member", "PUT", "/people/member", json={"email": "a@b"}).status_code == 403
    assert len(entries(world)) == count


def test_they_are_found_by_who_what_and_when(world: World) -> None:
    do(world, "PUT", "/people/member", email="m@example.org")
    do(world, "PUT", "/roles/clerks", label="Clerks")
    assert {entry["action"] for entry in entries(world, by="administrator")} == {
        "person.changed",
        "role.changed",
    }
    assert {entry["action"].partition(".")[0] for entry in entries(world, action="role")} == {"role"}
    [entry] = entries(world, subject="clerks", action="role.changed")
    assert entries(world, since=entry["at"], until=entry["at"]) == []
    assert entries(world, since=entry["at"])[-1]["id"] == entry["id"]


def test_they_stand_the_newest_first_page_by_page(world: World) -> None:
    everything = [entry["id"] for entry in entries(world, limit=200)]
    found, after = [], None
    while after != "":
        page = world.get("administrator", "/audit", limit=7, **({"after": after} if after else {})).json()
        found += [entry["id"] for entry in page["items"]]
        after = page["after"] or ""
    assert found == everything == sorted(everything, key=int, reverse=True)
