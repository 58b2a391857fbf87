"""T1 to T4 with a real server: the rows of a panel, what is counted, and what can be done with a row."""

from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import drawn, line, settings, user
from tests.acceptance.office import Office, counted, inbox, office, ok, page
from tests.engine.world import flows

CLERKS = '<stepwell:assignment roles="clerks"/>'
YOU = '<stepwell:assignment user="= who"/>'
QUESTION = '<stepwell:question><stepwell:answer code="yes"/></stepwell:question>'
OVERDUE = '<stepwell:timing due="= now() - duration(&quot;PT1H&quot;)"/>'
EACH = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="false"><bpmn:loopDataInputRef>places</bpmn:loopDataInputRef>'
    '<bpmn:inputDataItem name="place"/></bpmn:multiInstanceLoopCharacteristics>'
)


def called(caption: str, step: str, id: str) -> bytes:
    """A process of one step whose instances have a caption."""
    return drawn(
        step, flows("start do end"), id=id, head=settings(f'<stepwell:process caption="{caption}"/>')
    )


PROCESSES = (
    called("Order of {guest}", user("do", CLERKS + "<stepwell:title>Pack {what}</stepwell:title>" + QUESTION), "pack"),
    called("Late", user("do", YOU + OVERDUE), "late"),
    called("Later", user("do", YOU + '<stepwell:timing startIn="PT1H" duration="PT2H"/>'), "later"),
    called("Urgent", user("do", YOU + '<stepwell:timing priority="high"/>'), "urgent"),
    line(user("do", YOU, EACH), path="do", id="crowd"),
)  # fmt: skip


@pytest.fixture(scope="module")
def work(ground: Ground) -> Iterator[Office]:
    with office(ground.url, ground.folder) as found:
        found.hire("joe", "clerks")
        found.hire("eve", "clerks", "packers")
        found.hire("max")
        found.deploy(*PROCESSES)
        yield found


@pytest.fixture
def step(work: Office) -> Iterator[str]:
    """A step of the clerks; done in the end."""
    id = work.start("pack", guest="Ada", what="apples")
    yield id
    work.server.client.post(f"/user-tasks/{id}/complete", json={})


def newcomer(work: Office, name: str) -> httpx.Client:
    """Somebody with an empty panel."""
    return work.hire(name)


# -- T1 ---------------------------------------------------------------------------------------------------


def test_t1_the_counter_is_exact_up_to_99_and_then_says_that_there_are_more(work: Office) -> None:
    mia = newcomer(work, "mia")
    work.begin("crowd", who="mia", places=list(range(99)))
    assert ok(mia.get("/inbox/counter")) == {"count": 99, "has_more": False, "is_overdue": False}
    work.begin("urgent", who="mia")
    assert ok(mia.get("/inbox/counter")) == {"count": 99, "has_more": True, "is_overdue": False}


def test_t1_the_counter_turns_red_when_a_step_is_overdue(work: Office) -> None:
    una = newcomer(work, "una")
    work.begin("urgent", who="una")
    assert ok(una.get("/inbox/counter"))["is_overdue"] is False
    late = work.start("late", who="una")
    assert ok(una.get("/inbox/counter")) == {"count": 2, "has_more": False, "is_overdue": True}
    ok(una.post(f"/user-tasks/{late}/complete", json={}))
    assert ok(una.get("/inbox/counter"))["is_overdue"] is False


# -- T2 ---------------------------------------------------------------------------------------------------


def test_t2_a_row_has_its_kind_title_caption_and_role(joe: httpx.Client, step: str) -> None:
    [row] = [row for row in ok(joe.get("/inbox"))["items"] if row["id"] == step]
    assert {name: row[name] for name in ("kind", "title", "instance_caption", "role", "due_at", "is_overdue")} == {
        "kind": "question", "title": "Pack apples", "instance_caption": "Order of Ada", "role": "clerks",
        "due_at": None, "is_overdue": False,
    }  # fmt: skip
    assert page(joe, row["id"])["title"] == row["title"]


def test_t2_a_row_says_when_it_is_due_and_whether_that_is_past(work: Office) -> None:
    pia = newcomer(work, "pia")
    work.begin("late", who="pia")
    work.begin("later", who="pia")
    rows = ok(pia.get("/inbox", params={"with_future": True, "sort": "due"}))["items"]
    assert [(row["instance_caption"], row["is_overdue"]) for row in rows] == [
        ("Late", True),
        ("Later", False),
    ]
    start, due = (datetime.fromisoformat(rows[1][name]) for name in ("start_at", "due_at"))
    assert (due - start).total_seconds() == 7200


def test_t2_a_row_of_ones_own_has_no_role(work: Office) -> None:
    ida = newcomer(work, "ida")
    work.begin("urgent", who="ida")
    assert [row["role"] for row in ok(ida.get("/inbox"))["items"]] == [""]


def test_t2_future_tasks_are_shown_when_asked_for(work: Office) -> None:
    leo = newcomer(work, "leo")
    later, now = work.start("later", who="leo"), work.start("urgent", who="leo")
    assert (inbox(leo), inbox(leo, with_future=True)) == ([now], [now, later])


# -- T3 ---------------------------------------------------------------------------------------------------


def test_t3_opened_from_its_row_it_stays_where_it_is(joe: httpx.Client, eve: httpx.Client, step: str) -> None:
    assert page(joe, step)["buttons"] != []
    assert (step in inbox(joe), step in inbox(eve)) == (True, True)


def test_t3_assigned_to_me_it_leaves_the_panels_of_the_others(
    joe: httpx.Client, eve: httpx.Client, step: str
) -> None:
    before = counted(eve)
    ok(joe.post(f"/user-tasks/{step}/claim", json={}))
    assert (step in inbox(joe), step in inbox(eve), counted(eve)) == (True, False, before - 1)


def test_t3_assigned_to_somebody_else_it_is_theirs(joe: httpx.Client, eve: httpx.Client, step: str) -> None:
    ok(joe.post(f"/user-tasks/{step}/reassign", json={"assignee": "eve"}))
    assert (step in inbox(joe), step in inbox(eve)) == (False, True)
    assert ok(eve.get(f"/user-tasks/{step}"))["assignee"] == "eve"


def test_t3_assigned_to_a_role_it_is_in_the_panels_of_its_members(
    joe: httpx.Client, eve: httpx.Client, step: str
) -> None:
    ok(joe.post(f"/user-tasks/{step}/reassign", json={"roles": ["packers"]}))
    assert (step in inbox(joe), step in inbox(eve)) == (False, True)
    assert ok(eve.get(f"/user-tasks/{step}"))["candidate_roles"] == ["packers"]


def test_t3_performed_later_it_is_a_future_task(joe: httpx.Client, step: str) -> None:
    ok(joe.post(f"/user-tasks/{step}/postpone", json={"start_at": "2099-01-31T09:00:00Z"}))
    assert (step in inbox(joe), step in inbox(joe, with_future=True)) == (False, True)


def test_t3_given_back_it_is_the_roles_again(joe: httpx.Client, eve: httpx.Client, step: str) -> None:
    ok(joe.post(f"/user-tasks/{step}/claim", json={}))
    ok(joe.post(f"/user-tasks/{step}/release", json={}))
    assert (step in inbox(joe), step in inbox(eve)) == (True, True)
    assert ok(eve.get(f"/user-tasks/{step}"))["assignee"] == ""


# -- T4 ---------------------------------------------------------------------------------------------------


def captions(client: httpx.Client, **asked: object) -> list[str]:
    params = {"with_future": True, **asked}
    return [row["instance_caption"] for row in ok(client.get("/inbox", params=params))["items"]]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def full(work: Office) -> httpx.Client:
    """Somebody with a step of each process that has one person."""
    client = work.hire("zoe")
    for process in ("later", "late", "urgent"):
        work.begin(process, who="zoe")
    return client


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("created", ["Urgent", "Late", "Later"]),
        ("due", ["Late", "Later", "Urgent"]),
        ("priority", ["Urgent", "Late", "Later"]),
        ("process", ["Late", "Later", "Urgent"]),
    ],
)
def test_t4_the_list_is_sorted_as_one_likes(full: httpx.Client, sort: str, order: list[str]) -> None:
    assert captions(full, sort=sort) == order


@pytest.mark.parametrize(
    ("group", "counts"),
    [("process", {"late": 1, "later": 1, "urgent": 1}), ("role", {"": 3})],
)
def test_t4_the_list_is_grouped_as_one_likes(full: httpx.Client, group: str, counts: dict[str, int]) -> None:
    groups = ok(full.get("/inbox/groups", params={"group": group, "with_future": True}))
    assert {item["key"]: item["count"] for item in groups["items"]} == counts
    rows = ok(full.get("/inbox", params={"group": group, "with_future": True}))["items"]
    assert {row["group"] for row in rows} == counts.keys()


def test_t4_the_list_is_grouped_by_the_day_on_which_it_is_due(full: httpx.Client) -> None:
    rows = ok(full.get("/inbox", params={"group": "due", "with_future": True}))["items"]
    assert [row["group"] for row in rows] == [(row["due_at"] or "")[:10] for row in rows]
    assert [row["instance_caption"] for row in rows][-1] == "Urgent"


def test_t4_the_list_comes_page_by_page(full: httpx.Client) -> None:
    first = ok(full.get("/inbox", params={"limit": 2, "sort": "due", "with_future": True}))
    then = {"limit": 2, "sort": "due", "with_future": True, "after": first["after"]}
    second = ok(full.get("/inbox", params=then))
    shown = [row["instance_caption"] for found in (first, second) for row in found["items"]]
    assert (shown, second["after"]) == (["Late", "Later", "Urgent"], None)


def test_t4_a_filter_is_saved_and_found_again(full: httpx.Client, joe: httpx.Client) -> None:
    content = {"search": "late", "sort": ["due"], "more": {"group": "process"}}
    made = ok(full.post("/saved-views", json={"subject": "inbox", "label": "Late ones", "content": content}))
    [kept] = ok(full.get("/saved-views", params={"subject": "inbox"}))["items"]
    assert (kept["id"], kept["content"]) == (made["id"], content)
    assert captions(full, search=kept["content"]["search"], sort=kept["content"]["sort"][0]) == [
        "Late",
        "Later",
    ]
    assert ok(joe.get("/saved-views", params={"subject": "inbox"}))["items"] == []
