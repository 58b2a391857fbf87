"""K2 and K4 to K8 with a real server: what the stories about steps do not tell of each kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from stepwell.identity.policies.record import RecordRight
from stepwell.services.applications import archives
from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import catch, drawn, event, gateway, line, results, user
from tests.acceptance.office import XML, Office, complete, office, ok, page, refusal
from tests.acceptance.server import until
from tests.connectors.test_email_send import Mailbox, served
from tests.engine.world import flows
from tests.services.inline.drawing import filter_of, step, values

ANN = '<stepwell:assignment user="ann"/>'
CSV = {"content-type": "text/csv"}
BYTES = {"content-type": "application/octet-stream"}
ZIP = {"content-type": "application/zip"}
APPLICATION = {"app.yaml": b"name: office\n", "mail/invitation.md": b"Dear {to}!\n"}
TYPES: tuple[dict[str, Any], ...] = (
    {"name": "stage", "kind": "lookup"},
    {
        "name": "guest",
        "key": "name",
        "fields": [
            {"name": "name", "type": "text", "required": True, "unique": True},
            {"name": "city", "type": "text"},
            {"name": "stage", "type": "lookup", "to": "stage", "default": "new"},
        ],
    },
)


def record_page(filter: str = "", **settings: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in settings.items())
    return f'<stepwell:recordPage recordType="guest"{said}>{filter}</stepwell:recordPage>'


NEW = record_page('<stepwell:default field="city" value="= city"/>', mode="new", outcomeField="stage")
HERE = record_page(record="= guest")
IN_ROME, IN_OSLO = (record_page(filter_of(f"city = {city}"), record="= guest") for city in ("Rome", "Oslo"))
KINDS = (
    "text", "long_text", "integer", "decimal", "money", "yes_no", "date", "time", "date_time", "note", "block",
)  # fmt: skip
FIELDS = "".join(
    f'<stepwell:parameter name="a_{kind}" direction="out" kind="{kind}" label="A"/>' for kind in KINDS
)
OF_RECORDS = "".join(
    f'<stepwell:parameter name="a_{kind}" direction="out" kind="{kind}" label="A" recordType="{of}"/>'
    for kind, of in (("lookup", "stage"), ("link", "guest"))
)
SEND = '<stepwell:button code="send" label="Send" signal="sent"/>'
SIGNAL = '<bpmn:signal id="sent" name="sent"/>'
TRIP = """<stepwell:page>
  {"components": [
    {"type": "group", "id": "one", "label": "Where", "components": [
      {"type": "textfield", "key": "city", "label": "City", "validate": {"required": true}},
      {"type": "checkbox", "key": "by_car", "label": "By car"},
      {"type": "textfield", "key": "plate", "label": "Plate", "validate": {"required": true},
       "conditional": {"hide": "=not(by_car)"}}]},
    {"type": "group", "id": "two", "label": "Who", "components": [
      {"type": "recordlist", "key": "guests", "label": "Guests", "recordType": "guest", "choice": "multiple",
       "columns": [{"key": "name", "label": "Name"}]}]}],
   "layout": {"tabs": [{"title": "Where", "groups": ["one"]}, {"title": "Who", "groups": ["two"]}]}}
  <stepwell:button code="book" label="Book"/>
  <stepwell:button code="later" label="Save for later" completes="false"/>
  <stepwell:parameter name="city" value="= wish"/>
  <stepwell:parameter name="booked" direction="out" value="= city + &quot; is booked&quot;"/>
</stepwell:page>"""
NO_WAY_OUT = '<stepwell:page>{"components": []}<stepwell:button code="later" label="Later" completes="false"/></stepwell:page>'
THREE = '<stepwell:assignment candidateUsers="ann, bob, cid"/>'


def approving(who: str, **settings: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in settings.items())
    return who + f'<stepwell:approval recordType="guest" record="= guest"{said}/>'


MAIL = (
    '<stepwell:emailDraft from="office@example.org" to="= to" cc="cid@example.org" bcc="dan@example.org"'
    ' subject="= &quot;For &quot; + to" template="invitation" attachments="= files"/>'
)
PLAIN = "<bpmn:documentation>Look **twice**</bpmn:documentation>"


def manual(id: str, extension: str = "") -> str:
    said = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>" if extension else ""
    return f'<bpmn:manualTask id="{id}">{said}</bpmn:manualTask>'


def both(id: str, one: str, other: str) -> bytes:
    """Two steps side by side."""
    return drawn(
        gateway("both", "parallel"), user("one", ANN + one), user("other", ANN + other),
        flows("start both one end", "both other end"), id=id,
    )  # fmt: skip


PROCESSES = (
    drawn(
        user("add", ANN + NEW), gateway("which", default="other"), user("good", ANN), user("other", ANN),
        flows("start add which other end", "good end"), results("which", "good", "won"), id="new_guest",
    ),
    line(user("look", ANN + IN_ROME), path="look", id="rome"),
    line(user("look", ANN + HERE), path="look", id="here"),
    both("two_pages", HERE, HERE),
    both("two_conditions", IN_ROME, IN_OSLO),
    line(step("move", "change", filter_of("name = = name") + values(city="Rome"), type="guest"), path="move", id="moving"),
    line(user("fill", f"{ANN}<stepwell:autoPage>{FIELDS}{OF_RECORDS}{SEND}</stepwell:autoPage>"), path="fill", id="filling"),
    line(catch("hear", event("signal", "sent")), user("heard", ANN), path="hear heard", id="hearing", roots=SIGNAL),
    line(user("plan", ANN + TRIP), user("after", ANN), path="plan after", id="trip"),
    line(user("approve", approving(THREE, needed="any")), path="approve", id="any_of"),
    line(user("approve", approving(THREE, needed="2")), path="approve", id="two_of"),
    line(user("approve", approving(THREE, needed="all")), path="approve", id="all_of"),
    line(user("approve", approving('<stepwell:assignment roles="sellers"/>', delegation="none")), path="approve", id="of_role"),
    line(user("do", ANN, PLAIN), path="do", id="plain"),
    line(manual("pass"), manual("sign", ANN), path="pass sign", id="manual"),
    line(user("mail", ANN + MAIL), user("after", ANN), path="mail after", id="letter"),
)  # fmt: skip


@pytest.fixture(scope="module")
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture(scope="module")
def work(ground: Ground, mailbox: Mailbox) -> Iterator[Office]:
    """Ann, bob and cid sell, and may do everything with guests; joe has an own step now and then."""
    with contextmanager(served)(mailbox) as mails:
        given = {name: str(value).lower() if value is False else str(value) for name, value in mails.items()}
        given |= {"files_url": str(ground.folder / "files"), "poll_interval": "0.1"}
        with office(ground.url, ground.folder, **given) as found:
            for name in ("ann", "bob", "cid"):
                found.hire(name, "sellers")
            found.hire("joe", "clerks")
            records = found.engine.records
            for definition in TYPES:
                records.put_type(definition)
            for code in ("new", "won", "lost"):
                records.add("stage", {"code": code, "label": code.title()})
            records.put_rights("guest", [RecordRight(role="sellers", add=True, change="all")])
            client = found.server.client
            ok(client.post("/applications", content=archives.write(APPLICATION), headers=ZIP))
            found.deploy(*PROCESSES)
            yield found


@pytest.fixture
def guest(work: Office, request: pytest.FixtureRequest) -> str:
    """A guest whose name is that of the story."""
    return work.engine.records.add("guest", {"name": request.node.name}).id


def element(work: Office, begun: Any, name: str) -> str:
    """The id of an open step that a command made."""
    return next(str(task["id"]) for task in begun["user_tasks"] if task["element"] == name)


# -- K2 ---------------------------------------------------------------------------------------------------


def test_k2_a_new_record_is_there_when_its_page_saves_it_and_its_lookup_steers_the_flows(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("new_guest", city="Bergen")
    shown = page(ann, id)
    assert (shown["record"], shown["values"]["city"], shown["values"]["stage"]) == ("", "Bergen", "new")
    asked = {"search": "Fay"}
    assert ok(ann.get("/records/guest", params=asked))["items"] == []
    ok(complete(ann, id, "", name="Fay", stage="won"))
    [made] = ok(ann.get("/records/guest", params=asked))["items"]
    assert made["values"]["city"] == "Bergen"
    assert work.steps(id) == ["good"]
    assert work.variables(id)["add"] == {"outcome": "won", "record": made["id"]}


@pytest.mark.parametrize("way", ["person", "import", "data step"])
@pytest.mark.parametrize("process", ["rome", "here"])
def test_k2_whose_save_counts_depends_on_conditions(
    work: Office, guest: str, request: pytest.FixtureRequest, process: str, way: str
) -> None:
    """With conditions any save that meets them; without them none of a colleague, an import or a data step."""
    id = work.start(process, guest=guest)
    name = request.node.name
    if way == "person":
        ok(work.clients["bob"].put(f"/records/{guest}", json={"values": {"city": "Rome"}}))
    elif way == "import":
        rows = f'name,city\n"{name}",Rome\n'
        ok(work.server.client.post("/records/guest/import", content=rows, headers=CSV))
    else:
        work.begin("moving", name=name)
    city = ok(work.clients["ann"].get(f"/records/{guest}"))["values"]["city"]
    later = work.start("rome", guest=guest)
    ok(work.clients["bob"].put(f"/records/{guest}", json={"values": {"city": "Rome", "stage": "won"}}))
    until(lambda: work.steps(later) == [], "what came later is told of what came later")
    assert (city, work.steps(id)) == ("Rome", [] if process == "rome" else ["look"])


def test_k2_two_steps_on_one_record_complete_independently(
    work: Office, ann: httpx.Client, guest: str
) -> None:
    begun = work.begin("two_pages", guest=guest)
    ok(complete(ann, element(work, begun, "one"), "", city="Rome"))
    assert work.steps(begun["id"]) == ["other"]
    ok(complete(ann, element(work, begun, "other"), "", city="Oslo"))
    assert work.steps(begun["id"]) == []


def test_k2_a_save_that_does_not_match_leaves_the_step_and_one_that_matches_completes_it_from_anywhere(
    work: Office, ann: httpx.Client, guest: str
) -> None:
    begun = work.begin("two_conditions", guest=guest)
    kept = ok(complete(ann, element(work, begun, "one"), "", city="Bergen"))
    assert (kept["open_conditions"], work.steps(begun["id"])) == (["City is Rome"], ["one", "other"])
    ok(work.clients["bob"].put(f"/records/{guest}", json={"values": {"city": "Oslo"}}))
    until(lambda: work.steps(begun["id"]) == ["one"], "a colleague met the conditions of the other step")
    ok(work.clients["bob"].put(f"/records/{guest}", json={"values": {"city": "Rome"}}))
    until(lambda: work.steps(begun["id"]) == [], "and those of the first one")


# -- K4, K5 -----------------------------------------------------------------------------------------------


def test_k4_every_kind_of_field_is_known_later(work: Office, ann: httpx.Client, guest: str) -> None:
    id = work.start("filling")
    typed = {
        "a_text": "short", "a_long_text": "one\ntwo", "a_integer": 7, "a_decimal": "1.25", "a_money": "12.50",
        "a_yes_no": True, "a_date": "2026-11-25", "a_time": "09:30", "a_date_time": "2026-11-25T09:30:00Z",
        "a_lookup": "won", "a_link": guest.partition("/")[2],
    }  # fmt: skip
    ok(complete(ann, id, "send", **typed))
    found = {name: str(value) for name, value in work.variables(id).items() if name in typed}
    assert found.keys() == typed.keys()
    assert {name: found[name] for name in ("a_long_text", "a_integer", "a_decimal", "a_date", "a_lookup")} == {
        "a_long_text": "one\ntwo", "a_integer": "7", "a_decimal": "1.25", "a_date": "2026-11-25", "a_lookup": "won",
    }  # fmt: skip


def test_k4_a_button_sends_its_signal(work: Office, ann: httpx.Client) -> None:
    waiting = work.begin("hearing")["id"]
    ok(complete(ann, work.start("filling"), "send"))
    until(lambda: work.steps(waiting) == ["heard"], "the signal is heard")


def test_k5_parameters_go_in_and_come_out(work: Office, ann: httpx.Client, guest: str) -> None:
    id = work.start("trip", wish="Rome")
    shown = page(ann, id)
    assert shown["values"]["city"] == "Rome"
    assert [button["code"] for button in shown["buttons"]] == ["book", "later"]
    ok(complete(ann, id, "book", city="Oslo", guests=[guest.partition("/")[2]]))
    found = work.variables(id)
    assert (found["booked"], found["plan"]["outcome"], "guests" in found) == ("Oslo is booked", "book", False)


def test_k5_what_is_hidden_is_not_asked_for(work: Office, ann: httpx.Client) -> None:
    id = work.start("trip", wish="Rome")
    refused = complete(ann, id, "book", by_car=True)
    assert [problem["field"] for problem in refused.json()["problems"]] == ["plate"]
    ok(complete(ann, id, "book", by_car=False))
    assert work.steps(id) == ["after"]


def test_k5_another_button_saves_the_draft_and_stays(work: Office, ann: httpx.Client) -> None:
    id = work.start("trip", wish="Rome")
    ok(complete(ann, id, "later", by_car=True))
    assert (work.steps(id), page(ann, id)["draft"]["values"]) == (["plan"], {"by_car": True})


def test_k5_a_page_that_no_button_completes_is_refused_at_deployment(work: Office) -> None:
    xml = line(user("plan", ANN + NO_WAY_OUT), path="plan", id="no_way_out")
    answer = work.server.client.post("/deployments", content=xml, headers=XML)
    assert (answer.status_code, answer.json()["problems"][0]["element"]) == (422, "plan")


# -- K6 ---------------------------------------------------------------------------------------------------


def votes(work: Office, process: str, guest: str, *verdicts: tuple[str, str]) -> tuple[Any, Any]:
    """People vote in this order; gives the open steps of the others, and the outcome if there is one."""
    begun = work.begin(process, guest=guest)
    steps = {task["assignee"]: task["id"] for task in begun["user_tasks"]}
    assert steps.keys() == {"ann", "bob", "cid"}
    for who, verdict in verdicts:
        ok(complete(work.clients[who], steps[who], verdict))
    outcome = work.variables(begun["id"]).get("approve", {}).get("outcome")
    return len(work.steps(begun["id"])), outcome


@pytest.mark.parametrize(
    ("process", "verdicts", "left", "outcome"),
    [
        pytest.param("any_of", "ann+", 0, "approved", id="any of: the first yes decides"),
        pytest.param("any_of", "ann- bob-", 1, None, id="any of: a no does not"),
        pytest.param("any_of", "ann- bob- cid-", 0, "rejected", id="any of: nobody"),
        pytest.param("two_of", "ann+", 2, None, id="M of N: one is not enough"),
        pytest.param("two_of", "ann+ cid+", 0, "approved", id="M of N: two are"),
        pytest.param("two_of", "ann- bob-", 0, "rejected", id="M of N: two can not be had any more"),
        pytest.param("all_of", "ann+ bob+", 1, None, id="all: one is missing"),
        pytest.param("all_of", "ann+ bob+ cid+", 0, "approved", id="all: everybody"),
        pytest.param("all_of", "bob-", 0, "rejected", id="all: one no decides"),
    ],
)
def test_k6_the_others_close_when_the_verdict_is_certain(
    work: Office, guest: str, process: str, verdicts: str, left: int, outcome: str | None
) -> None:
    cast = [(vote[:-1], "approved" if vote[-1] == "+" else "rejected") for vote in verdicts.split()]
    assert votes(work, process, guest, *cast) == (left, outcome)


def test_k6_of_one_step_for_a_role_any_member_decides_and_may_not_hand_it_on(
    work: Office, guest: str
) -> None:
    ann, bob = work.clients["ann"], work.clients["bob"]
    id = work.start("of_role", guest=guest)
    assert refusal(ann.post(f"/user-tasks/{id}/reassign", json={"assignee": "bob"})) == (
        403,
        "user-task.forbidden",
    )
    ok(complete(bob, id, "approved", comment="fine"))
    assert work.variables(id)["approve"]["outcome"] == "approved"
    [shown] = ok(ann.get(f"/records/{guest}/approvals"))["items"]
    assert (shown["actor"], shown["verdict"], shown["comment"]) == ("bob", "approved", "fine")


# -- K7, K8 -----------------------------------------------------------------------------------------------


def test_k7_the_documentation_is_the_hint(work: Office, ann: httpx.Client) -> None:
    shown = page(ann, work.start("plain"))
    assert (shown["hint"], [button["label"] for button in shown["buttons"]]) == (
        "<p>Look <strong>twice</strong></p>\n",
        ["Done"],
    )


def test_k7_a_manual_task_is_a_step_only_with_an_assignment(work: Office, ann: httpx.Client) -> None:
    id = work.start("manual")
    assert work.steps(id) == ["sign"]
    ok(complete(ann, id, "done"))
    assert work.steps(id) == []


def test_k8_a_mail_has_its_template_its_copies_and_its_files(
    work: Office, ann: httpx.Client, mailbox: Mailbox
) -> None:
    id = work.start("letter", to="ada@example.org", files=[])
    shown = page(ann, id)["values"]
    assert {name: shown[name].strip() for name in ("to", "cc", "bcc", "subject", "text")} == {
        "to": "ada@example.org", "cc": "cid@example.org", "bcc": "dan@example.org", "subject": "For ada@example.org",
        "text": "Dear ada@example.org!",
    }  # fmt: skip
    upload = f"/user-tasks/{id}/attachments?name=plan.txt"
    file = ok(ann.post(upload, content=b"first left", headers=BYTES))["id"]
    before = len(mailbox.envelopes)
    ok(complete(ann, id, "sent", text="Come **soon**", attachments=[file]))
    until(lambda: work.steps(id) == ["after"], "the process goes on when the mail is gone")
    envelope, mail = mailbox.envelopes[before], mailbox.mails[before]
    assert envelope.rcpt_tos == ["ada@example.org", "cid@example.org", "dan@example.org"]
    assert (mail["cc"], mail["bcc"]) == ("cid@example.org", None)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["plan.txt"]
