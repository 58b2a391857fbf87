"""Who sees which user task."""

from msgspec.structs import replace

from stepwell.engine import user_task_events as task_events
from stepwell.store import Store
from stepwell.store.loading import Target
from stepwell.store.queries import inbox as inbox_queries
from stepwell.store.queries import user_tasks
from stepwell.store.queries.inbox import InboxFilter
from stepwell.store.queries.user_tasks import UserTaskFilter
from tests.store.instances import NOW, change, deploy, opened, start, waiting_task


def inbox(store: Store, *principals: str, **more: object) -> list[int]:
    asked = InboxFilter(principals=principals, **more)  # type: ignore[arg-type]
    with store.reading() as session:
        return [row.instance_id for row in inbox_queries.page(session, asked)]


def listed(store: Store, **asked: object) -> list[int]:
    with store.reading() as session:
        return [row.instance_id for row in user_tasks.page(session, UserTaskFilter(**asked))]  # type: ignore[arg-type]


def task(store: Store, **fields: object) -> int:
    return start(store, *waiting_task(1, **fields), definition_id=deploy(store))


def test_a_task_is_shown_to_its_candidates_or_to_all(database_url: str) -> None:
    with opened(database_url) as store:
        anna = task(store, candidate_users=("anna",))
        clerks = task(store, candidate_roles=("clerks",))
        everybody = task(store)
        assert inbox(store, "user:anna") == [anna]
        assert inbox(store, "user:ben", "role:clerks", "*") == [everybody, clerks]
        assert inbox(store) == []


def test_a_task_stands_once_in_an_inbox_that_sees_it_twice(database_url: str) -> None:
    with opened(database_url) as store:
        number = task(store, candidate_users=("anna", "anna"), candidate_roles=("clerks", "bosses"))
        assert inbox(store, "user:anna", "role:clerks", "role:bosses") == [number]


def test_an_assigned_task_is_only_in_its_assignees_inbox(database_url: str) -> None:
    with opened(database_url) as store:
        number = task(store, candidate_users=("anna",), candidate_roles=("clerks",))
        change(store, Target(number, 1), task_events.UserTaskAssigned(1, "anna"))
        assert (inbox(store, "user:anna"), inbox(store, "role:clerks")) == ([number], [])
        change(store, Target(number, 1), task_events.UserTaskAssigned(1, ""))
        assert inbox(store, "role:clerks") == [number]


def test_a_completed_task_leaves_every_inbox(database_url: str) -> None:
    with opened(database_url) as store:
        number = task(store, candidate_users=("anna",), candidate_roles=("clerks",))
        change(store, Target(number, 1), task_events.UserTaskCompleted(1, "anna"))
        assert inbox(store, "user:anna", "role:clerks") == []


def test_an_inbox_goes_on_behind_the_last_task(database_url: str) -> None:
    with opened(database_url) as store:
        numbers = [task(store, candidate_roles=("a", "b"), created_at=NOW + at // 2) for at in range(7)]
        found: list[int] = []
        place = None
        with store.reading() as session:
            asked = InboxFilter(principals=["role:a", "role:b"], limit=2)
            while page := inbox_queries.page(session, replace(asked, after=place)):
                found += [row.instance_id for row in page]
                place = inbox_queries.place_of("created", page[-1])
        assert found == numbers[::-1]


def test_a_task_of_an_inbox_tells_its_process(database_url: str) -> None:
    with opened(database_url) as store:
        definition = deploy(store)
        events = waiting_task(1, candidate_users=("anna",), priority=80)
        start(store, *events, definition_id=definition, business_key="A-1")
        with store.reading() as session:
            (view,) = inbox_queries.page(session, InboxFilter(principals=["user:anna"]))
            assert user_tasks.fetch(session, view.instance_id, 1) == view
            assert user_tasks.fetch(session, view.instance_id, 2) is None
        assert view.task == events[1].task  # type: ignore[attr-defined]
        assert (view.process_id, view.process_name, view.version, view.business_key) == (
            "order",
            "Order",
            1,
            "A-1",
        )


def test_tasks_are_found_by_what_they_are(database_url: str) -> None:
    with opened(database_url) as store:
        anna = task(store, assignee="anna")
        offered = task(store, candidate_users=("anna",), due_at=NOW + 5)
        clerks = task(store, candidate_roles=("clerks",))
        assert listed(store) == [clerks, offered, anna]
        assert listed(store, assignee="anna") == [anna]
        assert listed(store, candidate="anna") == [offered]
        assert listed(store, role="clerks") == [clerks]
        assert listed(store, due_before=NOW + 6) == [offered]
        assert listed(store, instance_id=anna) == [anna]
        assert listed(store, element="Other") == []
        assert listed(store, process_id="order", limit=1) == [clerks]
        assert listed(store, assignee="anna", process_id="other") == []


def test_a_list_goes_on_behind_the_last_task(database_url: str) -> None:
    with opened(database_url) as store:
        numbers = [task(store, assignee="anna") for _ in range(4)]
        with store.reading() as session:
            first = user_tasks.page(session, UserTaskFilter(assignee="anna", limit=3))
            rest = user_tasks.page(session, UserTaskFilter(assignee="anna", after=first[-1].place))
            plain = user_tasks.page(session, UserTaskFilter(after=first[-1].place))
        assert [row.instance_id for row in [*first, *rest]] == numbers[::-1]
        assert plain == rest
