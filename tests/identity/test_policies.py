"""The policies in sentences: who may do what, and the reason in words."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.identity import STEPWELL, Actor, Verdict, in_the_name_of
from stepwell.identity.policies import incident, instance, message, person, process, user_task
from stepwell.identity.policies.instance import InstanceFacts

ADA = Actor("ada", frozenset({"clerks"}))
BOB = Actor("bob", frozenset({"clerks"}))
EVE = Actor("eve", frozenset({"kitchen"}))
OPERATOR = Actor("olga", rights=frozenset({"operate"}))
LOOKER = Actor("olga", looks=frozenset({"operate"}))
ADMINISTRATOR = Actor("alan", rights=frozenset({"administer"}))


@dataclass(frozen=True)
class Step:
    assignee: str = ""
    candidate_users: tuple[str, ...] = ()
    candidate_roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Process:
    run_by: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()


OFFERED = Step(candidate_roles=("clerks",))
BOBS = Step("bob", candidate_roles=("clerks",))
DOING: list[Callable[..., Verdict]] = [
    user_task.may_claim, user_task.may_complete, user_task.may_release, user_task.may_reassign, user_task.may_postpone,
]  # fmt: skip

# -- steps ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("may", DOING)
def test_a_step_that_nobody_has_is_for_those_to_whom_it_is_offered(may: Callable[..., Verdict]) -> None:
    assert may(ADA, OFFERED).reason == "ada is a member of clerks, to whom it is offered"
    refused = may(EVE, OFFERED)
    assert not refused
    assert refused.reason == "it is offered to clerks, and not to eve or one of their roles"


@pytest.mark.parametrize("may", DOING)
def test_what_somebody_has_is_nobody_elses(may: Callable[..., Verdict]) -> None:
    assert may(BOB, BOBS).reason == "bob has it"
    assert (may(ADA, BOBS).is_allowed, may(ADA, BOBS).reason) == (False, "bob has it")


@pytest.mark.parametrize("may", DOING)
def test_an_operator_may_do_it_for_somebody(may: Callable[..., Verdict]) -> None:
    assert may(OPERATOR, BOBS).reason == "olga is an operator"


@pytest.mark.parametrize("may", DOING)
def test_an_operators_token_that_only_looks_may_not(may: Callable[..., Verdict]) -> None:
    assert not may(LOOKER, BOBS)


@pytest.mark.parametrize("may", DOING)
def test_a_step_for_nobody_in_particular_is_for_everybody(may: Callable[..., Verdict]) -> None:
    assert may(EVE, Step()).reason == "it is open to everybody"


def test_a_candidate_by_name_may_claim() -> None:
    assert user_task.may_claim(EVE, Step(candidate_users=("eve",))).reason == "it is offered to eve"


def test_the_contents_are_seen_by_a_colleague_of_the_role_but_not_by_others() -> None:
    assert user_task.may_see_contents(ADA, BOBS)
    assert user_task.may_see_contents(LOOKER, BOBS)
    assert not user_task.may_see_contents(EVE, BOBS)


def test_a_step_is_taken_only_for_those_who_could_have_had_it() -> None:
    assert user_task.is_taken(ADA, BOBS)
    assert not user_task.is_taken(BOB, BOBS)
    assert not user_task.is_taken(EVE, BOBS)


def test_nobody_without_a_name_has_the_steps_of_nobody() -> None:
    assert not user_task.has(Actor(), Step(assignee=""))


def test_only_operators_cancel_a_step() -> None:
    assert user_task.may_cancel(OPERATOR)
    assert user_task.may_cancel(ADA).reason == "only operators may, and ada is none"


# -- instances --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("facts", "reason"), [
    (InstanceFacts(starter="ada"), "ada started the instance"),
    (InstanceFacts(participants=["user:ada"]), "ada has or had one of its steps"),
    (InstanceFacts(participants=["role:clerks"]), "ada is a member of clerks, who have or had one of its steps"),
    (InstanceFacts(seen_by=["clerks"]), "ada is a member of clerks, who may see the instances of this process"),
    (InstanceFacts(is_open_to_all=True), "one of its steps is open to everybody"),
])  # fmt: skip
def test_an_instance_is_seen_for_a_reason(facts: InstanceFacts, reason: str) -> None:
    assert instance.may_see(ADA, facts) == Verdict(True, reason)


def test_an_instance_of_others_is_not_seen() -> None:
    facts = InstanceFacts("bob", ["user:bob", "role:kitchen"], ["cooks"])
    assert instance.may_see(ADA, facts).reason.startswith("ada did not start it")


def test_nobody_without_a_name_started_what_nobody_started() -> None:
    assert not instance.may_see(Actor(), InstanceFacts(starter=""))


def test_operators_see_everything_also_with_a_token_that_only_looks() -> None:
    assert instance.may_see(OPERATOR, InstanceFacts())
    assert instance.may_see(LOOKER, InstanceFacts())


def test_only_operators_repair() -> None:
    for may in (instance.may_repair, instance.may_cancel, incident.may_retry, message.may_publish):
        assert may(OPERATOR)
        assert not may(LOOKER)
        assert not may(ADMINISTRATOR)


# -- processes --------------------------------------------------------------------------------------------


def test_without_a_list_everybody_runs_a_process() -> None:
    assert process.may_run(EVE, Process())


def test_a_list_of_roles_limits_who_runs_a_process() -> None:
    assert process.may_run(ADA, Process(("clerks", "bosses")))
    refused = process.may_run(EVE, Process(("clerks", "bosses")))
    assert refused.reason == "only members of bosses or clerks may run it, and eve is none of them"


def test_who_may_see_its_instances_sees_a_process_but_does_not_run_it() -> None:
    audited = Process(("clerks",), ("kitchen",))
    assert process.may_see(EVE, audited)
    assert not process.may_run(EVE, audited)


def test_only_who_may_design_deploys() -> None:
    assert process.may_design(Actor("dora", rights=frozenset({"design"})))
    assert not process.may_design(OPERATOR)


# -- people -----------------------------------------------------------------------------------------------


def test_people_are_managed_by_administrators() -> None:
    assert person.may_administer(ADMINISTRATOR)
    assert not person.may_administer(OPERATOR)


def test_logins_are_ones_own_or_an_administrators_business() -> None:
    assert person.may_end_logins(ADA, "ada")
    assert person.may_end_logins(ADMINISTRATOR, "ada")
    assert not person.may_end_logins(BOB, "ada")
    assert person.may_see_people(EVE)


def test_a_panel_is_ones_own_or_an_operators_business() -> None:
    assert person.may_see_inbox(ADA, "ada")
    assert person.may_see_inbox(OPERATOR, "ada")
    assert person.may_see_inbox(BOB, "ada").reason == "only ada and operators may, and bob is neither"


# -- in general -------------------------------------------------------------------------------------------

names = st.sampled_from(["", "ada", "bob", "eve"])
roles = st.frozensets(st.sampled_from(["clerks", "kitchen", "bosses"]))
steps = st.builds(Step, names, st.lists(names.filter(bool), max_size=2).map(tuple), roles.map(tuple))
actors = st.builds(Actor, names, roles)


@given(actors, steps)
def test_who_may_complete_sees_the_contents(actor: Actor, step: Step) -> None:
    if user_task.may_complete(actor, step):
        assert user_task.may_see_contents(actor, step)


@given(actors, roles, steps)
def test_more_roles_never_take_a_step_away(actor: Actor, more: frozenset[str], step: Step) -> None:
    richer = Actor(actor.name, actor.roles | more)
    for may in (*DOING, user_task.may_see_contents):
        assert bool(may(actor, step)) <= bool(may(richer, step))


@given(steps)
def test_a_step_that_somebody_has_is_completed_by_nobody_else_but_operators(step: Step) -> None:
    everywhere = frozenset({"clerks", "kitchen", "bosses"})
    able = {name for name in ("ada", "bob", "eve") if user_task.may_complete(Actor(name, everywhere), step)}
    assert able == ({step.assignee} if step.assignee else able)
    assert user_task.may_complete(OPERATOR, step)


@given(steps)
def test_stepwell_itself_may_do_everything_in_anybodys_name(step: Step) -> None:
    for may in DOING:
        assert may(STEPWELL, step)
        assert may(in_the_name_of("eve"), step)


def test_stepwell_in_nobodys_name_is_stepwell_itself() -> None:
    assert in_the_name_of("") is STEPWELL
    assert in_the_name_of("ada").principals == ("user:ada", "*")
