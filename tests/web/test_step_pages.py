"""Pages of steps: what stands on them, and that nothing typed there is lost."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.web.conftest import Arrive, Demo, Person, comes_true
from tests.web.test_for_everybody import findings, is_as_wide_as_the_screen

MODEL = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stepwell="urn:stepwell:bpmn:1"
  id="d" targetNamespace="urn:test"><bpmn:process id="{id}" name="{id}" isExecutable="true">
  <bpmn:extensionElements><stepwell:parameter name="about" label="About"/></bpmn:extensionElements>
  <bpmn:startEvent id="start"/><bpmn:userTask id="step" name="{title}">
  <bpmn:extensionElements>{settings}</bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="end"/>
  <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="step"/><bpmn:sequenceFlow id="b" sourceRef="step" targetRef="end"/>
  </bpmn:process></bpmn:definitions>"""


def begin(demo: Demo, id: str, settings: str, *, actor: str, about: str = "") -> str:
    """Deploy a process with this one step, if that was not done, and start it."""
    xml = MODEL.format(id=id, title=f"Step of {id}", settings=settings)
    answer = demo.server.client.post(
        f"/deployments?name={id}.bpmn", content=xml, headers={"content-type": "application/xml"}
    )
    assert answer.status_code < 300, answer.text
    return demo.start(id, actor=actor, about=about)


def first(demo: Demo, record_type: str) -> dict[str, Any]:
    """One record that there is."""
    found: dict[str, Any] = demo.server.client.get(f"/records/{record_type}?limit=1").json()["items"][0]
    return found


def choose(person: Person, label: str, option: str) -> None:
    """Choose from a list of form-js by keyboard: its input is not to be seen."""
    person.page.get_by_label(label).focus()
    person.page.keyboard.press("Enter")
    person.page.get_by_text(option, exact=True).click()


def test_k1_an_activity_is_done_with_a_result_and_its_details(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "call", '<stepwell:activityStep category="Call"/>', actor="lena")
    lena = arrive(demo, "lena")
    lena.page.get_by_role("link", name="Step of call").first.click()
    lena.sees("Step of call")
    expect(lena.page.get_by_role("button", name="Für später speichern")).to_be_visible()
    lena.press("Speichern")
    expect(lena.page.get_by_text("Erwartet wird ein Wert").first).to_be_visible()
    choose(lena, "Ergebnis*", "Completed")
    lena.page.get_by_label("Einzelheiten des Ergebnisses").fill("All is well")
    lena.press("Speichern")
    expect(lena.page.get_by_role("heading", name="Step of call", level=1)).to_be_hidden()


def test_s7_the_result_of_the_activity_is_given_with_the_page(demo: Demo, arrive: Arrive) -> None:
    question = '<stepwell:question><stepwell:answer code="y" label="Yes"/></stepwell:question>'
    begin(demo, "visit", f'<stepwell:activity category="Meeting"/>{question}', actor="tom")
    tom = arrive(demo, "tom")
    tom.open("Step of visit")
    tom.page.get_by_label("Yes").check()
    tom.press("Save")
    expect(tom.row("Step of visit")).to_contain_text("Result missing")
    tom.open("Step of visit")
    choose(tom, "Result*", "Completed")
    tom.press("Save")
    expect(tom.row("Step of visit")).to_have_count(0)


def test_s7_the_activity_is_completed_first_and_then_the_page(demo: Demo, arrive: Arrive) -> None:
    question = '<stepwell:question><stepwell:answer code="y" label="Yes"/></stepwell:question>'
    begin(demo, "meet", f'<stepwell:activity category="Meeting"/>{question}', actor="nora")
    nora = arrive(demo, "nora", path="/activities")
    nora.page.get_by_role("link", name="Show the activity itself: Step of meet").click()
    nora.page.get_by_label("Result", exact=True).select_option("Completed")
    nora.press("Complete")
    row = nora.row("Step of meet")
    expect(row).to_contain_text("Page missing")
    row.get_by_role("link").click()
    nora.sees("Step of meet")
    expect(nora.page.get_by_label("Yes")).to_be_visible()
    expect(nora.page.get_by_label("Result*")).to_have_count(0)
    nora.page.get_by_label("Yes").check()
    nora.press("Save")
    expect(row).to_have_count(0)


def test_k6_an_approver_sees_what_the_others_have_decided(demo: Demo, arrive: Arrive) -> None:
    document = first(demo, "document")
    demo.start("review_document", record=document["id"])
    vera, nora = arrive(demo, "vera"), arrive(demo, "nora")
    vera.row("Approve").first.get_by_role("link").click()
    others = vera.page.get_by_role("region", name="Approvers")
    expect(others.get_by_role("listitem")).to_have_count(3)
    expect(others).to_contain_text("of 3 have to approve")
    expect(others).to_contain_text("Vera Lindqvist (you) has not decided yet")
    nora.row("Approve").first.get_by_role("link").click()
    nora.press("Approve")
    expect(others).to_contain_text("Nora Iversen has approved")
    vera.page.get_by_label("Comment", exact=True).fill("Seen")
    vera.press("Reject")
    expect(vera.page.get_by_role("region", name="Approvers")).to_be_hidden()


def test_k6_the_record_is_a_summary_and_the_buttons_are_in_sight(demo: Demo, arrive: Arrive) -> None:
    account = next(
        one
        for one in demo.server.client.get("/records/account?limit=50").json()["items"]
        if one["values"]["website"]
    )
    body = {"account": account["id"], "seller": "tom", "discount": 9}
    instance = demo.start("approve_discount", actor="tom", **body)
    [task] = demo.server.client.get("/user-tasks", params={"instance": instance}).json()["items"]
    samir = arrive(demo, "samir", path=f"/?step={task['id']}", viewport={"width": 1280, "height": 600})
    summary = samir.page.get_by_role("region", name=account["title"])
    expect(summary.get_by_text("Credit limit")).to_be_visible()
    expect(summary.get_by_role("link", name=account["values"]["website"])).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    expect(samir.page.get_by_role("button", name="Approve", exact=True)).to_be_in_viewport(ratio=1)
    expect(samir.page.get_by_label("Comment", exact=True)).to_be_attached()
    assert findings(samir.page) == []
    samir.press("Approve")
    expect(samir.page.get_by_role("heading", name="9 percent for this account?", level=1)).to_be_hidden()
    samir.page.goto(f"{demo.address}/?step={task['id']}")
    expect(samir.page.get_by_text("This step is done")).to_be_visible()
    expect(samir.page.get_by_text("Samir Haddad did it")).to_be_visible()
    samir.page.get_by_role("link", name="Show the run").click()
    expect(samir.page.get_by_role("heading", name="Discount of 9 percent", level=1)).to_be_visible()


def test_k2_what_is_open_still_is_shown_after_saving(demo: Demo, arrive: Arrive) -> None:
    case = first(demo, "case")["id"]
    page = """<stepwell:recordPage recordType="case" record="= about">
      <stepwell:filter><stepwell:condition field="subject" op="=" value="Solved"/></stepwell:filter></stepwell:recordPage>"""
    begin(demo, "wanted", page, actor="jon", about=case)
    jon = arrive(demo, "jon", viewport={"width": 1280, "height": 600})
    jon.open("Step of wanted")
    jon.page.get_by_label("Subject*").fill("Not yet")
    jon.press("Save")
    expect(jon.page.get_by_text("Saved. 1 condition is still open.")).to_be_visible()
    expect(jon.page.get_by_text("Subject is Solved")).to_be_in_viewport()


def test_k5_a_record_is_added_from_the_field_that_wants_it(demo: Demo, arrive: Arrive) -> None:
    demo.start("prepare_offer", actor="samir", account=first(demo, "account")["id"])
    samir = arrive(demo, "samir")
    samir.row("Offer for").first.get_by_role("link").click()
    samir.page.get_by_label("Net amount in EUR").fill("2000")
    samir.press("Next")
    field = samir.page.get_by_label("Contact*")
    field.fill("Zoe Zander")
    samir.page.get_by_role("option", name="New: “Zoe Zander”").click()
    dialog = samir.page.get_by_role("dialog", name="New: Contact")
    expect(dialog.get_by_label("Name")).to_have_value("Zoe Zander")
    assert findings(samir.page) == []
    dialog.get_by_role("button", name="Add").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("E-mail").fill("zoe@example.org")
    dialog.get_by_role("button", name="Add").click()
    expect(field).to_have_value("Zoe Zander")
    samir.press("Back")
    expect(samir.page.get_by_label("Net amount in EUR")).to_have_value("2000")


OWN_PAGE = """<stepwell:hint>Look **closely**.</stepwell:hint><stepwell:page>{"components": [
  {"type": "textfield", "key": "title", "label": "Title", "validate": {"required": true}},
  {"type": "group", "id": "more", "label": "More", "components": [
    {"type": "select", "key": "kind", "label": "Kind", "values": [{"value": "a", "label": "Apple"}]},
    {"type": "datetime", "subtype": "date", "key": "day", "label": "Day"}]},
  {"type": "lookup", "key": "account", "label": "Account", "recordType": "account"}]}
  <stepwell:button code="done" label="Keep"/></stepwell:page>"""


def test_k5_a_field_that_was_only_passed_is_not_wrong_before_one_saves(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "passed", OWN_PAGE, actor="vera")
    vera = arrive(demo, "vera")
    vera.open("Step of passed")
    title = vera.page.get_by_label("Title*")
    expect(title).to_be_focused()
    vera.page.get_by_label("What this step is about").click()
    expect(vera.page.get_by_text("Look closely.")).to_be_visible()
    missing = vera.page.get_by_text("Expected a value, but there is none.")
    expect(missing).to_have_count(0)
    vera.press("Keep")
    expect(missing).to_be_visible()
    expect(title).to_be_focused()
    title.fill("A title")
    expect(missing).to_have_count(0)
    title.fill("")
    expect(missing).to_be_visible()


def test_k5_what_form_js_writes_itself_is_in_the_language_of_the_person(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "german", OWN_PAGE, actor="lena")
    lena = arrive(demo, "lena", locale="de-DE")
    lena.page.get_by_role("link", name="Step of german").first.click()
    expect(lena.page.get_by_text("Auswählen", exact=True)).to_be_visible()
    day = lena.page.get_by_label("Day")
    expect(day).to_have_attribute("placeholder", "TT.MM.JJJJ")
    day.click()
    calendar = lena.page.locator(".flatpickr-calendar.open")
    expect(calendar.get_by_text("Mo", exact=True)).to_be_visible()
    calendar.get_by_text("15", exact=True).click()
    expect(day).to_have_value(re.compile(r"^15\."))


def test_k5_a_long_list_of_choices_says_that_typing_finds_more(demo: Demo, arrive: Arrive) -> None:
    for number in range(51):
        values = {"name": f"Chain shop {number:02d}", "city": "Oslo"}
        added = demo.server.client.post("/records/account", json={"values": values})
        assert added.status_code == 201, added.text
    begin(demo, "many", OWN_PAGE, actor="samir")
    samir = arrive(demo, "samir")
    samir.open("Step of many")
    field = samir.page.get_by_label("Account")
    field.click()
    expect(samir.page.get_by_text("The first 50. Type to find others.")).to_be_visible()
    expect(samir.page.get_by_role("option", name="Chain shop 00")).to_have_count(0)
    field.fill("shop 00")
    samir.page.get_by_role("option", name="Chain shop 00").click()
    expect(field).to_have_value("Chain shop 00")


def test_k8_files_of_a_mail_are_kept_at_once_and_shown_again(
    demo: Demo, arrive: Arrive, tmp_path: Path
) -> None:
    mail = '<stepwell:emailDraft from="a@example.org" to="b@example.org" subject="Hello"/>'
    begin(demo, "mail", mail, actor="mia")
    mia = arrive(demo, "mia")
    mia.open("Step of mail")
    (tmp_path / "offer.txt").write_text("The offer")
    with mia.page.expect_file_chooser() as chooser:
        mia.page.get_by_role("button", name="Add a file").click()
    chooser.value.set_files(tmp_path / "offer.txt")
    expect(mia.page.get_by_role("main").get_by_role("link", name="offer.txt").first).to_be_visible()
    expect(mia.page.get_by_text("Draft kept")).to_be_visible()
    mia.page.reload()
    expect(mia.page.get_by_role("main").get_by_role("link", name="offer.txt").first).to_be_visible()
    mia.page.get_by_role("button", name="Remove offer.txt").click()
    expect(mia.page.get_by_role("button", name="Remove offer.txt")).to_have_count(0)
    expect(mia.page.get_by_role("button", name="Send", exact=True)).to_be_visible()


def open_case(demo: Demo, arrive: Arrive, name: str) -> tuple[Person, str]:
    """Somebody has the page of a case open; gives its id."""
    case = first(demo, "case")["id"]
    begin(demo, "edit", '<stepwell:recordPage recordType="case" record="= about"/>', actor=name, about=case)
    person = arrive(demo, name)
    person.open("Step of edit")
    expect(person.page.get_by_label("Subject*")).to_be_visible()
    return person, case


def test_k2_who_saves_second_sees_both_versions_and_chooses(demo: Demo, arrive: Arrive) -> None:
    jon, case = open_case(demo, arrive, "jon")
    jon.page.get_by_label("Subject*").fill("What Jon says")
    changed = demo.server.client.put(
        f"/records/{case}", json={"values": {"subject": "What Mia says"}, "actor": "mia"}
    )
    assert changed.status_code == 200, changed.text
    jon.press("Save")
    dialog = jon.page.get_by_role("dialog", name="Somebody has saved before you")
    expect(dialog).to_contain_text("Mia Kowalska has saved this record meanwhile")
    expect(dialog.get_by_role("radio", name="What Jon says")).to_be_checked()
    assert findings(jon.page) == []
    dialog.get_by_role("radio", name="What Mia says").check()
    dialog.get_by_role("button", name="Save").click()
    expect(jon.row("Step of edit")).to_have_count(0)
    assert demo.server.client.get(f"/records/{case}").json()["values"]["subject"] == "What Mia says"


def test_r5_what_was_typed_survives_the_tab_and_the_server_out_of_reach(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="vera")
    vera = arrive(demo, "vera")
    vera.open("Who is the new customer?")
    vera.page.context.route("**/draft", lambda route: route.abort())
    vera.page.get_by_label("Company").fill("Typed in a tunnel")
    expect(vera.page.get_by_text("Kept in this browser until the server can be reached")).to_be_visible()
    address = vera.page.url
    other = vera.page.context.new_page()
    vera.page.close()
    other.goto(address)
    expect(other.get_by_label("Company")).to_have_value("Typed in a tunnel")
    vera.page.context.unroute("**/draft")
    other.get_by_label("City").fill("Oslo")
    expect(other.get_by_text("Draft kept")).to_be_visible()
    assert comes_true(other, "!Object.keys(localStorage).some((one) => one.includes('unsaved'))")
    assert findings(other) == []


def test_s5_what_was_typed_last_is_kept_when_only_an_older_draft_arrived(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="samir")
    samir = arrive(demo, "samir")
    samir.open("Who is the new customer?")
    arrived: list[bool] = []

    def lose(route: Route) -> None:
        if not arrived:
            arrived.append(route.fetch().ok)
        route.abort()

    samir.page.route("**/draft", lose)
    company = samir.page.get_by_label("Company")
    company.fill("Typed first")
    expect(samir.page.get_by_text("Kept in this browser until the server can be reached")).to_be_visible()
    company.fill("Typed last")
    assert comes_true(samir.page, "Object.values(localStorage).some((one) => one.includes('Typed last'))")
    samir.page.reload()
    expect(company).to_have_value("Typed last")
    assert arrived == [True]


def test_s5_drafts_arrive_in_the_order_in_which_they_were_typed(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="nora")
    nora = arrive(demo, "nora")
    nora.open("Who is the new customer?")
    held: list[Route] = []
    nora.page.route("**/draft", lambda route: route.continue_() if held else held.append(route))
    company = nora.page.get_by_label("Company")
    with nora.page.expect_request("**/draft"):
        company.fill("Old")
    company.fill("New")
    nora.press("Close")
    expect(company).to_be_hidden()
    assert "Old" in str(held[0].request.post_data)
    with nora.page.expect_response(lambda one: "New" in str(one.request.post_data)):
        held[0].continue_()
    nora.open("Who is the new customer?")
    expect(company).to_have_value("New")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_steps_are_for_everybody(demo: Demo, arrive: Arrive, scheme: str) -> None:
    demo.start("review_document", record=first(demo, "document")["id"])
    begin(demo, "mail", '<stepwell:emailDraft to="b@example.org" subject="Hi"/>', actor="samir")
    screen = {"viewport": {"width": 390, "height": 844}, "color_scheme": scheme}
    samir = arrive(demo, "samir", path="/tasks", **screen)
    samir.page.get_by_role("link", name="Approve").first.click()
    expect(samir.page.get_by_role("region", name="Approvers")).to_be_visible()
    assert findings(samir.page) == []
    assert is_as_wide_as_the_screen(samir.page)
    samir.press("Close")
    samir.page.get_by_role("link", name="Step of mail").first.click()
    expect(samir.page.get_by_role("button", name="Add a file")).to_be_visible()
    assert findings(samir.page) == []
    assert is_as_wide_as_the_screen(samir.page)
