"""Lists and single things, beside the processes."""

from stepwell.engine import events as e
from stepwell.engine import user_task_events as task_events
from stepwell.engine.mapping import variables_set
from stepwell.engine.rows import Incident
from stepwell.feel import MISSING
from stepwell.store import Store
from stepwell.store.loading import Target
from stepwell.store.queries import history, incidents, instances, jobs, variables
from stepwell.store.queries.incidents import IncidentFilter
from stepwell.store.queries.instances import InstanceFilter
from tests.store.instances import NOW, change, deploy, opened, start, subscribed, waiting_job, waiting_task


def ids(store: Store, **asked: object) -> list[int]:
    with store.reading() as session:
        return [row.id for row in instances.page(session, InstanceFilter(**asked))]  # type: ignore[arg-type]


def test_instances_are_listed_page_by_page(database_url: str) -> None:
    with opened(database_url) as store:
        definition = deploy(store)
        numbers = [start(store, definition_id=definition) for _ in range(5)]
        newest = ids(store, limit=2)
        assert newest == [numbers[4], numbers[3]]
        assert ids(store, after=newest[-1]) == [numbers[2], numbers[1], numbers[0]]


def test_instances_are_found_by_what_they_are(database_url: str) -> None:
    with opened(database_url) as store:
        first, second = deploy(store, "order"), deploy(store, "leave")
        a = start(store, definition_id=first, starter="anna", business_key="A-1")
        b = start(store, definition_id=second, starter="ben")
        ended = start(store, e.InstanceEnded("completed", NOW), definition_id=first, starter="ben")
        assert ids(store, status="running") == [b, a]
        assert ids(store, status="completed") == [ended]
        assert ids(store, process_id="order") == [ended, a]
        assert ids(store, definition_id=second) == [b]
        assert ids(store, business_key="A-1") == [a]
        assert ids(store, starter="ben") == [ended, b]
        assert ids(store, starter="ben", status="running") == [b]
        assert ids(store, business_key="A-1", process_id="leave") == []


def test_lists_of_one_status_go_on_page_by_page_over_definitions(database_url: str) -> None:
    with opened(database_url) as store:
        definitions = [deploy(store, name) for name in ("a", "b", "c")]
        numbers = [start(store, definition_id=definitions[at % 3]) for at in range(9)]
        found: list[int] = []
        while page := ids(store, status="running", limit=2, after=found[-1] if found else None):
            found += page
        assert found == numbers[::-1]


def test_an_instance_is_shown_with_what_is_open_in_it(database_url: str) -> None:
    with opened(database_url) as store:
        definition = deploy(store)
        incident = Incident(1, "Approve", "code", "Expected …", NOW)
        events = [*waiting_task(1), *subscribed("paid", key=2), e.IncidentRaised(incident), *waiting_job(4)]
        number = start(store, *events, definition_id=definition)
        child = start(store, definition_id=definition, calling_instance=number, calling_key=4)
        with store.reading() as session:
            view, found = instances.fetch(session, number), instances.fetch_open(session, number)
            assert [row.id for row in instances.called(session, number)] == [child]
            assert [row.job.type for row in jobs.of_instance(session, number)] == ["http.request"]
        assert view is not None
        assert (view.process_id, view.status, view.incidents) == ("order", "running", 1)
        assert [row.element for row in found.elements] == ["Approve", "Wait", "Call"]
        assert (found.user_tasks, found.incidents) == ([events[1].task], [incident])  # type: ignore[attr-defined]
        assert [row.name for row in found.subscriptions] == ["paid"]


def test_an_unknown_instance_is_none(database_url: str) -> None:
    with opened(database_url) as store, store.reading() as session:
        assert instances.fetch(session, 9) is None


def test_the_history_tells_each_command(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, *waiting_task(1))
        done = (task_events.UserTaskCompleted(1, "anna"), variables_set(0, {"x": ["y" * 900] * 3}))
        change(store, Target(number, 1), *done)
        with store.reading() as session:
            first, second = history.page(session, number)
            assert history.page(session, number, after=1) == [second]
        assert (first.command, first.revision, first.at, first.actor) == ("StartInstance", 1, NOW, "anna")
        assert second.events == list(done)


def test_variables_of_a_scope_are_read_with_the_large_ones(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, variables_set(0, {"a": 1, "b": "x" * 5000, "#1": 3}))
        with store.reading() as session:
            assert variables.of_scope(session, number) == {"a": 1, "b": "x" * 5000}
            assert variables.of_scope(session, number, 7) == {}
            found = [variables.value(session, number, 0, name) for name in ("a", "b", "c")]
        assert found == [1, "x" * 5000, MISSING]


def test_incidents_are_listed_with_their_process(database_url: str) -> None:
    with opened(database_url) as store:
        definition = deploy(store)
        raised = e.IncidentRaised(Incident(1, "Approve", "code", "Expected …", NOW))
        numbers = [start(store, *waiting_task(1), raised, definition_id=definition) for _ in range(3)]
        with store.reading() as session:
            found = incidents.page(session, IncidentFilter(limit=2))
            rest = incidents.page(
                session, IncidentFilter(after=(found[-1].instance_id, found[-1].incident.key))
            )
            none = incidents.page(session, IncidentFilter(process_id="other"))
            one = incidents.fetch(session, numbers[0], 1)
        assert [row.instance_id for row in [*found, *rest]] == numbers[::-1]
        assert none == []
        assert one is not None
        assert (one.incident, one.process_id) == (raised.incident, "order")
