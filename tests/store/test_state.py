"""Saving the state of instances and loading it again."""

from decimal import Decimal

import pytest

from stepwell.engine import events as e
from stepwell.engine import user_task_events as task_events
from stepwell.engine.mapping import variables_set
from stepwell.engine.rows import Incident
from stepwell.engine.state import LARGE, State
from stepwell.errors import ConfigurationError
from stepwell.feel import MISSING
from stepwell.store import Store, open_store
from stepwell.store.loading import Target
from stepwell.store.saving import Save
from tests.store.instances import NOW, apply, change, opened, start, subscribed, waiting_job, waiting_task


def loaded(store: Store, *targets: Target) -> State:
    with store.transaction() as tx:
        return tx.load(targets).states[targets[0].instance_id]


def test_an_instance_comes_back_as_it_was_saved(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, starter="anna", business_key="A-1", depth=2)
        row = loaded(store, Target(number)).instance
        assert (row.starter, row.business_key, row.depth, row.revision) == ("anna", "A-1", 2, 1)


def test_ids_of_new_instances_follow_each_other(database_url: str) -> None:
    with opened(database_url) as store, store.transaction() as tx:
        first = tx.new_instance_ids(3)
        assert tx.new_instance_ids(1) == [first[0] + 3]


def test_positions_and_visits_come_back(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(
            store,
            e.ElementActivated(1, "A", 0, counted=True),
            e.CycleEntered(0, "A", 3),
            e.CycleEntered(1, "B", 1),
        )
        state = loaded(store, Target(number, 1))
        assert (state.instance.positions, state.instance.visits) == ({"A": 1}, {"A": 3})
        assert state.elements[1].visits == {"B": 1}


def test_the_memory_of_a_step_comes_back(database_url: str) -> None:
    with opened(database_url) as store:
        data = {"total": 3, "result": b"\x00\xff", "names": ["ä", '"', "\\", "{,}"]}
        number = start(store, e.ElementActivated(1, 'A"\\', 0, "active", data))
        row = loaded(store, Target(number, 1)).elements[1]
        assert (row.element, row.data) == ('A"\\', data)


def test_a_user_task_comes_back_with_its_candidates(database_url: str) -> None:
    with opened(database_url) as store:
        events = waiting_task(candidate_users=("anna", "ben"), candidate_roles=("clerks",), due_at=NOW + 5)
        number = start(store, *events)
        assert loaded(store, Target(number, 1)).user_tasks[1] == events[1].task


def test_jobs_subscriptions_and_incidents_come_back(database_url: str) -> None:
    with opened(database_url) as store:
        job = waiting_job(1, args=b"\x00\x01", error='said "no"', backoff=2.5)
        wait = subscribed("paid", "A-1", key=3)
        incident = Incident(1, "Call", "code", "Expected …", NOW, "leave", b"\x80")
        number = start(store, *job, *wait, e.IncidentRaised(incident))
        state = loaded(store, Target(number, 1), Target(number, 4, "subscription"))
        assert list(state.jobs.values()) == [job[1].job]
        assert list(state.subscriptions.values()) == [wait[1].subscription]
        assert list(state.incidents.values()) == [incident]


def test_a_job_leads_to_its_element_and_the_scopes_around_it(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(
            store,
            e.ElementActivated(1, "Outer", 0),
            e.ElementActivated(2, "Inner", 1),
            e.ElementActivated(3, "Call", 2),
            waiting_job(3)[1],
            variables_set(1, {"a": 1}),
            variables_set(0, {"b": 2}),
        )
        state = loaded(store, Target(number, 4, "job"))
        assert (set(state.elements), set(state.variables)) == ({1, 2, 3}, {0, 1, 2, 3})
        assert [state.value(3, name) for name in "ab"] == [1, 2]


def test_joining_gateways_come_with_their_tokens(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(
            store, e.ElementActivated(1, "Join", 0, "joining"), e.TokenArrived(1, "f1"), *waiting_task(2)
        )
        state = loaded(store, Target(number, 2))
        assert state.loaded_joins == {0}
        assert state.flows[1, "f1"].tokens == 1


def test_changes_are_written_and_what_ended_is_gone(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, *waiting_task(1), e.ElementActivated(2, "B", 0), variables_set(2, {"x": 1}))
        change(
            store,
            Target(number, 1),
            task_events.UserTaskCompleted(1, "anna"),
            e.ElementCompleted(1, "Approve", ("f",)),
        )
        change(store, Target(number, 2), e.ElementTerminated(2, "B"))
        state = loaded(store, Target(number))
        assert (state.instance.active, state.instance.revision) == (0, 3)
        assert state.children(0, 10) == []
        with store.reading() as session:
            assert session.read("select count(*) from variables where instance_id = ?", number) == [(0,)]


def test_values_of_every_kind_come_back(database_url: str) -> None:
    with opened(database_url) as store:
        values = {"n": Decimal("1.10"), "list": [1, None, {"a": True}], "text": "ä\u2028", "big": 10**30}
        number = start(store, variables_set(0, values))
        assert loaded(store, Target(number)).variables[0] == values


def test_a_large_value_is_read_only_when_somebody_asks_for_it(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, variables_set(0, {"large": ["x" * 100] * 50, "small": 1}))
        with store.transaction() as tx:
            state = tx.load([Target(number)]).states[number]
            assert state.variables[0]["large"] is LARGE
            assert state.value(0, "large") == ["x" * 100] * 50


def test_a_large_value_stays_when_a_small_one_beside_it_changes(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, variables_set(0, {"large": "x" * 3000, "small": 1}))
        change(store, Target(number), variables_set(0, {"small": 2}))
        with store.transaction() as tx:
            state = tx.load([Target(number)]).states[number]
            assert (state.value(0, "small"), state.value(0, "large")) == (2, "x" * 3000)


@pytest.mark.parametrize(
    ("before", "after"), [("x" * 3000, "y"), ("x", "y" * 3000), ("x" * 3000, "y" * 3000)]
)
def test_a_value_may_grow_and_shrink(database_url: str, before: str, after: str) -> None:
    with opened(database_url) as store:
        number = start(store, variables_set(0, {"v": before}))
        change(store, Target(number), variables_set(0, {"v": after}))
        with store.transaction() as tx:
            assert tx.load([Target(number)]).states[number].value(0, "v") == after


def test_outputs_and_slices_of_a_multi_instance_are_apart_from_its_variables(database_url: str) -> None:
    with opened(database_url) as store:
        events = [e.ElementActivated(1, "Each", 0, "active", {"total": 3, "created": 1})]
        number = start(store, *events, variables_set(1, {"#0": "a", "#1": "b", "@0": [1, 2], "x": 1}))
        with store.transaction() as tx:
            state = tx.load([Target(number, 1)]).states[number]
            assert state.variables[1] == {"x": 1}
            assert state.slice(1, "@0") == [1, 2]
            assert state.outputs(1) == ["a", "b"]


def test_the_loader_answers_what_the_batch_did_not_load(database_url: str) -> None:
    with opened(database_url) as store:
        inner = [e.ElementActivated(2, "A", 1), e.ElementActivated(3, "B", 1, "pending")]
        number = start(store, e.ElementActivated(1, "Outer", 0), *inner, *waiting_task(4))
        with store.transaction() as tx:
            state = tx.load([Target(number)]).states[number]
            assert [row.key for row in state.children(1, 10)] == [2, 3]
            assert [row.key for row in state.children(0, 1)] == [1]
            assert [row.key for row in state.pending(10)] == [3]
            assert state.element(4).element == "Approve"
            state.load_waits([4])
            assert list(state.user_tasks) == [4]
            assert state.value(1, "nothing") is MISSING


def test_an_unknown_instance_is_named_as_missing(database_url: str) -> None:
    with opened(database_url) as store, store.transaction() as tx:
        found = tx.load([Target(77)])
        assert (found.states, found.busy, found.missing) == ({}, set(), {77})


def spoil(store: Store, number: int) -> None:
    """A transaction that fails after it has written."""
    with store.transaction() as tx:
        state = tx.load([Target(number, 1)]).states[number]
        tx.save([apply(state, variables_set(0, {"x": 1}))])
        raise ZeroDivisionError


def test_what_is_raised_in_a_transaction_takes_all_of_it_back(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, *waiting_task(1))
        with pytest.raises(ZeroDivisionError):
            spoil(store, number)
        assert loaded(store, Target(number)).variables[0] == {}


def save_alone(store: Store, saved: Save) -> None:
    with store.transaction() as tx:
        tx.save([saved])


def test_an_instance_that_changed_since_it_was_read_is_not_overwritten(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, *waiting_task(1))
        old = loaded(store, Target(number, 1))
        change(store, Target(number, 1), variables_set(0, {"x": 1}))
        apply(old, variables_set(0, {"x": 2}))
        with pytest.raises(LookupError, match="as they were read"):
            save_alone(store, Save(old))


def test_many_instances_are_loaded_and_saved_in_one_go(database_url: str) -> None:
    with opened(database_url) as store:
        numbers = [start(store, *waiting_task(1)) for _ in range(5)]
        with store.transaction() as tx:
            states = tx.load([Target(number, 1) for number in numbers]).states
            tx.save([apply(state, variables_set(0, {"n": number})) for number, state in states.items()])
        assert [loaded(store, Target(number)).variables[0]["n"] for number in numbers] == numbers


def test_a_database_that_was_never_migrated_is_refused(empty_database_url: str) -> None:
    with pytest.raises(ConfigurationError, match="stepwell db upgrade"):
        open_store(empty_database_url)


def test_a_database_in_memory_needs_no_migration() -> None:
    with opened("sqlite://") as store:
        number = start(store, *waiting_task(1))
        assert loaded(store, Target(number, 1)).user_tasks[1].element == "Approve"
