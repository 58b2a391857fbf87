"""The Activities section: list, calendar, the page of an activity, and the step that waits for it (D3, K1, S7)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_for_everybody import SCREENS, visit

OSLO, WARSAW = ZoneInfo("Europe/Oslo"), ZoneInfo("Europe/Warsaw")


def activity(demo: Demo, by: str, subject: str, hours: float = 1, **values: object) -> str:
    """An activity that somebody made; its number."""
    start = datetime.now(UTC) + timedelta(hours=hours)
    given = {"subject": subject, "owner": by, "start": start.isoformat(), **values}
    made = demo.server.client.post("/records/activity", json={"values": given, "actor": by})
    assert made.status_code == 201, made.text
    return str(made.json()["id"]).partition("/")[2]


@pytest.fixture(scope="module")
def calls(demo: Demo) -> dict[str, dict[str, Any]]:
    """The activities of the steps of Monday's calls, one of each person who has some."""
    demo.start("monday_calls", actor="vera")
    found = demo.server.client.get("/activities", params={"of_process": True}).json()["items"]
    return {one["values"]["owner"]: one for one in found}


def step(demo: Demo, id: str) -> dict[str, Any]:
    found = demo.server.client.get(f"/user-tasks/{id}")
    assert found.status_code == 200, found.text
    return dict(found.json())


def rows(page: Page) -> Any:
    return page.get_by_role("table", name="Activities").get_by_role("row")


def test_d3_the_list_is_narrowed_by_whose_and_which(demo: Demo, arrive: Arrive) -> None:
    activity(demo, "jon", "Count the chairs")
    activity(demo, "jon", "Was due", hours=-50, due=(datetime.now(UTC) - timedelta(hours=40)).isoformat())
    activity(demo, "jon", "Is over", status="completed")
    activity(demo, "jon", "For the team", owner="", owner_role="service")
    jon = arrive(demo, "jon", path="/activities")
    page = jon.page
    expect(page.get_by_role("link", name="For the team")).to_be_visible()
    expect(page.get_by_role("link", name="Is over")).to_have_count(0)
    page.get_by_label("Whose").select_option("mine")
    expect(page.get_by_role("link", name="For the team")).to_have_count(0)
    expect(page.get_by_role("link", name="Count the chairs")).to_be_visible()
    page.get_by_label("Status", exact=True).select_option("overdue")
    expect(page.get_by_role("link", name="Count the chairs")).to_have_count(0)
    expect(page.get_by_role("link", name="Was due")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Was due")).to_be_visible()
    page.get_by_label("Status", exact=True).select_option("all")
    page.get_by_label("Search activities").fill("over")
    expect(page.get_by_role("link", name="Is over")).to_be_visible()
    expect(page.get_by_role("link", name="Was due")).to_have_count(0)
    page.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Activities").click()
    expect(page.get_by_label("Search activities")).to_have_value("")
    expect(page.get_by_role("link", name="For the team")).to_be_visible()


def test_an_address_with_a_day_that_there_is_not_shows_today(demo: Demo, arrive: Arrive) -> None:
    jon = arrive(demo, "jon", path="/activities?view=calendar&at=2026-13-45")
    calendar = jon.page.get_by_role("region", name="Calendar")
    expect(calendar.get_by_role("heading", level=2)).to_be_visible()
    expect(calendar.get_by_role("button", name=re.compile(r"^Mon \d+$"))).to_be_visible()


def test_d3_the_calendar_is_narrowed_as_the_list_is(demo: Demo, arrive: Arrive) -> None:
    day = "2027-02-10"
    shown = {"in_calendar": True, "start": f"{day}T10:00:00Z"}
    activity(demo, "jon", "Tell the team about the numbers of this quarter and of the next one", **shown)
    activity(demo, "jon", "Has ended", status="completed", **shown)
    activity(demo, "jon", "For whoever has time", **{**shown, "owner": "", "owner_role": "service"})
    jon = arrive(demo, "jon", path=f"/activities?view=calendar&span=day&at={day}")
    page = jon.page
    ours = page.get_by_role("link", name="For whoever has time")
    expect(ours).to_be_visible()
    expect(page.get_by_role("link", name="Has ended")).to_have_count(0)
    page.get_by_label("Whose").select_option("mine")
    expect(ours).to_have_count(0)
    page.get_by_label("Status", exact=True).select_option("all")
    expect(page.get_by_role("link", name="Has ended")).to_be_visible()
    page.get_by_text("List", exact=True).click()
    expect(page.get_by_role("table", name="Activities")).to_be_visible()
    expect(ours).to_have_count(0)
    page.get_by_text("Calendar", exact=True).click()
    expect(page.get_by_role("heading", name="Wednesday, 10 February 2027")).to_be_visible()
    expect(page.get_by_role("link", name="Has ended")).to_be_visible()
    page.get_by_text("Week", exact=True).click()
    long = page.get_by_role("link", name=re.compile("Tell the team"))
    expect(long).to_have_attribute("title", re.compile("of the next one"))
    lines = "(e) => [e.clientHeight, parseFloat(getComputedStyle(e).lineHeight)]"
    height, line = long.locator("span").first.evaluate(lines)
    assert height % line == 0  # whole lines only


def test_d3_a_new_activity_stands_in_list_and_calendar(demo: Demo, arrive: Arrive) -> None:
    page = arrive(demo, "mia", path="/activities").page
    page.get_by_role("button", name="New activity").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Expected what is to be done")).to_be_visible()
    page.get_by_role("textbox", name="Subject").fill("Water the plants")
    page.get_by_label("Due").fill("2020-01-01T09:00")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Expected due to be at or after the start")).to_be_visible()
    page.get_by_label(re.compile(r"^Start\b")).fill(
        f"{datetime.now(WARSAW).date()}T12:00"
    )  # hers: this week at any hour
    page.get_by_label("Due").fill("")
    page.get_by_placeholder("Search records").fill("harb")
    page.get_by_role("option", name="Harbour Design Studio").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Water the plants")).to_be_visible()
    page.get_by_text("Calendar", exact=True).click()
    expect(page.get_by_role("link", name="Water the plants")).to_be_visible()
    page.get_by_role("link", name="Water the plants").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Harbour Design Studio")).to_be_visible()


def test_s4_only_what_is_shown_in_the_calendar_stands_there_in_the_persons_zone(
    demo: Demo, arrive: Arrive
) -> None:
    day = "2027-01-13"
    shown = {"in_calendar": True, "start": f"{day}T22:30:00Z"}
    activity(demo, "ines", "Late call", **shown)
    activity(demo, "ines", "Not there", start=f"{day}T10:00:00Z")
    instance = demo.start("welcome_customer", actor="ines")
    [task] = demo.server.client.get("/user-tasks", params={"instance": instance}).json()["items"]
    later = {"start_at": f"{day}T09:00:00Z", "duration": 30, "in_calendar": True, "actor": "ines"}
    assert demo.server.client.post(f"/user-tasks/{task['id']}/postpone", json=later).status_code == 200
    ines = arrive(demo, "ines", path=f"/activities?view=calendar&span=month&at={day}")
    page = ines.page
    expect(page.get_by_role("link", name="22:30 Late call")).to_be_visible()
    expect(page.get_by_role("link", name="Not there")).to_have_count(0)
    page.get_by_role("button", name="Wednesday, 13 January 2027").click()
    expect(page.get_by_role("heading", name="Wednesday, 13 January 2027")).to_be_visible()
    page.get_by_role("link", name="09:00 Who is the new customer?").click()
    ines.sees("Who is the new customer?")
    ines.press("Close")
    page.get_by_role("button", name="Later", exact=True).click()
    expect(page.get_by_role("heading", name="Thursday, 14 January 2027")).to_be_visible()
    expect(page.get_by_role("link", name="Late call")).to_have_count(0)


def test_k1_the_activity_of_a_step_opens_the_step_and_moves_it(
    demo: Demo, arrive: Arrive, calls: dict[str, dict[str, Any]]
) -> None:
    call = calls["lena"]
    lena = arrive(demo, "lena", path="/activities")
    page = lena.page
    page.get_by_role("link", name=call["title"], exact=True).click()
    lena.sees(call["title"])
    lena.press("Schließen")
    page.get_by_role("link", name=f"Die Aktivität selbst zeigen: {call['title']}").click()
    expect(page.get_by_text("Ein Schritt eines Prozesses wartet auf diese Aktivität.")).to_be_visible()
    page.get_by_label("Beginn").fill("2027-03-01T08:00")
    page.get_by_label("Fällig").fill("2027-03-01T09:00")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("ist gespeichert.")).to_be_visible()
    found = step(demo, call["values"]["step"])
    assert (found["start_at"], found["due_at"]) == ("2027-03-01T07:00:00Z", "2027-03-01T08:00:00Z")
    page.get_by_label("Zuständig (Person oder Rolle)").fill("paul")
    page.get_by_role("option", name="Paul").click()
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("Diese Aktivität können Sie nicht sehen")).to_be_visible()
    assert step(demo, call["values"]["step"])["assignee"] == "paul"


def test_r5_a_new_activity_that_is_not_saved_outlives_a_reload_and_other_pages(
    demo: Demo, arrive: Arrive
) -> None:
    tom = arrive(demo, "tom", path="/activities/new")
    page = tom.page
    subject, priority = page.get_by_role("textbox", name="Subject"), page.get_by_label("Priority")
    expect(priority).to_have_value("Medium")
    subject.fill("Sweep the yard")
    priority.select_option("High")
    expect(page.get_by_text("Not saved yet. It is kept in this browser.")).to_be_visible()
    page.reload()
    expect(subject).to_have_value("Sweep the yard")
    page.get_by_role("navigation").get_by_role("link", name="Activities").click()
    page.get_by_role("button", name="New activity").click()
    expect(subject).to_have_value("Sweep the yard")
    expect(priority).to_have_value("High")
    tom.press("Cancel")
    page.get_by_role("button", name="New activity").click()
    expect(subject).to_have_value("")
    expect(priority).to_have_value("Medium")


def test_an_activity_that_somebody_saved_meanwhile_shows_both_and_keeps_what_was_typed(
    demo: Demo, arrive: Arrive
) -> None:
    number = activity(demo, "mia", "Order the paint")
    mia = arrive(demo, "mia", path=f"/activities/{number}")
    page = mia.page
    page.get_by_role("textbox", name="Subject").fill("Order red paint")
    page.get_by_label("Details of the result").fill("Three tins")
    changed = demo.server.client.put(
        f"/records/activity/{number}", json={"values": {"subject": "Order blue paint", "priority": "High"}}
    )
    assert changed.status_code == 200, changed.text
    page.reload()
    expect(page.get_by_role("textbox", name="Subject")).to_have_value("Order red paint")
    mia.press("Save")
    dialog = page.get_by_role("dialog", name="Somebody has saved before you")
    dialog.get_by_label("Theirs: Order blue paint").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Order blue paint")).to_be_visible()
    expect(page.get_by_role("textbox", name="Subject")).to_have_value("Order blue paint")
    expect(page.get_by_label("Priority")).to_have_value("High")
    expect(page.get_by_label("Details of the result")).to_have_value("Three tins")


def test_k1_an_activity_is_done_with_a_result_of_its_step(
    demo: Demo, arrive: Arrive, calls: dict[str, dict[str, Any]]
) -> None:
    call = calls["tom"]
    number = call["id"].partition("/")[2]
    tom = arrive(demo, "tom", path=f"/activities/{number}")
    page = tom.page
    tom.press("Complete")
    expect(page.get_by_text("Expected one of the results Reached, Not reached")).to_be_visible()
    page.get_by_label("Result", exact=True).select_option("Reached")
    tom.press("Complete")
    expect(page.get_by_text("It came from a step of a process")).to_be_visible()
    expect(tom.row(call["title"])).to_have_count(0)
    assert demo.server.client.get(f"/user-tasks/{call['values']['step']}").status_code in (404, 409, 410)


def test_k1_the_list_hears_that_a_step_was_done_and_that_one_came(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", path="/activities?whose=mine")
    expect(tom.panel.get_by_text("Live", exact=True)).to_be_visible()
    before = {one["id"] for one in demo.server.client.get("/activities").json()["items"]}
    demo.start("monday_calls", actor="vera")
    after = demo.server.client.get("/activities", params={"of_process": True}).json()["items"]
    [call] = [one for one in after if one["id"] not in before and one["values"]["owner"] == "tom"]
    link = tom.page.get_by_role("link", name=call["title"], exact=True)
    expect(link).to_be_visible()
    given = {"values": {"status": "completed", "result": "Reached"}, "actor": "tom"}
    done = demo.server.client.put(f"/records/{call['id']}", json=given)
    assert done.status_code == 200, done.text
    expect(link).to_have_count(0)


def test_k1_a_step_keeps_its_activity_unless_both_are_cancelled(
    demo: Demo, arrive: Arrive, calls: dict[str, dict[str, Any]]
) -> None:
    call = calls["samir"]
    number = call["id"].partition("/")[2]
    samir = arrive(demo, "samir", path=f"/activities/{number}")
    samir.press("Delete")
    dialog = samir.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Expected that no step waits")
    samir.page.keyboard.press("Escape")
    samir.page.get_by_label("Status", exact=True).select_option("cancelled")
    samir.press("Save")
    expect(samir.page.get_by_role("alert").filter(has_text="Expected that no step waits")).to_be_visible()
    handed = demo.server.client.post(
        f"/user-tasks/{call['values']['step']}/reassign", json={"assignee": "vera", "actor": "samir"}
    )
    assert handed.status_code == 200, handed.text
    vera = arrive(demo, "vera", path=f"/activities/{number}")
    vera.page.get_by_label("Status", exact=True).select_option("cancelled")
    vera.press("Save")
    vera.press("Cancel both")
    expect(vera.page.get_by_text("It came from a step of a process")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_of_activities_has_a_serious_finding(
    demo: Demo, arrive: Arrive, screen: dict[str, Any]
) -> None:
    seen: dict[str, list[str]] = {}
    now = datetime.now(UTC)
    number = activity(
        demo, "nora", "Look at it", in_calendar=True, due=(now + timedelta(hours=2)).isoformat()
    )
    activity(demo, "nora", "Too late", hours=-50, due=(now - timedelta(hours=40)).isoformat())
    nora = arrive(demo, "nora", path="/activities", **screen)
    page = nora.page
    expect(page.get_by_role("link", name="Too late").first).to_be_visible()
    visit(nora, "the list", seen)
    day = (now + timedelta(hours=1)).astimezone(OSLO).date()
    for span in ("day", "week", "month"):
        page.goto(f"{demo.address}/activities?view=calendar&span={span}&at={day}")
        expect(page.get_by_role("link", name=re.compile("Look at it")).first).to_be_visible()
        visit(nora, f"the {span}", seen)
    page.goto(f"{demo.address}/activities/{number}")
    expect(page.get_by_label("Reminder")).to_be_visible()
    visit(nora, "an activity", seen)
    nora.press("Delete")
    expect(page.get_by_role("dialog")).to_be_visible()
    visit(nora, "the question before deleting", seen)
    page.goto(f"{demo.address}/activities/new")
    nora.press("Save")
    visit(nora, "a new activity with errors", seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)
