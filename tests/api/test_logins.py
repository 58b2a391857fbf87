"""Stories of logging in over HTTP: cookies, pages of other sites, API tokens, and in whose name things are done."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher

from stepwell.api import gate
from stepwell.services import passwords
from tests.api.conftest import TOKEN
from tests.api.world import PASSWORD, World, company, give_password

INSTALLATION = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    passwords._of_nobody.cache_clear()


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    (tmp_path / "stepwell.db").write_bytes(sqlite_template.read_bytes())
    with company(f"sqlite:///{tmp_path / 'stepwell.db'}") as found:
        give_password(found, "starter")
        yield found


def log_in(world: World, name: str = "starter", password: str = PASSWORD, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return world.ask(None, "POST", "/login", json={"name": name, "password": password}, headers=given)


def secret_of(answer: httpx.Response) -> str:
    found = re.match(r"(?:__Host-)?stepwell=([^;]*)", answer.headers["set-cookie"])
    assert found
    return found[1]


def told(answer: httpx.Response) -> tuple[int, str]:
    assert "Traceback" not in answer.text
    return answer.status_code, answer.json()["code"]


# -- the session ------------------------------------------------------------------------------------------


def test_a_login_answers_who_one_is_and_sets_a_cookie(world: World) -> None:
    answer = log_in(world)
    assert (answer.status_code, answer.json()["name"], answer.json()["roles"]) == (
        200,
        "starter",
        ["sellers"],
    )
    world.headers["browser"] = {"Cookie": f"stepwell={secret_of(answer)}"}
    assert world.get("browser", "/me").json()["name"] == "starter"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    cookie = log_in(world).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert "secure" not in cookie


def test_with_https_the_cookie_travels_only_encrypted_and_from_this_host(
    sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "https.db").write_bytes(sqlite_template.read_bytes())
    with company(f"sqlite:///{tmp_path / 'https.db'}", public_url="https://work.example.org") as world:
        give_password(world, "starter")
        answer = log_in(world, origin="https://work.example.org")
        assert answer.headers["set-cookie"].startswith("__Host-stepwell=")
        assert "Secure" in answer.headers["set-cookie"]
        world.headers["browser"] = {"Cookie": f"a=b; __Host-stepwell={secret_of(answer)}"}
        world.headers["downgraded"] = {"Cookie": f"stepwell={secret_of(answer)}"}
        assert world.get("browser", "/me").status_code == 200
        assert world.get("downgraded", "/me").status_code == 401


def test_after_logging_out_the_cookie_is_worthless(world: World) -> None:
    world.headers["browser"] = {"Cookie": f"stepwell={secret_of(log_in(world))}", "Stepwell-Request": "1"}
    answer = world.post("browser", "/logout")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert told(world.get("browser", "/me")) == (401, "bearer.missing")


def test_each_login_is_a_new_session(world: World) -> None:
    assert secret_of(log_in(world)) != secret_of(log_in(world))


@pytest.mark.parametrize(
    ("name", "password"), [("starter", "wrong one"), ("nobody", PASSWORD), ("stranger", "")]
)
def test_a_wrong_login_says_nothing_about_the_name(world: World, name: str, password: str) -> None:
    answer = log_in(world, name, password)
    assert told(answer) == (401, "login.failed")
    assert answer.json()["detail"] == "Expected a name and its password, but they do not fit."
    assert "set-cookie" not in answer.headers


def test_a_locked_name_is_told_when_to_try_again(world: World) -> None:
    for _ in range(5):
        log_in(world, "starter", "wrong one")
    answer = log_in(world)
    assert told(answer) == (429, "login.locked")
    assert 890 < int(answer.headers["retry-after"]) <= 900


def test_from_one_address_not_too_many_names_are_tried(world: World) -> None:
    for number in range(gate.MOST):
        assert log_in(world, f"name-{number}").status_code == 401
    answer = log_in(world, "starter")
    assert told(answer) == (429, "login.too-often")
    assert 0 < int(answer.headers["retry-after"]) <= 60


def test_behind_a_proxy_the_address_is_the_last_one_that_was_forwarded(
    sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "proxied.db").write_bytes(sqlite_template.read_bytes())
    with company(f"sqlite:///{tmp_path / 'proxied.db'}", behind_proxy=True) as world:
        give_password(world, "starter")
        for number in range(gate.MOST):
            log_in(world, f"name-{number}", x_forwarded_for="10.0.0.9, 10.0.0.1")
        assert told(log_in(world, x_forwarded_for="10.0.0.7, 10.0.0.1")) == (429, "login.too-often")
        assert log_in(world, x_forwarded_for="10.0.0.1, 10.0.0.2").status_code == 200
        addresses = [item["address"] for item in world.get("starter", "/me/sessions").json()["items"]]
        assert "10.0.0.2" in addresses


def test_without_a_proxy_nobody_says_where_they_come_from(world: World) -> None:
    for number in range(gate.MOST):
        log_in(world, f"name-{number}", x_forwarded_for=f"10.0.0.{number}")
    assert log_in(world, x_forwarded_for="10.0.0.99").status_code == 429


def test_a_login_has_to_say_that_it_is_json(world: World) -> None:
    body = f'{{"name": "starter", "password": "{PASSWORD}"}}'
    answer = world.ask(None, "POST", "/login", content=body, headers={"Content-Type": "text/plain"})
    assert told(answer) == (415, "body.media-type")


@pytest.mark.parametrize(
    "body", [{}, {"name": "a"}, {"name": "a", "password": 1}, {"name": "a", "password": "b", "x": 1}]
)
def test_a_login_of_another_shape_is_refused(world: World, body: dict[str, object]) -> None:
    assert world.ask(None, "POST", "/login", json=body).status_code == 422


# -- pages of other sites ---------------------------------------------------------------------------------


def complete(world: World, **headers: str | None) -> httpx.Response:
    """The starter starts something, as a browser sends it with these headers beside the cookie."""
    cookie = {"Cookie": world.headers["starter"]["Cookie"]}
    world.headers["browser"] = cookie | {
        name.replace("_", "-"): value for name, value in headers.items() if value is not None
    }
    return world.post("browser", "/instances", process_id="order")


@pytest.mark.parametrize("headers", [
    {"sec_fetch_site": "same-origin"}, {"origin": "http://stepwell.test"},
    {"origin": "http://stepwell.test", "sec_fetch_site": "same-origin"}, {},
])  # fmt: skip
def test_a_page_of_our_own_may_change_something(world: World, headers: dict[str, str]) -> None:
    assert complete(world, stepwell_request="1", **headers).status_code == 201


@pytest.mark.parametrize("headers", [
    {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}, {"sec_fetch_site": "none"},
    {"origin": "https://evil.test"}, {"origin": "null"}, {"origin": "http://stepwell.test.evil.test"},
    {"origin": "http://stepwell.test", "sec_fetch_site": "cross-site"},
])  # fmt: skip
def test_a_page_of_another_site_may_not_even_with_the_header(world: World, headers: dict[str, str]) -> None:
    assert told(complete(world, stepwell_request="1", **headers)) == (403, "request.foreign")
    assert world.get("operator", "/instances").json()["items"] == []


def test_without_our_own_header_nothing_is_changed_in_a_session(world: World) -> None:
    assert told(complete(world, sec_fetch_site="same-origin")) == (403, "request.foreign")


def test_reading_needs_no_header(world: World) -> None:
    world.headers["browser"] = {"Cookie": world.headers["starter"]["Cookie"], "Sec-Fetch-Site": "cross-site"}
    assert world.get("browser", "/me").status_code == 200


def test_a_page_of_another_site_does_not_log_anybody_in(world: World) -> None:
    assert told(log_in(world, origin="https://evil.test")) == (403, "request.foreign")
    assert told(log_in(world, sec_fetch_site="cross-site")) == (403, "request.foreign")


def test_an_api_token_needs_no_header_because_no_browser_sends_it(world: World) -> None:
    world.headers["program"] = {"Authorization": f"Bearer {world.api_token('starter', 'act')}"}
    assert world.post("program", "/instances", process_id="order").status_code == 201


# -- API tokens -------------------------------------------------------------------------------------------


def test_an_api_token_is_made_in_a_session_and_its_secret_works(world: World) -> None:
    made = world.post("starter", "/api-tokens", name="reports", scope="read", days=7).json()
    world.headers["program"] = {"Authorization": f"Bearer {made['secret']}"}
    assert world.get("program", "/me").json()["name"] == "starter"
    assert "secret" not in world.get("starter", "/api-tokens").json()["items"][0]
    world.post("starter", f"/api-tokens/{made['id']}/revoke")
    assert world.get("program", "/me").status_code == 401


def test_an_administrator_sees_the_api_tokens_of_everybody(world: World) -> None:
    for name in ("starter", "colleague"):
        world.post(name, "/api-tokens", name=f"of {name}")
    found = world.get("administrator", "/api-tokens", of_everybody=True).json()["items"]
    assert [one["person"] for one in found if one["name"].startswith("of ")] == ["colleague", "starter"]


@pytest.mark.parametrize("whose", [{"of_everybody": True}, {"person": "starter"}])
def test_api_tokens_come_by_pages(world: World, whose: dict[str, Any]) -> None:
    for name in ("starter", "colleague", "starter", "starter"):
        world.post(name, "/api-tokens", name=f"of {name}")
    whole = world.get("administrator", "/api-tokens", **whose, limit=200).json()["items"]
    found: list[object] = []
    after = ""
    while True:
        page = world.get("administrator", "/api-tokens", **whose, limit=2, after=after).json()
        found += page["items"]
        after = page["after"]
        if after is None:
            break
    assert found == whole and len(whole) >= 3
    wrong = world.get("administrator", "/api-tokens", **whose, after="nothing of that kind")
    assert told(wrong) == (422, "cursor.invalid")


def test_one_asks_for_the_api_tokens_of_a_person_or_of_everybody(world: World) -> None:
    both = world.get("administrator", "/api-tokens", of_everybody=True, person="starter")
    assert told(both) == (422, "parameters.invalid")


def test_an_api_token_makes_no_other(world: World) -> None:
    world.headers["program"] = {"Authorization": f"Bearer {world.api_token('starter', 'all')}"}
    assert told(world.post("program", "/api-tokens", name="more")) == (403, "api-token.forbidden")


def test_a_token_that_reads_changes_nothing(world: World) -> None:
    world.headers["program"] = {"Authorization": f"Bearer {world.api_token('starter', 'read')}"}
    assert told(world.post("program", "/instances", process_id="order")) == (403, "api-token.reads-only")


def test_an_operators_token_that_acts_sees_everything_and_repairs_nothing(world: World) -> None:
    id = world.order()
    world.headers["program"] = {"Authorization": f"Bearer {world.api_token('operator', 'act')}"}
    assert world.get("program", f"/instances/{id}").status_code == 200
    assert world.post("program", f"/instances/{id}/cancel").status_code == 403
    world.headers["program"] = {"Authorization": f"Bearer {world.api_token('operator', 'all')}"}
    assert world.post("program", f"/instances/{id}/cancel").status_code == 200


@pytest.mark.parametrize("header", ["Bearer stw_nobodys", "Bearer ", "Basic c3RhcnRlcjp4", "stw_x"])
def test_a_bearer_that_is_nobodys_is_refused(world: World, header: str) -> None:
    world.headers["program"] = {"Authorization": header}
    assert told(world.get("program", "/me")) == (401, "bearer.missing")


def test_a_wrong_bearer_is_not_made_good_by_a_cookie(world: World) -> None:
    world.headers["both"] = {"Authorization": "Bearer wrong", "Cookie": world.headers["starter"]["Cookie"]}
    assert world.get("both", "/me").status_code == 401


def test_the_secret_of_a_session_is_no_bearer(world: World) -> None:
    secret = world.session("starter")
    world.headers["cookie"] = {"Cookie": f"stepwell={secret}"}
    world.headers["bearer"] = {"Authorization": f"Bearer {secret}"}
    assert (world.get("cookie", "/me").status_code, world.get("bearer", "/me").status_code) == (200, 401)


# -- in whose name ----------------------------------------------------------------------------------------


def starter_of(world: World, answer: httpx.Response) -> str:
    found: str = world.engine.instance(answer.json()["id"]).starter
    return found


def test_a_person_acts_for_themselves(world: World) -> None:
    assert starter_of(world, world.post("starter", "/instances", process_id="order")) == "starter"
    named = world.post("starter", "/instances", process_id="order", actor="starter")
    assert starter_of(world, named) == "starter"


def test_a_person_does_not_act_as_somebody_else(world: World) -> None:
    for who in ("starter", "operator"):
        answer = world.post(who, "/instances", process_id="order", actor="colleague")
        assert told(answer) == (403, "actor.other")
    named = {"Stepwell-Actor": "colleague"}
    answer = world.ask("starter", "POST", "/instances", json={"process_id": "order"}, headers=named)
    assert told(answer) == (403, "actor.other")


def test_who_has_the_installations_token_says_in_whose_name(world: World) -> None:
    world.headers["program"] = INSTALLATION
    body = world.post("program", "/instances", process_id="order", actor="ada")
    header = world.ask(
        "program", "POST", "/instances", json={"process_id": "order"}, headers={"Stepwell-Actor": "bob"}
    )
    nobody = world.post("program", "/instances", process_id="order")
    assert [starter_of(world, answer) for answer in (body, header, nobody)] == ["ada", "bob", ""]


def test_the_header_and_the_body_do_not_name_two(world: World) -> None:
    world.headers["program"] = INSTALLATION | {"Stepwell-Actor": "ada"}
    assert told(world.post("program", "/instances", process_id="order", actor="bob")) == (403, "actor.other")


def test_a_free_step_is_handed_to_a_colleague_by_who_could_have_it_and_by_operators(world: World) -> None:
    for who in ("member", "operator"):
        task = f"{world.order()}-3"
        assert world.post(who, f"/user-tasks/{task}/claim", user="colleague").status_code == 200
        assert world.get("member", f"/user-tasks/{task}").json()["assignee"] == "colleague"
    answer = world.post("starter", f"/user-tasks/{world.order()}-3/claim", user="colleague")
    assert told(answer) == (403, "user-task.forbidden")


def test_me_tells_roles_rights_and_settings(world: World) -> None:
    found = world.get("operator", "/me").json()
    assert (found["roles"], found["rights"]) == (["operators"], ["operate"])
    changed = world.ask("operator", "PUT", "/me/settings", json={"digest": "weekly", "language": "de"}).json()
    assert (changed["settings"]["digest"], changed["settings"]["opens_steps"]) == ("weekly", True)
    assert world.get("operator", "/me").json()["language"] == "de"


def test_who_has_the_installations_token_is_nobody_with_every_right(world: World) -> None:
    world.headers["program"] = INSTALLATION
    found = world.get("program", "/me").json()
    assert (found["name"], found["rights"]) == ("", ["administer", "design", "operate"])
    assert told(world.ask("program", "PUT", "/me/settings", json={})) == (403, "me.nobody")


# -- a change of rights -----------------------------------------------------------------------------------


def test_a_right_that_was_taken_is_gone_with_the_next_request(world: World) -> None:
    id = world.order()
    assert world.get("operator", f"/instances/{id}").status_code == 200
    world.post("administrator", "/roles/operators/remove-members", people=["operator"])
    assert world.get("operator", f"/instances/{id}").status_code == 404


def test_who_is_disabled_is_out_with_the_next_request(world: World) -> None:
    assert world.get("starter", "/me").status_code == 200
    world.post("administrator", "/people/starter/disable")
    assert world.get("starter", "/me").status_code == 401


def test_nobody_shuts_the_door_behind_themselves(world: World) -> None:
    assert told(world.post("administrator", "/people/administrator/disable")) == (409, "person.yourself")


def test_a_person_managed_over_http_works_from_the_first_day_on(world: World) -> None:
    world.post("administrator", "/roles", name="packers", parent="clerks")
    answer = world.post("administrator", "/people", name="pia", roles=["packers"], password=PASSWORD)
    assert answer.status_code == 201
    task = f"{world.order()}-3"
    world.headers["pia"] = {"Cookie": f"stepwell={secret_of(log_in(world, 'pia'))}", "Stepwell-Request": "1"}
    assert [item["id"] for item in world.get("pia", "/inbox").json()["items"]] == [task]
    assert world.post("pia", f"/user-tasks/{task}/complete").status_code == 200
