"""The calendar finds the few steps that stand in it among many that do not, or says that it may lack some."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import stepwell
from stepwell.engine import events as e
from stepwell.engine.rows import ProcessInstance, TaskDetails
from stepwell.engine.state import State
from stepwell.identity import Actor
from stepwell.library import Engine
from stepwell.services.activities import section
from stepwell.services.activities.section import Asked, Calendar, Days
from stepwell.store.queries import inbox
from tests.store.instances import NOW, SECOND, Clock, apply, deploy, waiting_task

ANY = Asked()
PLAIN, SHOWN = TaskDetails(), TaskDetails(in_calendar=True)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with stepwell.open(database_url, clock=Clock(), upgrade=False) as found:
        yield found


def planned(engine: Engine, *steps: TaskDetails) -> None:
    """Anna has a step for each of these, all of which start in the same second."""
    definition = deploy(engine.store)
    with engine.store.transaction() as tx:
        for number, details in zip(tx.new_instance_ids(len(steps)), steps, strict=True):
            task = waiting_task(assignee="anna", candidate_roles=("clerks",), start_at=NOW, details=details)
            row = ProcessInstance(number, definition, started_at=NOW)
            tx.save([apply(State(), e.InstanceStarted(row), *task, command="StartInstance")])


def calendar(engine: Engine, since: int = NOW, which: Asked = ANY) -> Calendar:
    days = Days(datetime.fromtimestamp(since / 1e6, UTC), 1)
    return section.calendar(engine.store, Actor("anna", frozenset({"clerks"})), days, which)


def test_a_step_is_found_behind_a_thousand_that_do_not_stand_in_it(engine: Engine) -> None:
    planned(engine, *[PLAIN] * 1000, SHOWN)
    found = calendar(engine)
    assert ([item.kind for item in found.items], found.is_complete) == (["step"], True)


def test_who_has_more_steps_than_are_looked_through_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_STARTING", 2)
    monkeypatch.setattr(section, "MOST_LOOKED_THROUGH", 2)
    planned(engine, SHOWN, *[PLAIN] * 3, SHOWN)
    found = calendar(engine)
    assert (len(found.items), found.is_complete) == (1, False)


def test_who_has_more_in_it_than_is_given_is_told(engine: Engine) -> None:
    planned(engine, *[SHOWN] * (section.MOST_IN_CALENDAR + 1))
    found = calendar(engine)
    assert (len(found.items), found.is_complete) == (section.MOST_IN_CALENDAR, False)


def test_what_started_before_is_not_in_it(engine: Engine) -> None:
    planned(engine, SHOWN)
    assert calendar(engine, NOW + SECOND).items == ()


def test_steps_in_it_are_narrowed_as_the_list_of_activities_is(engine: Engine) -> None:
    planned(engine, SHOWN)
    title = calendar(engine).items[0].title
    has_it = {
        "mine": Asked(is_mine=True),
        "both": Asked(is_mine=True, is_of_my_roles=True),
        "roles": Asked(is_of_my_roles=True),
        "overdue": Asked(is_overdue=True),
        "processes": Asked(is_of_process=True, is_open=True),
        "its words": Asked(search=title.upper()),
        "other words": Asked(search="elephants"),
    }
    found = {name for name, which in has_it.items() if calendar(engine, which=which).items}
    assert found == {"mine", "both", "processes", "its words"}
