"""A day or a time of which a part was taken out is said to be half typed; it is neither saved nor emptied."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_activities import activity
from tests.web.test_notifications import WELCOME, give, told
from tests.web.test_records import made

DAY = "Expected a whole date, but a part of it is missing"
MOMENT = "Expected a whole date and time, but a part of it is missing"


def halve(field: Locator) -> None:
    """Take its first part out, as one does before typing another one."""
    expect(field).to_be_editable()
    field.focus()
    field.press("Backspace")
    expect(field).to_have_value("")


def sent(page: Page) -> list[str]:
    """What is sent to the server from now on, other than what only reads."""
    found: list[str] = []
    page.on("request", lambda asked: found.append(asked.url) if asked.method in ("POST", "PUT") else None)
    return found


def test_d1_a_record_with_a_half_typed_day_is_not_saved(demo: Demo, arrive: Arrive) -> None:
    document = made(
        demo,
        "document",
        number="HALF-1",
        title="Half",
        kind="contract",
        status="draft",
        valid_until="2031-05-05",
    )
    vera = arrive(demo, "vera", path=f"/records/{document['id']}")
    page = vera.page
    vera.press("Edit")
    day = page.get_by_label("Valid until")
    halve(day)
    commands = sent(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text(DAY)).to_be_visible()
    vera.press("Save")
    expect(day).to_be_focused()
    expect(page.get_by_text("Not saved yet")).to_have_count(0)  # the value is what it was
    assert not any("/records/document/" in one for one in commands)
    day.press("Home")
    page.keyboard.type("07")
    expect(day).to_have_value(re.compile("2031-05-07|2031-07-05"))
    expect(page.get_by_text(DAY)).to_have_count(0)
    page.get_by_label("Title").focus()
    halve(day)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Backspace")
    vera.press("Save")  # now it is empty, and meant to be
    expect(page.get_by_role("heading", name="Half")).to_be_visible()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    now = demo.server.client.get(f"/records/{document['id']}").json()["values"]
    assert (now["valid_until"], now["title"]) == (None, "Half")


def test_d3_an_activity_with_a_half_typed_time_is_not_saved(demo: Demo, arrive: Arrive) -> None:
    due = "2031-05-06T09:00:00Z"
    number = activity(demo, "mia", "Count the tins", due=due)
    mia = arrive(demo, "mia", path=f"/activities/{number}")
    page = mia.page
    page.get_by_role("textbox", name="Subject").fill("Count the red tins")
    halve(page.get_by_label("Due"))
    for button in ("Save", "Complete"):
        mia.press(button)
        expect(page.get_by_text(MOMENT)).to_be_visible()
        expect(page.get_by_label("Due")).to_be_focused()
    record = demo.server.client.get(f"/records/activity/{number}").json()
    assert (record["values"]["due"], record["values"]["subject"]) == (due, "Count the tins")
    page.goto(f"{demo.address}/activities/new")
    page.get_by_role("textbox", name="Subject").fill("Never made")
    halve(page.get_by_label("Due"))
    mia.press("Save")
    expect(page.get_by_text(MOMENT)).to_be_visible()


def test_s4_a_step_is_put_off_to_a_whole_time_only(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=2000, customer="Half")
    nora = arrive(demo, "nora")
    page = nora.page
    nora.act("Approve the order", "Perform later")
    start = page.get_by_role("textbox", name="Start")
    before = start.input_value()
    halve(start)
    nora.press("Reschedule")
    expect(page.get_by_text(MOMENT)).to_be_visible()
    nora.press("Tomorrow at 9")
    expect(start).to_have_value(before)
    expect(page.get_by_text(MOMENT)).to_have_count(0)
    nora.press("Reschedule")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_notification_comes_back_at_a_whole_time_only(demo: Demo, arrive: Arrive) -> None:
    give(demo, "tom", to="jon")
    jon = arrive(demo, "jon")
    page = told(jon)
    page.get_by_role("button", name=f"Actions: {WELCOME}").first.click()
    page.get_by_role("menuitem", name="At another time").click()
    halve(page.get_by_label("When"))
    jon.press("Remind me")
    expect(page.get_by_text(MOMENT)).to_be_visible()
