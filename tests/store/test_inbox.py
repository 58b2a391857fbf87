"""Inboxes: what stands in one, in which order, and how many."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from stepwell.engine import user_task_events as task_events
from stepwell.engine.rows import TaskDetails
from stepwell.store import Store, roles
from stepwell.store.loading import Target
from stepwell.store.queries import inbox
from stepwell.store.queries.inbox import WALKS, InboxFilter, Order, Place
from stepwell.store.queries.user_tasks import UserTaskView
from tests.store.instances import NOW, SECOND, change, deploy, opened, start, waiting_task


def task(store: Store, **fields: object) -> int:
    return start(store, *waiting_task(1, **fields), definition_id=deploy(store))


def listed(store: Store, *principals: str, **more: Any) -> list[int]:
    with store.reading() as session:
        rows = inbox.page(session, InboxFilter(principals=principals, **more))
    return [row.instance_id for row in rows]


def paged(store: Store, principals: list[str], order: Order, size: int) -> list[UserTaskView]:
    """All of an inbox, page by page."""
    found: list[UserTaskView] = []
    place: Place | None = None
    asked = InboxFilter(principals=principals, order=order, limit=size)
    with store.reading() as session:
        while page := inbox.page(session, replace(asked, after=place)):
            found += page
            place = inbox.place_of(order, page[-1])
    return found


def test_what_is_due_first_comes_first_and_what_is_never_due_last(database_url: str) -> None:
    with opened(database_url) as store:
        never = task(store, assignee="anna", created_at=NOW + 9)
        late = task(store, assignee="anna", due_at=NOW + 20)
        soon = task(store, assignee="anna", due_at=NOW + 10)
        assert listed(store, "user:anna", order="due") == [soon, late, never]
        assert listed(store, "user:anna", order="due", limit=2) == [soon, late]


def test_the_most_urgent_comes_first(database_url: str) -> None:
    with opened(database_url) as store:
        low = task(store, candidate_roles=("clerks",), priority=10)
        usual = task(store, assignee="anna")
        urgent = task(store, assignee="anna", priority=90)
        assert listed(store, "user:anna", "role:clerks", order="priority") == [urgent, usual, low]


def test_what_starts_later_is_hidden_until_then(database_url: str) -> None:
    with opened(database_url) as store:
        number = task(store, assignee="anna", start_at=NOW + SECOND, due_at=NOW + 2 * SECOND)
        for order in WALKS:
            assert listed(store, "user:anna", order=order, now=NOW) == []
            assert listed(store, "user:anna", order=order, now=NOW + SECOND) == [number]
            assert listed(store, "user:anna", order=order) == [number]


def test_a_postponed_task_stands_where_its_new_plan_says(database_url: str) -> None:
    with opened(database_url) as store:
        first = task(store, assignee="anna", due_at=NOW + 5)
        second = task(store, assignee="anna", due_at=NOW + 6)
        postponed = task_events.UserTaskPostponed(1, NOW + 7, NOW + 8, "Approve", TaskDetails())
        change(store, Target(first, 1), postponed)
        assert listed(store, "user:anna", order="due") == [second, first]
        assert listed(store, "user:anna", now=NOW) == [second]


def test_a_task_that_a_colleague_took_is_among_what_is_taken(database_url: str) -> None:
    with opened(database_url) as store:
        number = task(store, candidate_users=("ben", "anna"), candidate_roles=("clerks",))
        change(store, Target(number, 1), task_events.UserTaskAssigned(1, "anna"))
        assert listed(store, "taken:role:clerks") == [number]
        assert listed(store, "taken:user:ben") == [number]
        assert listed(store, "taken:user:anna") == []
        change(store, Target(number, 1), task_events.UserTaskAssigned(1, ""))
        assert listed(store, "taken:role:clerks", "taken:user:ben") == []


def test_a_completed_task_leaves_what_is_taken_too(database_url: str) -> None:
    with opened(database_url) as store:
        number = task(store, assignee="anna", candidate_roles=("clerks",), due_at=NOW, priority=7)
        change(store, Target(number, 1), task_events.UserTaskCompleted(1, "anna"))
        assert listed(store, "taken:role:clerks", "user:anna") == []


def test_a_role_that_gets_a_step_back_one_day_has_an_open_step(database_url: str) -> None:
    with opened(database_url) as store:
        number = task(store, assignee="anna", candidate_roles=("clerks",))
        with store.reading() as session:
            assert roles.open_step(session, "clerks") == (number, 1)
            assert roles.open_step(session, "bosses") is None


@pytest.mark.parametrize(("tasks", "counted"), [(0, 0), (99, 99), (100, 100), (103, 100)])
def test_tasks_are_counted_up_to_a_hundred(database_url: str, tasks: int, counted: int) -> None:
    with opened(database_url) as store:
        definition = deploy(store)
        for number in range(tasks):
            offered = ("clerks", "bosses") if number % 2 else ("clerks",)
            start(store, *waiting_task(1, candidate_roles=offered), definition_id=definition)
        task(store, candidate_roles=("clerks",), start_at=NOW + 1)
        with store.reading() as session:
            assert inbox.count(session, ["user:anna", "role:bosses", "role:clerks", "*"], NOW) == counted


def test_an_inbox_is_overdue_when_one_of_its_tasks_is(database_url: str) -> None:
    with opened(database_url) as store:
        task(store, assignee="anna", due_at=NOW)
        task(store, assignee="ben", due_at=NOW, start_at=NOW + 9)
        with store.reading() as session:
            assert not inbox.has_overdue(session, ["user:anna", "*"], NOW)
            assert inbox.has_overdue(session, ["user:anna", "*"], NOW + 1)
            assert not inbox.has_overdue(session, ["user:ben"], NOW + 1)


EXAMPLES = count()
TASKS = st.lists(
    st.fixed_dictionaries(
        {
            "candidate_roles": st.sampled_from([("a",), ("b",), ("a", "b")]),
            "due_at": st.none() | st.integers(NOW, NOW + 3),
            "priority": st.sampled_from([1, 50, 50, 51, 99]),
            "created_at": st.integers(NOW, NOW + 3),
        }
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks=TASKS, size=st.integers(1, 5))
def test_pages_in_any_order_hold_every_task_once(database_url: str, tasks: list[Any], size: int) -> None:
    with opened(database_url) as store:
        definition = deploy(store)
        role = f"x{next(EXAMPLES)}"
        numbers = {
            start(
                store,
                *waiting_task(
                    1, **fields | {"candidate_roles": tuple(role + one for one in fields["candidate_roles"])}
                ),
                definition_id=definition,
            )
            for fields in tasks
        }
        principals = [f"role:{role}a", f"role:{role}b"]
        for order in WALKS:
            found = paged(store, principals, order, size)
            assert sorted(row.instance_id for row in found) == sorted(numbers)
        by_due = [row.task.due_at for row in paged(store, principals, "due", size)]
        assert by_due == sorted(by_due, key=lambda at: (at is None, at))
        urgency = [row.task.priority for row in paged(store, principals, "priority", size)]
        assert urgency == sorted(urgency, reverse=True)
