"""Stories of a person's inbox over HTTP: what is in it, in which order, in which groups, and how many."""

from typing import Any

import pytest

from stepwell.engine import commands as c
from stepwell.identity import Actor
from stepwell.services import inboxes
from stepwell.services.inboxes import Asked
from stepwell.services.requests import OnInstance
from stepwell.services.user_tasks import Person
from tests.api.conftest import Api
from tests.services.connecting import connect

HOUR = 3_600_000_000
BOB = {"user": "bob", "roles": ["clerks", "bosses"]}


def task(api: Api) -> str:
    found: str = api.start("form")["user_tasks"][0]["id"]
    return found


def plan(api: Api, id: str, start_in: int, hours: int = 1, **more: Any) -> None:
    """Postpone a task: it starts in so many hours, and is due as many hours later."""
    instance, key = map(int, id.split("-"))
    with api.engine.store.reading() as session:
        start_at = session.now() + start_in * HOUR
    command = c.PostponeUserTask(key, start_at, hours * HOUR, **more)
    api.engine.submit(OnInstance(instance, command, key))


def listed(api: Api, **asked: Any) -> list[str]:
    return [item["id"] for item in api.get("/inbox", **BOB | asked).json()["items"]]


def test_a_row_tells_what_the_panel_shows(api: Api) -> None:
    id = task(api)
    [row] = api.get("/inbox", user="eve", roles=["clerks"]).json()["items"]
    assert (row["id"], row["kind"], row["title"], row["instance_caption"]) == (
        id,
        "plain",
        "Fill the form in",
        "Form",
    )
    assert (row["role"], row["process_name"], row["due_at"], row["is_overdue"]) == (
        "clerks",
        "Form",
        None,
        False,
    )
    assert row["connections"] == []


def test_what_is_offered_to_one_by_name_needs_no_role(api: Api) -> None:
    task(api)
    assert [row["role"] for row in api.get("/inbox", **BOB).json()["items"]] == [""]


def test_a_postponed_task_is_among_future_ones_only(api: Api) -> None:
    id = task(api)
    plan(api, id, start_in=24)
    assert listed(api) == []
    assert listed(api, with_future="true") == [id]
    assert api.get("/inbox/counter", **BOB).json() == {"count": 0, "has_more": False, "is_overdue": False}


def test_an_overdue_task_makes_the_counter_red(api: Api) -> None:
    id = task(api)
    task(api)
    plan(api, id, start_in=-2)
    assert api.get("/inbox/counter", **BOB).json() == {"count": 2, "has_more": False, "is_overdue": True}
    assert [row["is_overdue"] for row in api.get("/inbox", **BOB, sort="due").json()["items"]] == [
        True,
        False,
    ]


def test_the_counter_is_exact_up_to_99(api: Api) -> None:
    for _ in range(99):
        task(api)
    assert api.get("/inbox/counter", **BOB).json()["has_more"] is False
    task(api)
    assert api.get("/inbox/counter", **BOB).json() == {"count": 99, "has_more": True, "is_overdue": False}


def test_tasks_are_sorted_by_age_and_by_what_is_due(api: Api) -> None:
    first, second, third = task(api), task(api), task(api)
    plan(api, first, start_in=-1, hours=5)
    plan(api, third, start_in=-1, hours=3)
    assert listed(api) == [third, second, first]
    assert listed(api, sort="due") == [third, first, second]


@pytest.mark.parametrize(
    "asked",
    [{"sort": "due"}, {"sort": "priority"}, {"sort": "process"}, {"group": "role"}, {"search": "FORM"}],
)
def test_pages_go_on_where_they_ended(api: Api, asked: dict[str, Any]) -> None:
    ids = [task(api) for _ in range(5)]
    plan(api, ids[1], start_in=-1)
    plan(api, ids[3], start_in=-1)
    found: list[str] = []
    after = None
    while True:
        page = api.get("/inbox", **BOB, **asked, limit=2, **({"after": after} if after else {})).json()
        found += [item["id"] for item in page["items"]]
        after = page["after"]
        if not after:
            break
    assert sorted(found) == sorted(ids)


def test_a_search_looks_into_title_caption_and_process(api: Api) -> None:
    id = task(api)
    assert listed(api, search="fill  FORM") == [id]
    assert listed(api, search="fill nothing") == []


def test_tasks_are_narrowed_by_process_kind_role_and_due_time(api: Api) -> None:
    id = task(api)
    plan(api, id, start_in=-2)
    for asked in (
        {"process_id": "form"},
        {"kind": "plain"},
        {"role": "clerks"},
        {"due_before": "2999-01-01T00:00:00Z"},
    ):
        assert listed(api, **asked) == [id]
    for asked in (
        {"process_id": "other"},
        {"kind": "question"},
        {"role": "bosses"},
        {"due_before": "1999-01-01T00:00:00Z"},
    ):
        assert listed(api, **asked) == []


def test_groups_tell_how_many_tasks_they_have(api: Api) -> None:
    ids = [task(api), task(api)]
    plan(api, ids[0], start_in=-48)
    processes = api.get("/inbox/groups", **BOB, group="process").json()
    assert processes == {"items": [{"key": "form", "label": "Form", "count": 2}], "is_complete": True}
    days = api.get("/inbox/groups", **BOB, group="due").json()["items"]
    assert [(day["key"] != "", day["count"]) for day in days] == [(True, 1), (False, 1)]


def test_a_due_day_is_that_of_the_persons_time_zone(api: Api) -> None:
    plan(api, task(api), start_in=-1)
    days = []
    for zone in ("Pacific/Niue", "Pacific/Kiritimati"):
        actor = Actor("bob", frozenset({"clerks"}), time_zone=zone)
        [row] = inboxes.page(api.engine.store, Person("bob"), Asked(group="due"), actor).items
        days.append(row.group or "")
    assert days[0] < days[1]


def test_tasks_of_a_process_stand_together(api: Api) -> None:
    first = task(api)
    trip = api.start("trip", variables={"city": "Rome"}, actor="bob")["user_tasks"][0]["id"]
    second = task(api)
    rows = api.get("/inbox", **BOB, group="process").json()["items"]
    assert [(row["id"], row["group"]) for row in rows] == [(trip, "trip"), (second, "form"), (first, "form")]


def test_a_colleague_who_took_a_task_can_be_seen(api: Api) -> None:
    id = task(api)
    api.post(f"/user-tasks/{id}/claim", {"user": "ada"})
    [row] = api.get("/inbox", **BOB, taken_by_colleagues="true").json()["items"]
    assert (row["id"], row["assignee"]) == (id, "ada")
    assert api.get("/inbox", user="ada", roles=["clerks"], taken_by_colleagues="true").json()["items"] == []
    api.post(f"/user-tasks/{id}/release", {"actor": "ada"})
    assert api.get("/inbox", **BOB, taken_by_colleagues="true").json()["items"] == []


def test_a_cursor_of_another_order_is_refused(api: Api) -> None:
    for _ in range(3):
        task(api)
    after = api.get("/inbox", **BOB, sort="process", limit=1).json()["after"]
    answer = api.get("/inbox", **BOB, sort="created", limit=1, after=after)
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor.invalid")
    after = api.get("/inbox", **BOB, limit=1).json()["after"]
    answer = api.get("/inbox", **BOB, sort="process", limit=1, after=after)
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor.invalid")


def test_a_saved_filter_of_the_panel_is_kept(api: Api) -> None:
    content = {"sort": ["due"], "search": "order", "more": {"group": "process"}}
    made = api.post(
        "/saved-views", {"subject": "user-tasks", "label": "Orders", "content": content, "actor": "ada"}
    )
    assert made.status_code == 201
    [view] = api.ask("GET", "/saved-views?subject=user-tasks", headers={"Stepwell-Actor": "ada"}).json()[
        "items"
    ]
    assert view["content"] == content


def test_connected_records_are_named_as_far_as_one_sees_them(api: Api) -> None:
    api.post(
        "/record-types", {"definition": {"name": "client", "fields": [{"name": "name", "type": "text"}]}}
    )
    record = api.post("/records/client", {"values": {"name": "Acme"}}).json()["id"]
    id = task(api)
    connect(api.engine, id, record, "client/99")
    [row] = api.get("/inbox", **BOB).json()["items"]
    assert row["connections"] == [{"id": record, "title": "Acme", "type": "client"}]
