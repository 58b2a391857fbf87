"""What is fixed when a step begins to exist, and what is worked out when it is opened (rules S1 to S3, R4)."""

from typing import Any

import pytest

from stepwell.engine import commands as c
from stepwell.engine.rows import PAGE, UserTask
from stepwell.errors import Invalid
from stepwell.forms import kinds
from tests.engine.people import Company
from tests.engine.world import SECOND, World, flows, process

HOUR = 3600 * SECOND


def world(settings: str, company: Company | None = None, **values: object) -> World:
    """A process with the one step ``ask``, started by ann."""
    step = f'<bpmn:userTask id="ask" name="Ask"><bpmn:extensionElements>{settings}</bpmn:extensionElements></bpmn:userTask>'
    inner = f'<bpmn:startEvent id="start"/>{step}<bpmn:endEvent id="end"/>{flows("start ask end")}'
    found = World.of(process(inner))
    found.settings.surroundings = company or Company()
    found.start(**values)
    return found


def task(settings: str, company: Company | None = None, **values: object) -> UserTask:
    return world(settings, company, **values).task("ask")


def timing(**said: str) -> str:
    return (
        f"<stepwell:timing {' '.join(f'{name}={chr(34)}{value}{chr(34)}' for name, value in said.items())}/>"
    )


def opened(found: World) -> dict[str, Any]:
    """The page of the step, as it is kept."""
    key = found.task("ask").key
    found.do(c.OpenUserTask(key))
    page = found.states[1].kept(key, PAGE)
    assert isinstance(page, dict)
    return page


# -- whom it is for -------------------------------------------------------------------------------------


def test_s1_the_manager_of_a_person_has_it() -> None:
    assert task('<stepwell:assignment manager="ann"/>').assignee == "bob"


def test_s1_started_by_nobody_of_the_installation_it_is_offered_to_everybody() -> None:
    found = task("", Company(strangers={"ann"}))
    assert (found.assignee, found.candidate_users, found.candidate_roles) == ("", (), ())


def test_s1_a_manager_that_nobody_is_is_an_incident_that_names_the_person() -> None:
    found = world('<stepwell:assignment manager="= who"/>', who="eve")
    assert found.stuck() == [("ask", "assignment.no-manager")]
    assert "'eve' has none" in found.incidents()[0].message


def test_s1_the_manager_of_a_person_who_does_not_exist_is_an_incident_that_says_so() -> None:
    found = world('<stepwell:assignment manager="= who"/>', Company(strangers={"eve"}), who="eve")
    assert found.incidents()[0].message == "Expected a manager for step ask, but there is no person 'eve'."


def test_s1_somebody_who_can_not_do_it_is_an_incident_and_its_repair_makes_the_step() -> None:
    found = world('<stepwell:assignment user="= who"/>', Company(away={"eve"}), who="eve")
    assert found.stuck() == [("ask", "assignment.unfit")]
    found.repair(who="bob")
    assert found.task("ask").assignee == "bob"


def test_s1_a_role_without_anybody_is_an_incident() -> None:
    found = world('<stepwell:assignment roles="lawyers"/>', Company(away={"lawyers"}))
    assert found.stuck() == [("ask", "assignment.unfit")]


def test_s1_who_may_not_change_the_record_of_the_step_is_an_incident() -> None:
    found = world('<stepwell:approval recordType="order" record="7"/>', Company(barred_from={"order/7"}))
    assert found.stuck() == [("ask", "step.barred")]
    assert "ann may not change order/7" in found.incidents()[0].message


def test_s1_a_record_that_is_gone_is_an_incident() -> None:
    found = world('<stepwell:approval recordType="order" record="= order"/>', order="order/8")
    assert found.stuck() == [("ask", "step.barred")]


@pytest.mark.parametrize("value", [None, "", "contact/7", "seven", 0, -7])
def test_what_names_no_record_of_the_type_is_an_incident(value: object) -> None:
    found = world('<stepwell:approval recordType="order" record="= order"/>', order=value)
    assert found.stuck() == [("ask", "step.no-record")]


# -- when it is to be done --------------------------------------------------------------------------------


def test_s3_nothing_said_it_has_no_times() -> None:
    found = task("")
    assert (found.start_at, found.due_at, found.priority, found.details.remind_at) == (None, None, 50, None)


def test_s3_it_starts_later_and_is_due_after_its_duration() -> None:
    found = task(timing(startIn="PT1H", duration="PT30M"))
    assert (found.start_at, found.due_at) == (found.created_at + HOUR, found.created_at + HOUR * 3 // 2)
    assert found.details.duration == HOUR // 2


@pytest.mark.parametrize("due", ["PT2H", "= duration(&quot;PT2H&quot;)", "2025-06-15T17:06:40Z"])
def test_s3_it_is_due_after_a_time_or_at_one(due: str) -> None:
    found = task(timing(due=due))
    assert found.due_at == found.created_at + 2 * HOUR


@pytest.mark.parametrize("due", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_s3_a_due_date_that_no_zone_can_show_is_an_incident(due: str) -> None:
    assert world(timing(due=due)).stuck() == [("ask", "timer.invalid")]


def test_s3_it_is_reminded_of_before_its_start() -> None:
    found = world(timing(startIn="PT1H", remind="PT10M"))
    assert found.job("ask").due_at == found.task("ask").created_at + HOUR * 5 // 6


def test_s3_a_reminder_that_would_lie_in_the_past_comes_at_once() -> None:
    found = world(timing(startIn="PT1H", remind="PT2H"))
    assert found.job("ask").due_at == found.now


@pytest.mark.parametrize(
    ("said", "priority"), [("low", 25), ("high", 75), ("0", 0), ("= 12.4", 12), ("= null", 50)]
)
def test_s3_a_priority_is_a_number_or_a_word(said: str, priority: int) -> None:
    assert task(timing(priority=said)).priority == priority


def test_s3_a_priority_that_is_none_is_an_incident() -> None:
    assert world(timing(priority="= 101")).stuck() == [("ask", "priority.invalid")]


# -- what it is about -------------------------------------------------------------------------------------


def test_s2_its_title_holds_values_of_the_process() -> None:
    assert task("<stepwell:title>Call {name} back</stepwell:title>", name="Bob").title == "Call Bob back"


def test_s2_its_title_is_in_the_language_of_who_has_it() -> None:
    titles = '<stepwell:title>Call</stepwell:title><stepwell:title xml:lang="de">Anrufen</stepwell:title>'
    assert task(titles, Company(languages={"ann": "de"})).title == "Anrufen"


def test_r4_its_title_is_fixed_when_it_begins_to_exist() -> None:
    found = world("<stepwell:title>Call {name} back</stepwell:title>", name="Bob")
    found.do(c.SetVariables(0, {"name": "Eve"}))
    opened(found)
    assert found.task("ask").title == "Call Bob back"


def test_its_own_record_and_those_it_is_connected_with_are_kept() -> None:
    connections = (
        '<stepwell:connect recordType="contact" record="= [3, 4]"/>'
        '<stepwell:connect recordType="contact" record="= null"/>'
        '<stepwell:approval recordType="order" record="7"/>'
    )
    assert task(connections).details.connections == ("order/7", "contact/3", "contact/4")


# -- its page ---------------------------------------------------------------------------------------------

QUESTION = '<stepwell:question><stepwell:answer code="yes"/><stepwell:answer code="no" label="= word"/></stepwell:question>'


def test_r4_its_page_is_worked_out_with_the_values_of_the_first_opening() -> None:
    found = world(QUESTION, word="old")
    found.do(c.SetVariables(0, {"word": "new"}))
    assert '"label":"new"' in opened(found)["schema"]


def test_r4_a_second_opening_sees_what_the_first_one_stored() -> None:
    found = world(QUESTION, word="old")
    first = opened(found)
    found.do(c.SetVariables(0, {"word": "new"}))
    assert opened(found) == first


def test_r7_a_page_that_can_not_be_worked_out_is_an_incident_and_the_step_stays_open() -> None:
    found = world(QUESTION.replace("= word", "= 1 + word"), word="text")
    key = found.task("ask").key
    found.do(c.OpenUserTask(key))
    assert (found.stuck(), found.states[1].user_tasks[key].element) == ([("ask", "expression.failed")], "ask")


def test_r7_after_the_repair_it_is_opened_by_the_retry_or_by_opening_it_again() -> None:
    for again in (c.RetryIncident, c.OpenUserTask):
        found = world(QUESTION.replace("= word", "= 1 + word"), word="text")
        key = found.task("ask").key
        found.do(c.OpenUserTask(key))
        found.do(c.SetVariables(0, {"word": 2}))
        found.do(again(key))
        assert (found.stuck(), isinstance(found.states[1].kept(key, PAGE), dict)) == ([], True)


def test_s2_the_hint_is_harmless_html_of_its_markdown() -> None:
    page = opened(world("<stepwell:hint>Ask **{name}** &lt;b&gt;</stepwell:hint>", name="<i>"))
    assert page["hint"] == "<p>Ask <strong>&lt;i&gt;</strong> &lt;b&gt;</p>\n"


def test_k6_the_page_of_an_approval_shows_the_record() -> None:
    page = opened(world('<stepwell:approval recordType="order" record="7"/>'))
    assert (page["values"]["record"]["number"], "Order: O-7" in page["schema"]) == ("O-7", True)


def test_k8_the_page_of_a_mail_holds_the_text_of_its_template() -> None:
    page = opened(
        world('<stepwell:emailDraft to="bob@example.org" subject="Hi" template="party"/>', name="Bob")
    )
    assert (page["values"]["to"], page["values"]["text"]) == ("bob@example.org", "Dear Bob!")


def test_k8_a_template_that_is_not_there_is_an_incident() -> None:
    found = world('<stepwell:emailDraft to="bob@example.org" subject="Hi" template="feast"/>')
    found.do(c.OpenUserTask(found.task("ask").key))
    assert found.stuck() == [("ask", "mail.no-template")]


def test_k8_sent_it_goes_on_when_the_mail_is_gone() -> None:
    found = world('<stepwell:emailDraft to="bob@example.org" subject="Hi"/>')
    outcome = kinds.Outcome("sent", {"to": "bob@example.org", "subject": "Hello", "cc": ""})
    found.do(c.CompleteUserTask(found.task("ask").key, {}, outcome, button="sent"))
    assert (found.tasks(), found.job("ask").type, found.status()) == ([], "email.send", "running")
    found.succeed("ask", {"message_id": "x"})
    assert (found.status(), found.variable("message_id")) == ("completed", None)
    assert found.variable("ask") == {"outcome": "sent", "to": "bob@example.org", "subject": "Hello", "cc": ""}


# -- handing it on ----------------------------------------------------------------------------------------


def test_s6_it_is_handed_to_nobody_who_can_not_do_it() -> None:
    found = world("", Company(away={"eve"}))
    with pytest.raises(Invalid, match="eve is away"):
        found.do(c.ReassignUserTask(found.task("ask").key, assignee="eve"))


def test_k6_each_time_an_approval_is_handed_on_is_counted() -> None:
    found = world('<stepwell:approval recordType="order" record="7" delegation="once"/>')
    key = found.task("ask").key
    assert found.task("ask").details.delegations_left == 1
    found.do(c.ReassignUserTask(key, assignee="bob"))
    assert found.task("ask").details.delegations_left == 0


# -- approvals by several ---------------------------------------------------------------------------------


def approval(needed: str, approvers: str = "bob, eve, joe", **values: object) -> World:
    kind = f'<stepwell:approval recordType="order" record="7" needed="{needed}"/>'
    return world(f'<stepwell:assignment candidateUsers="{approvers}"/>{kind}', **values)


def vote(found: World, who: str, verdict: str) -> None:
    key = next(one.key for one in found.tasks() if one.assignee == who)
    found.do(c.CompleteUserTask(key, {}, kinds.Outcome(verdict, {"comment": "well"}), actor=who))


def test_k6_every_approver_has_a_step_of_their_own() -> None:
    assert [one.assignee for one in approval("all").tasks()] == ["bob", "eve", "joe"]


def test_k6_a_role_among_the_approvers_has_one_vote() -> None:
    found = world(
        '<stepwell:assignment user="bob" roles="lawyers"/><stepwell:approval recordType="order" record="7" needed="all"/>'
    )
    assert [(one.assignee, one.candidate_roles) for one in found.tasks()] == [("bob", ()), ("", ("lawyers",))]


@pytest.mark.parametrize(
    ("needed", "votes", "verdict", "left"),
    [
        ("all", ["approved"], None, 2),
        ("all", ["rejected"], "rejected", 0),
        ("all", ["approved", "approved", "approved"], "approved", 0),
        ("any", ["rejected"], None, 2),
        ("any", ["rejected", "approved"], "approved", 0),
        ("2", ["approved", "rejected"], None, 1),
        ("2", ["approved", "rejected", "approved"], "approved", 0),
        ("2", ["rejected", "rejected"], "rejected", 0),
    ],
)
def test_k6_when_the_verdict_is_certain_the_other_steps_close(
    needed: str, votes: list[str], verdict: str | None, left: int
) -> None:
    found = approval(needed)
    for who, one in zip(["bob", "eve", "joe"], votes, strict=False):
        vote(found, who, one)
    known = found.variable("ask")
    assert (known["outcome"] if isinstance(known, dict) else None, len(found.tasks())) == (verdict, left)
    assert found.status() == ("running" if verdict is None else "completed")


def test_k6_the_votes_say_who_voted_how() -> None:
    found = approval("any")
    vote(found, "bob", "approved")
    known = found.variable("ask")
    assert isinstance(known, dict)
    assert known["votes"] == [{"outcome": "approved", "comment": "well", "by": "bob"}]


def test_k6_fewer_approvers_than_are_needed_are_an_incident() -> None:
    assert approval("4").stuck() == [("ask", "approval.too-few")]
