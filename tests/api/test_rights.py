"""Who may call what: every endpoint of the API's own description for every kind of person.

An endpoint without a row fails. 401: nobody knows who asks; 404: what one may not see; 403: what one sees
but may not do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stepwell.identity.policies.record import RecordRight
from stepwell.store import logins, notifications
from stepwell.store.notifications import About
from tests.api.test_contract import operations
from tests.api.world import ORDER, PASSWORD, PEOPLE, World, company, give_password

KINDS = (
    "anonymous stranger starter assignee member former seer designer operator administrator reader"
).split()
# ------------ anonymous stranger starter assignee member former seer designer operator administrator reader
OPEN = "        200       200     200      200    200    200  200      200      200           200    200"
KNOWN = "       401       200     200      200    200    200  200      200      200           200    200"
ACTS = "        401       200     200      200    200    200  200      200      200           200    403"
SEES = "        401       404     200      200    200    200  200      404      200           404    200"
PROCESS = "     401       404     200      404    404    404  200      200      200           404    200"
REPAIRS = "     401       404     403      403    403    403  403      404      200           404    403"
HAS = "         401       404     403      200    403    403  403      404      200           404    403"
TAKEN = "       401       404     403      200    403    403  403      404      409           404    403"
OFFERED = "     401       404     403      403    200    403  403      404      200           404    403"
OVERSEES = "    401       403     403      403    403    403  403      403      200           403    403"
ADMINISTERS = " 401       403     403      403    403    403  403      403      403           200    403"
OPERATES = "    401       403     403      403    403    403  403      403      202           403    403"
DESIGNS = "     401       403     403      403    403    403  403      201      403           403    403"
RUNS = "        401       404     201      404    404    404  403      403      201           404    403"
SEES_DATA = "   401       404     200      404    200    404  404      404      404           200    200"
OWNS_DATA = "   401       404     200      404    404    404  404      404      404           200    200"
ADDS_DATA = "   401       404     201      404    403    404  404      404      404           201    403"
HAS_VIEW = "    401       403     200      403    403    403  403      403      403           200    403"
ACTIVATES = "   401       404     403      404    404    404  403      200      403           404    403"
NOBODY_ELSE = " 401       404     404      404    404    404  404      404      404           404    403"
RUNS_IT = "     401       404     200      404    404    404  404      404      200           404    403"
STARTS = "      401       404     200      404    404    404  403      403      200           404    200"
PROCESS_ACTS = "401       404     200      404    404    404  200      200      200           404    403"
DESIGNERS_TOO = "   401       403     403      403    403    403  403      200      403           200    403"
FORBIDDEN = "       401       403     403      403    403    403  403      403      403           403    403"
MAKES_OWN = "   401       201     201      201    201    201  201      201      201           201    403"

Given = dict[str, Any]
Ask = tuple[str, Given]


def json(**body: Any) -> Given:
    return {"json": body}


def instance(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new order."""
    return lambda world, who: (path.format(world.order()), dict(given))


def opened(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new order whose step 2 was opened."""

    def ask(world: World, who: str) -> Ask:
        number = world.order()
        world.engine.open_page(f"{number}-2")
        return path.format(number), dict(given)

    return ask


def plain(path: str, **given: Any) -> Callable[[World, str], Ask]:
    return lambda world, who: (path, dict(given))


def somebody(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new person."""
    return lambda world, who: (path.format(world.add(f"new-{len(world.headers)}")), dict(given))


def some_role(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new role."""

    def ask(world: World, who: str) -> Ask:
        name = f"role-{len(world.headers)}-{who}"
        made = world.ask("administrator", "POST", "/roles", json={"name": name})
        assert made.status_code in (201, 409)
        return path.format(name), dict(given)

    return ask


def own_session(world: World, who: str) -> Ask:
    name = OWNER.get(who, who)
    if name == "anonymous":
        return "/sessions/x/end", json()
    world.session(name)
    with world.engine.store.reading() as session:
        known = [row.id for row in logins.sessions(session, name)]
    mine = {item["id"] for item in world.get(name, "/me/sessions").json()["items"] if item["is_this"]}
    return f"/sessions/{next(id for id in known if id not in mine)}/end", json()


def own_api_token(world: World, who: str) -> Ask:
    name = OWNER.get(who, who)
    if name == "anonymous":
        return "/api-tokens/x/revoke", json()
    world.api_token(name, "read")
    [*_, last] = world.get(name, "/api-tokens").json()["items"]
    return f"/api-tokens/{last['id']}/revoke", json()


def new_name(field: str, path: str) -> Callable[[World, str], Ask]:
    return lambda world, who: (path, json(**{field: f"by-{who}"}))


def some_type(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new record type."""

    def ask(world: World, who: str) -> Ask:
        name = f"type_of_{who}"
        world.engine.records.put_type({"name": name, "fields": [{"name": "name", "type": "text"}]})
        return path.format(name), dict(given)

    return ask


def client(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new record: sellers may do everything with it, clerks see it."""
    return lambda world, who: (path.format(world.engine.records.add("client", {"name": who}).id), dict(given))


def activity(path: str) -> Callable[[World, str], Ask]:
    """About a new activity that is the starter's."""

    def ask(world: World, who: str) -> Ask:
        made = world.engine.records.add("activity", {"subject": who, "owner": "starter"})
        return path.format(made.id.partition("/")[2]), {}

    return ask


def file(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new file beside a record."""

    def ask(world: World, who: str) -> Ask:
        record = world.engine.records.add("client", {"name": who}).id
        made = world.ask("administrator", "POST", f"/records/{record}/attachments?name=a", **BYTES)
        return path.format(made.json()["id"]), dict(given)

    return ask


def notice(path: str, of: str = "", **given: Any) -> Callable[[World, str], Ask]:
    """About a new notification: of the one who asks, unless somebody else is named."""

    def ask(world: World, who: str) -> Ask:
        about = About("comment", 1, 3, "Pack")
        with world.engine.store.transaction() as tx:
            [made] = notifications.add(tx.session, [(of or OWNER.get(who, who), about)], tx.now)
        return path.format(made.id), dict(given)

    return ask


def shared_view(path: str, **given: Any) -> Callable[[World, str], Ask]:
    """About a new view that the starter shares."""

    def ask(world: World, who: str) -> Ask:
        made = world.post("starter", "/saved-views", subject="work", label="x", shared=True)
        return path.format(made.json()["id"]), dict(given)

    return ask


OWNER = {"reader": "starter"}
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()
ZIP = {"content": b"", "headers": {"Content-Type": "application/zip"}}  # nobody both designs and administers
XML = {"content": ORDER.read_bytes(), "headers": {"Content-Type": "application/xml"}}
CSV = {"content": "name\nAcme\n", "headers": {"Content-Type": "text/csv"}}
BYTES = {"content": b"x", "headers": {"Content-Type": "application/octet-stream"}}
NEW_PASSWORD = "even better staple"


@dataclass
class Row:
    """What is asked, and what each kind of person gets."""

    method: str
    path: str
    statuses: str
    ask: Callable[[World, str], Ask]
    note: str = ""


ROWS = [
    Row("GET", "/health/live", OPEN, plain("/health/live")),
    Row("GET", "/health/ready", OPEN, plain("/health/ready")),
    Row("POST", "/login", OPEN, lambda world, who: ("/login", json(name=OWNER.get(who, who if who in PEOPLE else "starter"), password=PASSWORD))),
    Row("POST", "/logout", ACTS, plain("/logout")),
    Row("GET", "/me", KNOWN, plain("/me")),
    Row("PUT", "/me/settings", ACTS, plain("/me/settings", **json(digest="daily"))),
    Row("PUT", "/me/password", ACTS, plain("/me/password", **json(old=PASSWORD, new=NEW_PASSWORD))),
    Row("GET", "/me/sessions", KNOWN, plain("/me/sessions")),
    Row("POST", "/sessions/{id}/end", ACTS, own_session),
    Row("GET", "/api-tokens", KNOWN, plain("/api-tokens")),
    Row("GET", "/api-tokens", ADMINISTERS, plain("/api-tokens?person=colleague"), "of a colleague"),
    Row("GET", "/api-tokens", ADMINISTERS, plain("/api-tokens?of_everybody=true"), "of everybody"),
    Row("POST", "/api-tokens", MAKES_OWN, plain("/api-tokens", **json(name="laptop"))),
    Row("POST", "/api-tokens/{id}/revoke", ACTS, own_api_token),
    Row("GET", "/people", KNOWN, plain("/people")),
    Row("GET", "/people/{id}", KNOWN, plain("/people/starter")),
    Row("POST", "/people", ADMINISTERS.replace("200", "201"), new_name("name", "/people")),
    Row("PUT", "/people/{id}", ADMINISTERS, somebody("/people/{}", **json(email="a@b"))),
    Row("POST", "/people/{id}/disable", ADMINISTERS, somebody("/people/{}/disable", **json())),
    Row("POST", "/people/{id}/enable", ADMINISTERS, somebody("/people/{}/enable", **json())),
    Row("PUT", "/people/{id}/password", ADMINISTERS, somebody("/people/{}/password", **json(password=NEW_PASSWORD))),
    Row("GET", "/roles", KNOWN, plain("/roles")),
    Row("GET", "/roles/{id}", KNOWN, plain("/roles/clerks")),
    Row("POST", "/roles", ADMINISTERS.replace("200", "201"), new_name("name", "/roles")),
    Row("PUT", "/roles/{id}", ADMINISTERS, some_role("/roles/{}", **json(rights=["design"]))),
    Row("POST", "/roles/{id}/remove", ADMINISTERS, some_role("/roles/{}/remove", **json())),
    Row("POST", "/roles/{id}/add-members", ADMINISTERS, some_role("/roles/{}/add-members", **json(people=["former"]))),
    Row("POST", "/roles/{id}/remove-members", ADMINISTERS, some_role("/roles/{}/remove-members", **json(people=["former"]))),
    Row("POST", "/deployments", DESIGNS, plain("/deployments", **XML)),
    Row("POST", "/deployments/check", DESIGNS.replace("201", "200"), plain("/deployments/check", **XML)),
    Row("GET", "/applications", DESIGNERS_TOO, plain("/applications")),
    Row("GET", "/applications/{id}/export", FORBIDDEN, plain("/applications/shop/export")),
    Row("POST", "/applications", FORBIDDEN, plain("/applications", **ZIP)),
    Row("GET", "/definitions", KNOWN, plain("/definitions")),
    Row("GET", "/definitions/{id}", PROCESS, plain("/definitions/1")),
    Row("POST", "/definitions/{id}/activate", ACTIVATES, plain("/definitions/1/activate", **json())),
    Row("GET", "/definitions/{id}/xml", PROCESS, plain("/definitions/1/xml")),
    Row("POST", "/instances", RUNS, plain("/instances", **json(process_id="order"))),
    Row("POST", "/instances", RUNS, plain("/instances", **json(process_id="order", version=1)), "of a version"),
    Row("GET", "/instances", KNOWN, plain("/instances")),
    Row("GET", "/instances/{id}", SEES, instance("/instances/{}")),
    Row("GET", "/instances/{id}/path", SEES, instance("/instances/{}/path")),
    Row("GET", "/instances/{id}/steps", SEES, instance("/instances/{}/steps")),
    Row("GET", "/instances/{id}/diagram", SEES, instance("/instances/{}/diagram")),
    Row("GET", "/instances/{id}/history", SEES, instance("/instances/{}/history")),
    Row("GET", "/instances/{id}/variables", SEES, instance("/instances/{}/variables")),
    Row("GET", "/instances/{id}/variables", HAS, instance("/instances/{}/variables?scope=2"), "of an open step"),
    Row("GET", "/user-tasks/{id}/why", OVERSEES, instance("/user-tasks/{}-3/why?person=colleague"), "of a colleague"),
    Row("PUT", "/instances/{id}/variables", REPAIRS, instance("/instances/{}/variables", **json(variables={"a": 1}, reason="r"))),
    Row("POST", "/instances/{id}/cancel", REPAIRS, instance("/instances/{}/cancel", **json(reason="enough"))),
    Row("GET", "/user-tasks", KNOWN, plain("/user-tasks")),
    Row("GET", "/user-tasks/{id}", SEES, instance("/user-tasks/{}-3")),
    Row("GET", "/user-tasks/{id}/why", KNOWN, instance("/user-tasks/{}-3/why")),
    Row("GET", "/inbox", KNOWN, plain("/inbox")),
    Row("GET", "/inbox", OVERSEES, plain("/inbox?user=colleague"), "of a colleague"),
    Row("GET", "/inbox/counter", KNOWN, plain("/inbox/counter")),
    Row("GET", "/inbox/counter", OVERSEES, plain("/inbox/counter?user=colleague"), "of a colleague"),
    Row("GET", "/inbox/groups", KNOWN, plain("/inbox/groups?group=due")),
    Row("GET", "/inbox/groups", OVERSEES, plain("/inbox/groups?group=due&user=colleague"), "of a colleague"),
    Row("POST", "/user-tasks/claim-many", ACTS, plain("/user-tasks/claim-many", **json(ids=["1-1"])), "a report"),
    Row("POST", "/user-tasks/release-many", ACTS, plain("/user-tasks/release-many", **json(ids=["1-1"])), "a report"),
    Row("POST", "/user-tasks/reassign-many", ACTS, plain("/user-tasks/reassign-many", **json(ids=["1-1"], roles=["clerks"])), "a report"),
    Row("POST", "/user-tasks/postpone-many", ACTS, plain("/user-tasks/postpone-many", **json(ids=["1-1"], start_at="2999-01-01T00:00:00Z")), "a report"),
    Row("POST", "/user-tasks/complete-many", ACTS, plain("/user-tasks/complete-many", **json(ids=["1-1"])), "a report"),
    Row("GET", "/me/processes", KNOWN, plain("/me/processes")),
    Row("PUT", "/processes/{id}/favourite", RUNS_IT, plain("/processes/order/favourite", **json(is_favourite=True))),
    Row("GET", "/definitions/{id}/start-form", STARTS, plain("/definitions/1/start-form")),
    Row("POST", "/definitions/{id}/start-many", PROCESS_ACTS, plain("/definitions/1/start-many", **json(records=["client/1"])), "a report"),
    Row("POST", "/user-tasks/{id}/claim", OFFERED, instance("/user-tasks/{}-3/claim", **json()), "offered to a role"),
    Row("POST", "/user-tasks/{id}/claim", TAKEN, instance("/user-tasks/{}-2/claim", **json()), "that somebody has"),
    Row("POST", "/user-tasks/{id}/release", OFFERED, instance("/user-tasks/{}-3/release", **json())),
    Row("POST", "/user-tasks/{id}/complete", OFFERED, instance("/user-tasks/{}-3/complete", **json()), "offered to a role"),
    Row("POST", "/user-tasks/{id}/complete", HAS, instance("/user-tasks/{}-2/complete", **json()), "that somebody has"),
    Row("GET", "/user-tasks/{id}/comments", OFFERED, instance("/user-tasks/{}-3/comments")),
    Row("POST", "/user-tasks/{id}/comments", OFFERED.replace("200", "201"), instance("/user-tasks/{}-3/comments", **json(text="now"))),
    Row("GET", "/user-tasks/{id}/presence", OFFERED, instance("/user-tasks/{}-3/presence")),
    Row("PUT", "/user-tasks/{id}/presence", OFFERED, instance("/user-tasks/{}-3/presence", **json())),
    Row("GET", "/user-tasks/{id}/attachments", OFFERED, instance("/user-tasks/{}-3/attachments")),
    Row("POST", "/user-tasks/{id}/attachments", OFFERED.replace("200", "201"), instance("/user-tasks/{}-3/attachments?name=a", **BYTES)),
    Row("GET", "/events", KNOWN, plain("/events?seconds=0")),
    Row("GET", "/me/notifications", KNOWN, plain("/me/notifications")),
    Row("PUT", "/me/notifications", ACTS, plain("/me/notifications", **json())),
    Row("POST", "/notifications/{id}/read", ACTS, notice("/notifications/{}/read", **json()), "of one's own"),
    Row("POST", "/notifications/{id}/read", NOBODY_ELSE, notice("/notifications/{}/read", "colleague", **json()), "of a colleague"),
    Row("POST", "/notifications/{id}/postpone", ACTS, notice("/notifications/{}/postpone", **json(until=TOMORROW)), "of one's own"),
    Row("GET", "/audit", ADMINISTERS, plain("/audit")),
    Row("POST", "/user-tasks/{id}/open", OFFERED, instance("/user-tasks/{}-3/open", **json()), "offered to a role"),
    Row("POST", "/user-tasks/{id}/open", HAS, instance("/user-tasks/{}-2/open", **json()), "that somebody has"),
    Row("GET", "/user-tasks/{id}/page", HAS, opened("/user-tasks/{}-2/page")),
    Row("PUT", "/user-tasks/{id}/draft", HAS, opened("/user-tasks/{}-2/draft", **json(values={}))),
    Row("POST", "/user-tasks/{id}/examine", HAS, opened("/user-tasks/{}-2/examine", **json(values={}))),
    Row("POST", "/user-tasks/{id}/reassign", OFFERED, instance("/user-tasks/{}-3/reassign", **json(assignee="colleague")), "offered to a role"),
    Row("POST", "/user-tasks/{id}/reassign", HAS, instance("/user-tasks/{}-2/reassign", **json(roles=["clerks"])), "that somebody has"),
    Row("POST", "/user-tasks/{id}/postpone", OFFERED, instance("/user-tasks/{}-3/postpone", **json(start_at="2099-01-31T09:00:00Z"))),
    Row("POST", "/user-tasks/{id}/cancel", REPAIRS, instance("/user-tasks/{}-2/cancel", **json(reason="enough"))),
    Row("POST", "/messages", OPERATES, plain("/messages", **json(name="letter"))),
    Row("POST", "/signals", OPERATES, plain("/signals", **json(name="alarm"))),
    Row("GET", "/incidents", KNOWN, plain("/incidents")),
    Row("GET", "/incidents/{id}", SEES, instance("/incidents/{}-4")),
    Row("POST", "/incidents/{id}/retry", REPAIRS, instance("/incidents/{}-4/retry", **json())),
    Row("GET", "/record-types", KNOWN, plain("/record-types")),
    Row("GET", "/record-types/{id}", SEES_DATA, plain("/record-types/client")),
    Row("GET", "/record-types/{id}/rights", ADMINISTERS, plain("/record-types/client/rights")),
    Row("POST", "/record-types", ADMINISTERS.replace("200", "201"), lambda world, who: ("/record-types", json(definition={"name": f"by_{who}"}))),
    Row("PUT", "/record-types/{id}", ADMINISTERS, some_type("/record-types/{}", **json(definition={"fields": []}, with_data=True))),
    Row("POST", "/record-types/{id}/remove", ADMINISTERS, some_type("/record-types/{}/remove", **json())),
    Row("PUT", "/record-types/{id}/rights", ADMINISTERS, some_type("/record-types/{}/rights", **json(rights=[{"role": "clerks"}]))),
    Row("GET", "/records/{type}", SEES_DATA, plain("/records/client")),
    Row("GET", "/records/{type}/count", SEES_DATA, plain("/records/client/count")),
    Row("GET", "/records/{type}/measure", SEES_DATA, plain("/records/client/measure?what=sum&field=debts")),
    Row("GET", "/records/{type}/export", SEES_DATA, plain("/records/client/export")),
    Row("POST", "/records/{type}/import", ADDS_DATA.replace("201", "200"), plain("/records/client/import", **CSV)),
    Row("POST", "/records/{type}", ADDS_DATA, plain("/records/client", **json(values={"name": "Acme"}))),
    Row("GET", "/records/{type}/{id}", SEES_DATA, client("/records/{}")),
    Row("PUT", "/records/{type}/{id}", ADDS_DATA.replace("201", "200"), client("/records/{}", **json(values={"name": "Beta"}))),
    Row("POST", "/records/{type}/{id}/delete", ADDS_DATA.replace("201", "200"), client("/records/{}/delete", **json())),
    Row("GET", "/records/{type}/{id}/history", SEES_DATA, client("/records/{}/history")),
    Row("GET", "/records/{type}/{id}/related", SEES_DATA, client("/records/{}/related")),
    Row("GET", "/records/{type}/{id}/processes", SEES_DATA, client("/records/{}/processes")),
    Row("GET", "/records/{type}/{id}/user-tasks", SEES_DATA, client("/records/{}/user-tasks")),
    Row("GET", "/records/{type}/user-tasks", KNOWN, plain("/records/client/user-tasks?ids=1,2"), "only what one sees"),
    Row("GET", "/records/{type}/{id}/approvals", SEES_DATA, client("/records/{}/approvals")),
    Row("GET", "/activities", KNOWN, plain("/activities?mine=true")),
    Row("GET", "/activities/calendar", KNOWN, plain("/activities/calendar?from=2026-01-01T00:00:00Z")),
    Row("GET", "/activities/{id}", OWNS_DATA, activity("/activities/{}")),
    Row("GET", "/search", KNOWN, plain("/search?text=acme")),
    Row("GET", "/records/{type}/{id}/attachments", SEES_DATA, client("/records/{}/attachments")),
    Row("POST", "/records/{type}/{id}/attachments", ADDS_DATA, client("/records/{}/attachments?name=a", **BYTES)),
    Row("POST", "/attachments", MAKES_OWN, plain("/attachments?name=a", **BYTES)),
    Row("GET", "/attachments/{id}", SEES_DATA, file("/attachments/{}")),
    Row("GET", "/attachments/{id}/content", SEES_DATA, file("/attachments/{}/content")),
    Row("POST", "/attachments/{id}/remove", ADDS_DATA.replace("201", "200"), file("/attachments/{}/remove", **json())),
    Row("GET", "/saved-views", KNOWN, plain("/saved-views?subject=work")),
    Row("POST", "/saved-views", MAKES_OWN, plain("/saved-views", **json(subject="work", label="x"))),
    Row("PUT", "/saved-views/{id}", HAS_VIEW, shared_view("/saved-views/{}", **json(label="y", shared=True)), "of somebody"),
    Row("POST", "/saved-views/{id}/remove", HAS_VIEW, shared_view("/saved-views/{}/remove", **json()), "of somebody"),
]  # fmt: skip
CLIENT = {"name": "client", "fields": [{"name": "name", "type": "text"}, {"name": "debts", "type": "money"}]}
RIGHTS = [RecordRight(role="sellers", add=True, change="all", delete="all"), RecordRight(role="clerks")]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    if request.param == "sqlite":
        path: Path = tmp_path_factory.mktemp("rights") / "stepwell.db"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("shared_postgresql_url")
    with company(url) as found:
        found.headers["anonymous"] = {}
        found.headers["reader"] = {"Authorization": f"Bearer {found.api_token('starter', 'read')}"}
        found.engine.records.put_type(CLIENT)
        found.engine.records.put_rights("client", RIGHTS)
        found.log_in("administrator")
        yield found


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row.method}-{row.path}-{row.note}".replace(" ", "-").strip("-")
)
def test_everybody_may_do_what_the_policies_say(world: World, row: Row) -> None:
    if "password" in row.path or row.path == "/login":
        give_password(world, *PEOPLE)
    expected = dict(zip(KINDS, map(int, row.statuses.split()), strict=True))
    found = {}
    for kind in KINDS:
        if kind in PEOPLE:
            world.log_in(kind)
        path, given = row.ask(world, kind)
        found[kind] = world.ask(kind, row.method, path, **given).status_code
    assert found == expected


def test_every_endpoint_of_the_description_has_a_row() -> None:
    described = {(method.upper(), path.removeprefix("/api/v1")) for path, method in operations()}
    assert {(row.method, row.path) for row in ROWS} == described
