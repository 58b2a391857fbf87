"""Filling in: what a start asks for, times to the minute, questions with an activity, and where the keyboard is."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_for_everybody import findings
from tests.web.test_step_pages import begin, choose, first

ABOUT_RECORDS = (
    ("Prepare an offer", "Account", "account", "tom"),
    ("Look after an urgent case", "Case", "case", "mia"),
    ("Review a document", "Document", "document", "nora"),
)
TYPED = """field => {
  field.value = "Typed and gone";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return Object.values(localStorage).some((one) => one.includes("Typed and gone"));
}"""


@pytest.mark.parametrize(
    ("name", "label", "record_type", "person"),
    ABOUT_RECORDS,
    ids=[one[0] for one in ABOUT_RECORDS],
)
def test_r1_a_process_about_a_record_runs_from_run_process(
    demo: Demo, arrive: Arrive, name: str, label: str, record_type: str, person: str
) -> None:
    record = first(demo, record_type)
    who = arrive(demo, person)
    who.press("Run process")
    who.page.get_by_label("Search processes").fill(name)
    who.page.get_by_role("dialog").get_by_role("button", name=name).first.press("Enter")
    field = who.page.get_by_role("dialog").get_by_label(f"{label}*")
    expect(field).to_be_focused()
    expect(who.page.get_by_role("option")).to_have_count(0)
    who.page.keyboard.type(record["title"])
    who.page.get_by_role("option", name=record["title"]).first.click()
    with who.page.expect_response("**/api/v1/instances") as answer:
        who.press("Start")
    started = answer.value.json()
    assert started["state"] != "incident", started
    found = demo.server.client.get(f"/instances/{started['id']}/variables").text
    assert f'"{record["id"]}"' in found


def test_enter_starts_a_process_on_a_record_when_nothing_else_is_asked(demo: Demo, arrive: Arrive) -> None:
    record = first(demo, "account")
    tom = arrive(demo, "tom", path=f"/records/{record['id']}")
    tom.page.get_by_role("main").get_by_role("button", name="Run process").click()
    tom.page.get_by_role("menuitem", name="Prepare an offer").click()
    expect(tom.page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    tom.page.keyboard.press("Enter")
    tom.sees("Offer for")


def test_k1_times_are_to_the_minute_and_what_nobody_touches_stays(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "minutes", '<stepwell:activityStep category="Call"/>', actor="vera")
    vera = arrive(demo, "vera")
    [before] = activities(demo, "Step of minutes")
    vera.open("Step of minutes")
    id = vera.page.url.rsplit("/", 1)[-1]
    due, start = vera.page.get_by_label("Due"), vera.page.get_by_label("Start*", exact=True)
    expect(start).to_have_value(re.compile(r"^20.*:\d\d$"))
    due.focus()
    vera.page.get_by_label("Details of the result").focus()
    vera.press("Close")
    expect(due).to_have_count(0)
    page = demo.post_as("vera", f"/user-tasks/{id}/open", {}).json()
    assert page.get("draft") is None
    vera.open("Step of minutes")
    expect(vera.page.get_by_text("Draft kept")).to_have_count(0)
    due.fill("2031-03-04T14:37")
    expect(vera.page.get_by_text("Draft kept")).to_be_visible()
    assert findings(vera.page) == []
    vera.press("Save for later")
    vera.page.reload()
    expect(due).to_have_value("2031-03-04T14:37")
    [after] = activities(demo, "Step of minutes")
    assert after["values"]["start"] == before["values"]["start"]
    assert after["values"]["due"][:16] != before["values"]["due"]


def activities(demo: Demo, subject: str) -> list[dict[str, dict[str, str]]]:
    found = demo.server.client.get("/records/activity", params={"search": subject}).json()["items"]
    return [one for one in found if one["values"]["subject"] == subject]


def test_k3_s7_a_question_with_an_activity_is_answered_by_keys_and_says_what_is_missing(
    demo: Demo, arrive: Arrive
) -> None:
    question = (
        '<stepwell:question><stepwell:answer code="y" label="Yes"/><stepwell:answer code="n" label="No"/>'
        "</stepwell:question>"
    )
    begin(demo, "keys", f'<stepwell:activity category="Meeting"/>{question}', actor="tom")
    tom = arrive(demo, "tom")
    tom.open("Step of keys")
    expect(tom.page.get_by_text("Result", exact=True)).to_be_visible()
    expect(tom.page.get_by_role("radio", name="Yes")).to_be_focused()
    tom.page.keyboard.press("2")
    expect(tom.page.get_by_role("radio", name="No")).to_be_checked()
    assert findings(tom.page) == []
    tom.page.keyboard.press("Enter")
    expect(tom.page.get_by_text("“Step of keys” is kept.")).to_be_visible()
    expect(tom.row("Step of keys")).to_contain_text("Result missing")
    tom.open("Step of keys")
    choose(tom, "Result*", "Completed")
    tom.press("Save")
    expect(tom.row("Step of keys")).to_have_count(0)


def test_s5_what_is_typed_is_in_the_browser_in_the_same_moment(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="jon")
    jon = arrive(demo, "jon")
    jon.open("Who is the new customer?")
    company = jon.page.get_by_label("Company")
    expect(company).to_be_focused()
    assert company.evaluate(TYPED)


def test_a_number_is_read_as_the_person_writes_numbers_and_never_guessed(demo: Demo, arrive: Arrive) -> None:
    page = """<stepwell:page>{"components": [{"type": "number", "key": "amount", "label": "Betrag", "decimalDigits": 2,
      "appearance": {"suffixAdorner": "EUR"}}], "buttons": [{"code": "done", "label": "Fertig"}]}</stepwell:page>"""
    id = begin(demo, "amounts", page, actor="lena")
    [task] = demo.server.client.get("/user-tasks", params={"instance": id}).json()["items"]
    lena = arrive(demo, "lena", path=f"/?step={task['id']}")
    amount = lena.page.get_by_label("Betrag")
    expect(lena.page.get_by_text("EUR", exact=True)).to_be_visible()
    amount.press_sequentially("1,234.50")
    lena.press("Fertig")
    expect(lena.page.get_by_text("aber da steht „1,234.50“")).to_be_visible()
    amount.fill("")
    amount.press_sequentially("1.234,50")
    amount.blur()
    expect(amount).to_have_value("1234,5")
    expect(lena.page.get_by_text("aber da steht")).to_have_count(0)
    amount.press("ArrowUp")
    expect(amount).to_have_value("1234,51")
    amount.press_sequentially("x")
    lena.page.reload()
    expect(amount).to_have_value("1234,51x")


def test_r2_what_is_emptied_at_the_start_stays_empty(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom")
    tom.page.get_by_role("button", name="Run process").first.click()
    dialog = tom.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Order An order").click()
    dialog.get_by_label("Customer").fill("")
    dialog.get_by_label("Net amount").fill("1.5.5")
    dialog.get_by_role("button", name="Start").click()
    expect(dialog.get_by_text("but found “1.5.5”")).to_be_visible()
    dialog.get_by_label("Net amount").fill("1,250.5")
    with tom.page.expect_response("**/instances") as answered:
        dialog.get_by_role("button", name="Start").click()
    assert answered.value.request.post_data_json["variables"] == {"customer": None, "amount": 1250.5}
    id = answered.value.json()["id"]
    assert demo.server.client.get(f"/instances/{id}/variables").json()["variables"]["customer"] is None


def test_k2_the_next_part_begins_at_its_first_field(demo: Demo, arrive: Arrive) -> None:
    demo.start("prepare_offer", actor="samir", account=first(demo, "account")["id"])
    samir = arrive(demo, "samir")
    samir.row("Offer for").first.get_by_role("link").click()
    amount = samir.page.get_by_label("Net amount in EUR")
    expect(amount).to_be_focused()
    amount.press_sequentially("2000.5")
    expect(amount).to_have_value("2000.5")
    samir.press("Next")
    expect(samir.page.get_by_label("Delivery by")).to_be_focused()
    expect(samir.page.locator(".flatpickr-calendar.open")).to_have_count(0)
    samir.press("Next")
    expect(samir.page.get_by_text("Expected a value, but there is none.").first).to_be_visible()
    expect(samir.page.get_by_label("Delivery by")).to_be_focused()
    expect(samir.page.locator(".flatpickr-calendar.open")).to_have_count(0)
    samir.press("Back")
    expect(amount).to_be_focused()
