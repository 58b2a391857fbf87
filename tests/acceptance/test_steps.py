"""R4, S1 to S8 and K3 to K8 over HTTP with a real server: pages that are put before people, and what becomes of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from stepwell.identity.policies.record import RecordRight
from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import line, results, user
from tests.acceptance.office import Office, complete, inbox, office, ok, page
from tests.acceptance.server import until
from tests.connectors.test_email_send import Mailbox, served
from tests.engine.world import flows, process

ANN = '<stepwell:assignment user="ann"/>'
QUESTION = (
    '<stepwell:question required="true"><stepwell:answer code="yes" label="= word"/>'
    '<stepwell:answer code="no"/></stepwell:question>'
)
MEAL = (
    '<stepwell:question multiple="true"><stepwell:answer code="soup" default="true"/><stepwell:answer code="fish"/>'
    "</stepwell:question>"
)
DAMAGE = """<stepwell:autoPage>
  <stepwell:parameter name="seen_on" direction="out" kind="date" label="Seen on" required="true"/>
  <stepwell:parameter name="cost" direction="both" kind="money" label="Cost" value="= 10"/>
  <stepwell:button code="send" label="Send"/>
  <stepwell:button code="keep" label="Keep" completes="false"/>
  <stepwell:button code="drop" label="Drop" validates="false" signal="dropped"/>
</stepwell:autoPage>"""
MOVE = """<stepwell:page>
  {"components": [
    {"type": "group", "id": "one", "label": "Who", "components": [
      {"type": "textfield", "key": "name", "label": "Name", "validate": {"required": true}}]},
    {"type": "group", "id": "two", "label": "Where", "components": [
      {"type": "textfield", "key": "street", "label": "Street", "validate": {"required": true}},
      {"type": "lookup", "key": "guest", "label": "Guest", "recordType": "guest"}]}],
   "layout": {"steps": [{"title": "Who", "groups": ["one"]}, {"title": "Where", "groups": ["two"]}]},
   "buttons": [{"code": "order", "label": "Order"}]}
</stepwell:page>"""
MAIL = '<stepwell:emailDraft from="office@example.org" to="= guest" subject="Hello" /><stepwell:hint>Look **twice**</stepwell:hint>'
APPROVAL = '<stepwell:approval recordType="guest" record="= guest" {}/>'


def ways(question: str) -> bytes:
    """A question, and a gateway behind it with a way for each answer."""
    inner = (
        f'<bpmn:startEvent id="start"/>{user("ask", ANN + question)}<bpmn:exclusiveGateway id="which"/>'
        f"{user('on', ANN)}{user('off', ANN)}<bpmn:endEvent id='end'/>"
        f"{flows('start ask which', 'on end', 'off end')}{results('which', 'on', 'yes')}{results('which', 'off', 'no')}"
    )
    return process(inner).replace(b'process id="p"', b'process id="ways"')


def several(question: str) -> bytes:
    """A question with several answers, an inclusive gateway behind it, and a default way."""
    inner = (
        f'<bpmn:startEvent id="start"/>{user("ask", ANN + question)}<bpmn:inclusiveGateway id="which" default="which_none"/>'
        f"{user('cook', ANN)}{user('catch', ANN)}{user('none', ANN)}<bpmn:endEvent id='end'/>"
        f"{flows('start ask which', 'cook end', 'catch end', 'none end', 'which none')}"
        f"{results('which', 'cook', 'soup')}{results('which', 'catch', 'fish')}"
    )
    return process(inner).replace(b'process id="p"', b'process id="several"')


PROCESSES = (
    line(user("ask", ANN + QUESTION), user("after", ANN), path="ask after", id="question"),
    ways(QUESTION),
    several(MEAL),
    line(user("report", ANN + DAMAGE), user("after", ANN), path="report after", id="damage"),
    line(user("report", ANN + DAMAGE.replace("= 10", "= 2 * price")), path="report", id="damage_of"),
    line(user("move", ANN + MOVE), user("after", ANN), path="move after", id="removal"),
    line(user("mail", ANN + MAIL), user("after", ANN), path="mail after", id="letter"),
    line(user("approve", '<stepwell:assignment manager="= who"/>' + APPROVAL.format("")), path="approve", id="approval"),
    line(
        user("approve", '<stepwell:assignment candidateUsers="ann, bob"/>' + APPROVAL.format('needed="all" delegation="once"')),
        path="approve",
        id="approvals",
    ),
    line(user("do", '<stepwell:assignment roles="clerks"/><stepwell:title>Pack {what}</stepwell:title>'), path="do", id="plain"),
    line(
        user("do", '<stepwell:assignment roles="clerks"/><stepwell:timing startIn="PT1H" duration="PT1H" priority="high"/>'),
        path="do",
        id="timed",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def mailbox() -> Mailbox:
    return Mailbox()


def in_words(settings: dict[str, Any]) -> dict[str, str]:
    """Settings as the environment holds them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in settings.items()
    }


@pytest.fixture(scope="module")
def work(ground: Ground, mailbox: Mailbox) -> Iterator[Office]:
    """An office with ann, whose manager is bob, and clerks."""
    mails = contextmanager(served)
    with mails(mailbox) as settings, office(ground.url, ground.folder, **in_words(settings)) as found:
        found.hire("bob", "bosses")
        found.hire("ann", "sellers", manager="bob")
        found.hire("joe", "clerks")
        found.hire("eve", "clerks")
        records = found.engine.records
        records.put_type({"name": "guest", "fields": [{"name": "name", "type": "text"}]})
        rights = [RecordRight(role=role, add=True, change="all") for role in ("bosses", "sellers")]
        records.put_rights("guest", rights)
        for xml in PROCESSES:
            found.engine.deploy(xml)
        yield found


@pytest.fixture
def guest(work: Office) -> str:
    return work.engine.records.add("guest", {"name": "Ada"}).id


def faults(answer: httpx.Response) -> dict[str, str]:
    """What is wrong, by field."""
    assert answer.status_code == 422, answer.text
    return {problem["field"]: problem["rule"] for problem in answer.json()["problems"]}


# -- opening ----------------------------------------------------------------------------------------------


def test_r4_before_the_first_opening_there_is_no_page(work: Office, ann: httpx.Client) -> None:
    answer = ann.get(f"/user-tasks/{work.start('question', word='Yes')}/page")
    assert (answer.status_code, answer.json()["code"]) == (409, "user-task.not-opened")


def test_r4_the_page_shows_the_values_of_the_first_opening_and_keeps_them(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("question", word="old")
    instance = id.partition("-")[0]
    change = {"reason": "test"}
    work.server.client.put(f"/instances/{instance}/variables", json={"variables": {"word": "new"}, **change})
    labels = [option["label"] for option in page(ann, id)["schema"]["components"][0]["values"]]
    assert labels == ["new", "no"]
    work.server.client.put(
        f"/instances/{instance}/variables", json={"variables": {"word": "newest"}, **change}
    )
    assert page(ann, id)["schema"]["components"][0]["values"][0]["label"] == "new"


def test_r4_opening_claims_nothing(work: Office) -> None:
    joe, eve = work.clients["joe"], work.clients["eve"]
    id = work.start("plain", what="apples")
    page(joe, id)
    assert (id in inbox(eve), page(eve, id)["assignee"]) == (True, "")


def test_r7_a_page_that_can_not_be_worked_out_tells_what_is_in_the_way(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("damage_of", price="much")
    answer = ann.post(f"/user-tasks/{id}/open", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "user-task.stuck")
    instance = id.partition("-")[0]
    work.server.client.put(
        f"/instances/{instance}/variables", json={"variables": {"price": 3}, "reason": "repair"}
    )
    assert page(ann, id)["values"]["cost"] == "6"


def test_s2_the_page_has_its_title_and_a_hint_in_harmless_html(work: Office, ann: httpx.Client) -> None:
    found = page(ann, work.start("letter", guest="ada@example.org"))
    assert (found["title"], found["hint"]) == ("mail", "<p>Look <strong>twice</strong></p>\n")
    assert [button["code"] for button in found["buttons"]] == ["sent"]


# -- K3: questions and their ways -------------------------------------------------------------------------


def test_k3_the_answer_is_the_outcome_and_chooses_the_way(work: Office, ann: httpx.Client) -> None:
    id = work.start("ways", word="Yes")
    page(ann, id)
    assert complete(ann, id, "save", answer="no").status_code == 200
    assert (work.steps(id), work.variables(id)["ask"]) == (["off"], {"outcome": "no"})


def test_k3_a_required_answer_that_is_missing_or_not_offered_is_refused(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("ways", word="Yes")
    assert faults(complete(ann, id, "save")) == {"answer": "value.required"}
    assert list(faults(complete(ann, id, "save", answer="perhaps"))) == ["answer"]
    assert work.steps(id) == ["ask"]


def test_k3_several_answers_take_several_ways(work: Office, ann: httpx.Client) -> None:
    id = work.start("several")
    assert page(ann, id)["values"]["answer"] == ["soup"]
    complete(ann, id, "save", answer=["soup", "fish"])
    assert work.steps(id) == ["catch", "cook"]


def test_k3_no_answer_to_an_optional_question_takes_the_default_way(work: Office, ann: httpx.Client) -> None:
    id = work.start("several")
    complete(ann, id, "save", answer=[])
    assert work.steps(id) == ["none"]


# -- K4, K5: pages with fields ------------------------------------------------------------------------------


def test_k4_all_that_is_wrong_is_told_at_once_and_changes_nothing(work: Office, ann: httpx.Client) -> None:
    id = work.start("damage")
    found = faults(complete(ann, id, "send", cost="much", colour="red"))
    assert found == {"seen_on": "value.required", "cost": "value.type", "colour": "value.unknown"}
    assert work.steps(id) == ["report"]


def test_k4_the_pressed_button_is_the_outcome_and_the_values_are_known_later(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("damage")
    complete(ann, id, "send", seen_on="2026-11-25", cost=12.5)
    found = work.variables(id)
    assert (found["report"], found["seen_on"], str(found["cost"])) == (
        {"outcome": "send"},
        "2026-11-25",
        "12.5",
    )


def test_k4_a_button_that_does_not_complete_keeps_the_draft_and_stays(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("damage")
    assert complete(ann, id, "keep", cost=7).status_code == 200
    assert (work.steps(id), page(ann, id)["draft"]["values"]) == (["report"], {"cost": 7})


def test_k4_a_button_that_asks_for_nothing_does_not_check_what_is_required(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("damage")
    assert complete(ann, id, "drop").status_code == 200
    assert work.steps(id) == ["after"]


def test_k5_a_part_of_a_page_is_checked_before_the_next_opens(work: Office, ann: httpx.Client) -> None:
    id = work.start("removal")
    page(ann, id)
    ask = {"values": {"name": ""}, "part": 1}
    found = ann.post(f"/user-tasks/{id}/examine", json=ask).json()["problems"]
    assert [(problem["field"], problem["rule"]) for problem in found] == [("name", "value.required")]
    ask = {"values": {"name": "Ann"}, "part": 1}
    assert ann.post(f"/user-tasks/{id}/examine", json=ask).json()["problems"] == []


def test_k5_only_records_that_are_there_can_be_chosen(work: Office, ann: httpx.Client, guest: str) -> None:
    id = work.start("removal")
    number = guest.partition("/")[2]
    assert list(faults(complete(ann, id, "order", name="Ann", street="Main", guest="999999"))) == ["guest"]
    assert complete(ann, id, "order", name="Ann", street="Main", guest=number).status_code == 200


# -- K6: approvals --------------------------------------------------------------------------------------------


def test_k6_s1_the_manager_approves_and_the_record_shows_it(
    work: Office, ann: httpx.Client, guest: str
) -> None:
    bob = work.clients["bob"]
    id = work.start("approval", who="ann", guest=guest)
    found = page(bob, id)
    assert (found["values"]["record"]["name"], found["connections"]) == ("Ada", [guest])
    assert complete(bob, id, "rejected", comment="too young").status_code == 200
    [shown] = ann.get(f"/records/{guest}/approvals").json()["items"]
    assert (shown["actor"], shown["verdict"], shown["comment"]) == ("bob", "rejected", "too young")


def test_k6_when_one_of_all_rejects_the_other_is_told_that_it_is_decided(
    work: Office, ann: httpx.Client, guest: str
) -> None:
    bob = work.clients["bob"]
    instance = work.server.client.post(
        "/instances", json={"process_id": "approvals", "variables": {"guest": guest}}
    ).json()
    ids = {task["assignee"]: task["id"] for task in instance["user_tasks"]}
    assert set(ids) == {"ann", "bob"}
    assert complete(ann, ids["ann"], "rejected").status_code == 200
    answer = complete(bob, ids["bob"], "approved")
    assert (answer.status_code, answer.json()["code"]) == (409, "user-task.ended")
    assert "ann" in answer.json()["detail"]


def test_k6_an_approval_is_handed_on_as_often_as_its_author_says(
    work: Office, ann: httpx.Client, guest: str
) -> None:
    instance = work.server.client.post(
        "/instances", json={"process_id": "approvals", "variables": {"guest": guest}}
    ).json()
    id = next(task["id"] for task in instance["user_tasks"] if task["assignee"] == "ann")
    bob = work.clients["bob"]
    assert ann.post(f"/user-tasks/{id}/reassign", json={"assignee": "bob"}).status_code == 200
    answer = bob.post(f"/user-tasks/{id}/reassign", json={"assignee": "ann"})
    assert (answer.status_code, answer.json()["code"]) == (403, "user-task.forbidden")
    later = {"start_at": "2099-01-01T00:00:00Z"}
    answer = bob.post(f"/user-tasks/{id}/postpone", json={**later, "assignee": "ann"})
    assert answer.json()["detail"] == (
        f"Expected to be allowed to postpone user task {id} with another Owner, but this approval may not be handed on"
        " (any more)."
    )
    assert bob.post(f"/user-tasks/{id}/postpone", json=later).status_code == 200


def test_s1_who_may_not_change_the_record_can_not_have_its_step(work: Office, guest: str) -> None:
    instance = work.server.client.post(
        "/instances", json={"process_id": "approval", "variables": {"who": "eve", "guest": guest}}
    )
    assert instance.json()["incidents"][0]["code"] == "assignment.no-manager"


def test_r4_what_is_stuck_behind_a_command_is_told_with_who_can_repair_it(work: Office, guest: str) -> None:
    work.hire("kim", "repairers")
    work.server.client.put("/roles/repairers", json={"rights": ["operate"], "label": "Repair team"})
    given = {"process_id": "approval", "variables": {"who": "eve", "guest": guest}, "foreground": True}
    found = work.clients["ann"].post("/instances", json=given).json()
    assert (found["state"], found["incidents"][0]["repairers"]) == ("incident", ["Repair team"])
    assert "'eve' has none" in found["incidents"][0]["message"]


def test_r7_whoever_hears_of_an_incident_hears_who_can_repair_it(work: Office, guest: str) -> None:
    work.hire("kit", "repairers")
    work.server.client.put("/roles/repairers", json={"rights": ["operate"], "label": "Repair team"})
    started = work.begin("approval", "ann", who="eve", guest=guest)
    [stuck] = started["incidents"]
    again = ok(work.server.client.post(f"/incidents/{stuck['id']}/retry", json={"reason": "try"}))
    [called] = work.engine.start("approval", {"who": "eve", "guest": guest}).incidents
    assert [stuck["repairers"], again["incidents"][0]["repairers"]] == [["Repair team"]] * 2
    assert called.repairers == ("Repair team",)


# -- K7, K8 ---------------------------------------------------------------------------------------------------


def test_k7_a_plain_step_has_its_title_and_done(work: Office) -> None:
    joe = work.clients["joe"]
    id = work.start("plain", what="apples")
    found = page(joe, id)
    assert (found["title"], [button["label"] for button in found["buttons"]]) == ("Pack apples", ["Done"])
    assert complete(joe, id, "done").status_code == 200


def test_k8_r6_a_mail_is_sent_as_it_was_edited(work: Office, ann: httpx.Client, mailbox: Mailbox) -> None:
    id = work.start("letter", guest="ada@example.org")
    before = len(mailbox.mails)
    assert page(ann, id)["values"]["to"] == "ada@example.org"
    complete(ann, id, "sent", to="joe@example.org", subject="Good day", text="Come")
    until(lambda: work.steps(id) == ["after"], "the process goes on when the mail is gone")
    mail = mailbox.mails[before]
    assert (mail["to"], mail["subject"], mail.get_content().strip()) == (
        "joe@example.org",
        "Good day",
        "Come",
    )
    assert work.variables(id)["mail"]["subject"] == "Good day"


# -- S3 to S6 ---------------------------------------------------------------------------------------------------


def test_s3_a_step_that_starts_later_is_not_in_the_panel_yet(work: Office) -> None:
    joe = work.clients["joe"]
    id = work.start("timed")
    found = joe.get(f"/user-tasks/{id}").json()
    assert (id in inbox(joe), id in inbox(joe, with_future=True), found["priority"]) == (False, True, 75)


def test_s4_postponed_it_leaves_the_panel_of_the_role_and_has_another_title(work: Office) -> None:
    joe, eve = work.clients["joe"], work.clients["eve"]
    id = work.start("plain", what="pears")
    later = {
        "start_at": "2099-01-31T09:00:00Z",
        "duration": 60,
        "title": "Pack pears well",
        "in_calendar": True,
    }
    assert joe.post(f"/user-tasks/{id}/postpone", json=later).status_code == 200
    found = eve.get(f"/user-tasks/{id}").json()
    assert (id in inbox(joe), id in inbox(eve), found["title"], found["due_at"]) == (
        False,
        False,
        "Pack pears well",
        "2099-01-31T10:00:00Z",
    )


def test_s4_postponed_for_somebody_it_is_theirs(work: Office) -> None:
    joe, eve = work.clients["joe"], work.clients["eve"]
    id = work.start("plain", what="plums")
    joe.post(f"/user-tasks/{id}/postpone", json={"start_at": "2099-01-31T09:00:00Z", "assignee": "eve"})
    assert eve.get(f"/user-tasks/{id}").json()["assignee"] == "eve"


def test_s5_what_was_typed_is_there_when_the_step_is_opened_again(work: Office, ann: httpx.Client) -> None:
    id = work.start("damage")
    page(ann, id)
    kept = ann.put(f"/user-tasks/{id}/draft", json={"values": {"cost": "12."}}).json()
    assert page(ann, id)["draft"] == {"values": {"cost": "12."}, "at": kept["at"]}


def test_s5_two_who_type_on_the_step_of_their_role_each_find_their_own(work: Office) -> None:
    joe, eve = work.clients["joe"], work.clients["eve"]
    id = work.start("plain", what="figs")
    for client, typed in ((joe, "ten"), (eve, "twelve")):
        page(client, id)
        client.put(f"/user-tasks/{id}/draft", json={"values": {"how many": typed}})
    assert [page(client, id)["draft"]["values"]["how many"] for client in (joe, eve)] == ["ten", "twelve"]


def test_s5_completed_the_draft_is_gone(work: Office, ann: httpx.Client) -> None:
    id = work.start("damage")
    page(ann, id)
    ann.put(f"/user-tasks/{id}/draft", json={"values": {"cost": "12."}})
    complete(ann, id, "drop")
    answer = ann.put(f"/user-tasks/{id}/draft", json={"values": {}})
    assert (answer.status_code, answer.json()["code"]) == (404, "user-task.not-open")


def test_s6_handed_on_it_is_for_somebody_else_with_a_comment_in_the_history(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("damage")
    assert (
        ann.post(f"/user-tasks/{id}/reassign", json={"roles": ["clerks"], "comment": "on leave"}).status_code
        == 200
    )
    assert (id in inbox(ann), id in inbox(work.clients["joe"])) == (False, True)
    history = work.server.client.get(f"/instances/{id.partition('-')[0]}/history").json()["items"]
    assert (history[-1]["actor"], history[-1]["reason"]) == ("ann", "on leave")


def test_s6_it_is_not_handed_to_nobody_or_somebody_unknown(work: Office, ann: httpx.Client) -> None:
    id = work.start("damage")
    for body, code in (({}, "user-task.to-nobody"), ({"assignee": "xaver"}, "user-task.to-unfit")):
        answer = ann.post(f"/user-tasks/{id}/reassign", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_s4_a_start_that_no_zone_can_show_is_refused(work: Office, start: str) -> None:
    joe = work.clients["joe"]
    id = work.start("plain", what="dates")
    answer = joe.post(f"/user-tasks/{id}/postpone", json={"start_at": start})
    assert (answer.status_code, answer.json()["problems"][0]["rule"]) == (422, "time.out-of-range")
    assert id in inbox(joe)


def test_s1_it_is_not_handed_to_who_may_not_see_its_record(work: Office, guest: str) -> None:
    id = work.start("approval", who="ann", guest=guest)
    answer = work.clients["bob"].post(f"/user-tasks/{id}/reassign", json={"assignee": "joe"})
    assert (answer.status_code, answer.json()["code"]) == (422, "user-task.to-barred")
    assert f"person 'joe' may not see {guest}" in answer.json()["detail"]


def test_d4_a_page_is_not_shown_to_who_may_not_see_its_record_any_more(work: Office, guest: str) -> None:
    bob = work.clients["bob"]
    id = work.start("approval", who="ann", guest=guest)
    work.engine.records.put_rights("guest", [RecordRight(role="sellers", add=True, change="all")])
    try:
        for answer in (bob.post(f"/user-tasks/{id}/open", json={}), complete(bob, id, "approved")):
            assert (answer.status_code, answer.json()["code"]) == (403, "user-task.record-hidden")
    finally:
        rights = [RecordRight(role=role, add=True, change="all") for role in ("bosses", "sellers")]
        work.engine.records.put_rights("guest", rights)


# -- T6, O3 -----------------------------------------------------------------------------------------------------


def test_t6_first_click_wins_on_a_page(work: Office) -> None:
    joe, eve = work.clients["joe"], work.clients["eve"]
    id = work.start("plain", what="nuts")
    page(joe, id), page(eve, id)
    assert complete(eve, id, "done").status_code == 200
    answer = complete(joe, id, "done")
    assert (answer.status_code, "eve completed it" in answer.json()["detail"]) == (409, True)


def test_o3_a_cancelled_step_takes_no_way_and_ends_the_instance_as_cancelled(work: Office) -> None:
    id = work.start("plain", what="figs")
    answer = work.server.client.post(f"/user-tasks/{id}/cancel", json={"reason": "not needed"})
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
