"""Who sees which instances, tasks and incidents: the policies in SQL say what the policies in sentences say."""

import random
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from stepwell.engine import events as e
from stepwell.engine import user_task_events as t
from stepwell.engine.rows import Incident, ProcessInstance
from stepwell.engine.state import State
from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies import instance as policy
from stepwell.identity.policies import process
from stepwell.identity.policies.instance import InstanceFacts
from stepwell.store import Store, policies
from stepwell.store.deploying import NewDefinition, NewFile
from stepwell.store.loading import Target
from stepwell.store.queries import definitions, incidents, instances, user_tasks
from stepwell.store.queries.definitions import DefinitionFilter
from stepwell.store.queries.incidents import IncidentFilter
from stepwell.store.queries.instances import InstanceFilter
from stepwell.store.queries.user_tasks import UserTaskFilter
from tests.store.instances import NOW, apply, change, deploy, opened, start, waiting_task

NAMES = ["ada", "bob", "eve"]
ROLES = ["clerks", "kitchen", "bosses"]
ADA = Actor("ada")
CLERK = Actor("cleo", frozenset({"clerks"}))
STRANGER = Actor("eve", frozenset({"kitchen"}))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with opened(database_url) as found:
        yield found


def seen(store: Store, actor: Actor, **asked: object) -> list[int]:
    with store.reading() as session:
        return [row.id for row in instances.page(session, InstanceFilter(**asked), actor)]  # type: ignore[arg-type]


def tasks_seen(store: Store, actor: Actor, **asked: object) -> list[int]:
    with store.reading() as session:
        return [row.instance_id for row in user_tasks.page(session, UserTaskFilter(**asked), actor)]  # type: ignore[arg-type]


def complete(store: Store, number: int, by: str) -> None:
    """A person completes the step of an instance."""
    with store.transaction() as tx:
        state = tx.load([Target(number, 1)]).states[number]
        save = apply(state, t.UserTaskCompleted(1, by), command="CompleteUserTask")
        tx.save([replace(save, history=[replace(save.history[0], actor=by)])])


# -- stories ----------------------------------------------------------------------------------------------


def test_the_starter_sees_an_instance(store: Store) -> None:
    number = start(store, definition_id=deploy(store), starter="ada")
    assert (seen(store, ADA), seen(store, STRANGER)) == ([number], [])


def test_an_instance_that_nobody_started_is_not_everybodys(store: Store) -> None:
    start(store, definition_id=deploy(store), starter="")
    assert seen(store, Actor("")) == seen(store, ADA) == []


def test_who_is_offered_a_step_sees_the_instance_for_good(store: Store) -> None:
    number = start(store, *waiting_task(1, candidate_roles=("clerks",)), definition_id=deploy(store))
    assert seen(store, CLERK) == [number]
    complete(store, number, "ada")
    assert (seen(store, CLERK), seen(store, ADA), seen(store, STRANGER)) == ([number], [number], [])


def test_who_claimed_a_step_sees_the_instance(store: Store) -> None:
    number = start(store, *waiting_task(1, candidate_roles=("clerks",)), definition_id=deploy(store))
    change(store, Target(number, 1), t.UserTaskAssigned(1, "eve"))
    assert seen(store, Actor("eve")) == [number]


def test_a_step_of_ones_own_instance_leaves_no_trace(store: Store) -> None:
    number = start(store, *waiting_task(1, assignee="ada"), definition_id=deploy(store), starter="ada")
    complete(store, number, "ada")
    with store.reading() as session:
        assert policies.participants(session, number) == []


def test_a_step_for_everybody_shows_its_instance_while_it_is_open(store: Store) -> None:
    number = start(store, *waiting_task(1), definition_id=deploy(store))
    with store.reading() as session:
        assert policies.sees_instance(session, STRANGER, number)
        assert policies.is_open_to_all(session, number)
    complete(store, number, "ada")
    with store.reading() as session:
        assert not policies.sees_instance(session, STRANGER, number)


def test_roles_that_the_process_names_see_a_new_instance(store: Store) -> None:
    definition = deploy(store)
    with store.transaction() as tx:
        row = ProcessInstance(tx.new_instance_ids(1)[0], definition, started_at=NOW)
        save = apply(State(), e.InstanceStarted(row), command="StartInstance")
        tx.save([replace(save, seen_by=("kitchen",))])
    assert (seen(store, STRANGER), seen(store, CLERK)) == ([row.id], [])


def test_a_called_instance_is_listed_only_for_those_who_see_it(store: Store) -> None:
    definition = deploy(store)
    caller = start(store, definition_id=definition, starter="ada")
    child = start(store, definition_id=definition, starter="bob", calling_instance=caller, calling_key=1)
    with store.reading() as session:
        assert [row.id for row in instances.called(session, caller, STEPWELL)] == [child]
        assert instances.called(session, caller, ADA) == []


def test_definitions_are_listed_for_who_may_run_or_see_them(store: Store) -> None:
    new = [
        NewDefinition("open", "Open"),
        NewDefinition("closed", "Closed", run_by=("clerks",), seen_by=("kitchen",)),
    ]
    with store.transaction() as tx:
        tx.deploy(NewFile("f", b"<xml/>", "", new))

    def listed(actor: Actor, only_runnable: bool = False) -> list[str]:
        with store.reading() as session:
            asked = DefinitionFilter(only_latest=True, only_runnable=only_runnable)
            return [row.process_id for row in definitions.page(session, asked, actor)]

    assert listed(ADA) == ["open"]
    assert listed(CLERK, only_runnable=True) == ["closed", "open"]
    assert (listed(STRANGER), listed(STRANGER, only_runnable=True)) == (["closed", "open"], ["open"])
    assert listed(Actor("dora", rights=frozenset({"design"}))) == ["closed", "open"]


# -- the same as in sentences -----------------------------------------------------------------------------


def random_world(store: Store, dice: random.Random) -> dict[int, InstanceFacts]:
    """Instances with one step each in all situations; gives what decides who sees them."""
    definition = deploy(store)
    facts = {}
    for _ in range(25):
        starter = dice.choice(["", *NAMES])
        users = tuple(dice.sample(NAMES, dice.randrange(2)))
        roles = tuple(dice.sample(ROLES, dice.randrange(3)))
        assignee = dice.choice(["", "", *NAMES])
        task = waiting_task(1, assignee=assignee, candidate_users=users, candidate_roles=roles)
        number = start(store, *task, definition_id=definition, starter=starter)
        offered = [] if assignee else [*(f"user:{n}" for n in users), *(f"role:{n}" for n in roles)]
        had = {*offered, *([f"user:{assignee}"] if assignee else [])}
        is_open = True
        if not assignee and dice.random() < 0.3:
            taker = dice.choice(NAMES)
            change(store, Target(number, 1), t.UserTaskAssigned(1, taker))
            assignee, had = taker, had | {f"user:{taker}"}
        if dice.random() < 0.3:
            by = dice.choice(NAMES)
            complete(store, number, by)
            is_open, had = False, had | {f"user:{by}"}
        to_all = is_open and not (assignee or users or roles)
        facts[number] = InstanceFacts(starter, had, (), to_all)
    return facts


@pytest.mark.parametrize("seed", range(3))
def test_sql_and_sentences_agree_on_instances(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    facts = random_world(store, dice)
    for _ in range(15):
        actor = Actor(dice.choice(NAMES), frozenset(dice.sample(ROLES, dice.randrange(4))))
        with store.reading() as session:
            single = {id for id in facts if instances.fetch(session, id, actor) is not None}
            checked = {id for id in facts if policies.sees_instance(session, actor, id)}
        told = {id for id, known in facts.items() if policy.may_see(actor, known)}
        own = {id for id in told if not facts[id].is_open_to_all or facts[id].starter == actor.name}
        assert single == checked == told
        assert seen(store, actor, limit=100) == sorted(own, reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_open_tasks_are_those_of_the_instances_that_are_seen(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    random_world(store, dice)
    for name in NAMES:
        actor = Actor(name, frozenset(dice.sample(ROLES, 2)))
        everything = tasks_seen(store, STEPWELL, limit=100)
        mine = set(seen(store, actor, limit=100))
        assert tasks_seen(store, actor, limit=100) == [id for id in everything if id in mine]


def test_lists_of_a_person_go_on_page_by_page(store: Store) -> None:
    random_world(store, random.Random(7))
    actor = Actor("ada", frozenset({"clerks", "kitchen"}))
    whole = seen(store, actor, limit=100)
    found: list[int] = []
    while page := seen(store, actor, limit=3, after=found[-1] if found else None):
        found += page
    assert found == whole


def test_lists_of_a_person_can_be_narrowed(store: Store) -> None:
    random_world(store, random.Random(9))
    actor = Actor("ada", frozenset({"clerks", "kitchen"}))
    whole = seen(store, actor, limit=100)
    all_running = set(seen(store, STEPWELL, limit=100, status="running"))
    assert seen(store, actor, limit=100, status="running") == [id for id in whole if id in all_running]
    assert seen(store, actor, limit=100, process_id="order") == whole
    assert seen(store, actor, limit=100, process_id="other") == []
    bobs = set(seen(store, STEPWELL, limit=100, starter="bob"))
    assert set(seen(store, actor, limit=100, starter="bob")) == {
        id for id in bobs if id in whole or is_for_all(store, id)
    }


def is_for_all(store: Store, number: int) -> bool:
    with store.reading() as session:
        return policies.is_open_to_all(session, number)


def test_tasks_of_a_person_go_on_page_by_page_and_can_be_narrowed(store: Store) -> None:
    definition = deploy(store)
    for _ in range(5):
        events = [*waiting_task(1, assignee="ada"), *waiting_task(2, candidate_roles=("clerks",))]
        start(store, *events, definition_id=definition)
    with store.reading() as session:
        whole = user_tasks.page(session, UserTaskFilter(limit=100), CLERK)
        first = user_tasks.page(session, UserTaskFilter(limit=4), CLERK)
        rest = user_tasks.page(session, UserTaskFilter(limit=100, after=first[-1].place), CLERK)
        adas = user_tasks.page(session, UserTaskFilter(assignee="ada"), CLERK)
        none = user_tasks.page(session, UserTaskFilter(element="Other"), CLERK)
        of_process = user_tasks.page(session, UserTaskFilter(process_id="order"), CLERK)
    assert len(whole) == 10
    assert first + rest == whole == of_process
    assert (len(adas), none) == (5, [])


def test_incidents_are_those_of_the_instances_that_are_seen(store: Store) -> None:
    definition = deploy(store)
    raised = e.IncidentRaised(Incident(1, "Approve", "code", "Expected …", NOW))
    mine, _ = (
        start(store, *waiting_task(1, assignee=name), raised, definition_id=definition)
        for name in ("ada", "bob")
    )
    with store.reading() as session:
        found = incidents.page(session, IncidentFilter(), ADA)
        assert [row.instance_id for row in found] == [mine]
        assert incidents.fetch(session, mine, 1, STRANGER) is None


def test_the_sql_of_definitions_says_what_the_sentences_say(store: Store) -> None:
    dice = random.Random(3)
    new = [
        NewDefinition(f"p{n}", "P", run_by=tuple(dice.sample(ROLES, dice.randrange(3))), seen_by=tuple(dice.sample(ROLES, dice.randrange(2))))
        for n in range(12)
    ]  # fmt: skip
    with store.transaction() as tx:
        tx.deploy(NewFile("f", b"<xml/>", "", new))
    for rights in ((), ("operate",), ("design",)):
        for size in range(4):
            actor = Actor("ada", frozenset(dice.sample(ROLES, size)), frozenset(rights))
            with store.reading() as session:
                listed = definitions.page(session, DefinitionFilter(limit=50), actor)
                runnable = definitions.page(session, DefinitionFilter(limit=50, only_runnable=True), actor)
            assert {row.process_id for row in listed} == {
                d.process_id for d in new if process.may_see(actor, d)
            }
            assert {row.process_id for row in runnable} == {
                d.process_id for d in new if process.may_run(actor, d)
            }
