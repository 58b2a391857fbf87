"""What one is told, and what one sets for oneself."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Arrive, Demo, Person, comes_true
from tests.web.test_for_everybody import SCREENS, visit

WELCOME = "Who is the new customer?"
POPS_UP = """
  window.popped = [];
  window.Notification = class extends EventTarget {
    static permission = "default";
    static requestPermission() { Notification.permission = "granted"; return Promise.resolve("granted"); }
    constructor(title, more) { super(); window.popped.push(`${title} | ${more.body}`); }
    close() {}
  };
"""


def give(demo: Demo, whose: str, to: str) -> str:
    """A step of one person is handed to another, by Vera."""
    instance = demo.start("welcome_customer", actor=whose)
    [task] = demo.server.client.get("/user-tasks", params={"instance": instance}).json()["items"]
    handed = demo.server.client.post(
        f"/user-tasks/{task['id']}/reassign", json={"assignee": to, "actor": "vera"}
    )
    assert handed.status_code == 200, handed.text
    return str(task["id"])


def told(person: Person) -> Page:
    """The side of the panel that says what one was told."""
    person.page.get_by_role("tab", name="Notifications").click()
    expect(person.page.get_by_role("region", name="Notifications")).to_be_visible()
    return person.page


def test_what_one_is_told_comes_by_itself_and_opens_the_step(demo: Demo, arrive: Arrive) -> None:
    paul = arrive(demo, "paul")
    expect(paul.panel.get_by_text("Live", exact=True)).to_be_visible()
    told(paul)
    give(demo, "tom", to="paul")
    expect(paul.page.get_by_role("tab", name="1 unread notifications")).to_be_visible()
    expect(paul.page.get_by_text("Vera Lindqvist gave you this step", exact=True)).to_be_visible()
    paul.page.get_by_role("region", name="Notifications").get_by_role("link", name=WELCOME).click()
    paul.sees(WELCOME)
    expect(paul.page.get_by_role("tab", name="Notifications", exact=True)).to_be_visible()


def test_a_notification_is_put_off_and_the_others_are_read(demo: Demo, arrive: Arrive) -> None:
    for _ in range(2):
        give(demo, "tom", to="jon")
    jon = arrive(demo, "jon")
    page = told(jon)
    rows = page.get_by_role("button", name=f"Actions: {WELCOME}")
    expect(rows).to_have_count(2)
    rows.first.click()
    page.get_by_role("menuitem", name="At another time").click()
    page.get_by_label("When").fill("2020-01-01T09:00")
    jon.press("Remind me")
    expect(page.get_by_text("Expected a time in the future")).to_be_visible()
    page.get_by_label("When").fill("2030-01-01T09:00")
    jon.press("Remind me")
    expect(page.get_by_text("Expected a time within a year")).to_be_visible()
    page.keyboard.press("Escape")
    rows.first.click()
    page.get_by_role("menuitem", name="Tomorrow at 9").click()
    expect(rows).to_have_count(1)
    jon.press("Mark all as read")
    page.get_by_label("Only unread").check()
    expect(page.get_by_text("Everything is read.")).to_be_visible()


def test_the_panel_stays_closed_and_shows_its_counters(demo: Demo, arrive: Arrive) -> None:
    give(demo, "tom", to="mia")
    mia = arrive(demo, "mia")
    mia.press("Close the panel")
    page = mia.page
    page.reload()
    page.get_by_role("button", name="Notifications 1 unread notifications").press("Enter")
    expect(page.get_by_role("tab", name="Notifications")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(mia.row(WELCOME)).to_be_visible()
    page.keyboard.press("Escape")
    expect(mia.panel).to_have_count(0)
    expect(page.get_by_role("button", name="Business process tasks 1 task needs")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep the panel open").last.click()
    expect(mia.row(WELCOME)).to_be_visible()


def test_the_names_of_the_sides_stand_in_one_line(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="ines")
    give(demo, "tom", to="ines")
    page = arrive(demo, "ines").page
    expect(page.get_by_role("tab", name="1 unread notifications")).to_be_visible()
    sides = page.get_by_role("tab").all()
    boxes = [box for side in sides if (box := side.bounding_box())]
    assert [box["height"] < 50 for box in boxes] == [True, True]
    assert boxes[1]["x"] + boxes[1]["width"] <= 1280


def test_a_pop_up_is_asked_for_by_a_press_and_comes_in_one_tab(demo: Demo, arrive: Arrive) -> None:
    nora = arrive(demo, "nora", path="/settings")
    context = nora.page.context
    context.add_init_script(POPS_UP)
    context.add_init_script("document.hasFocus = () => false")
    nora.page.reload()
    nora.press("Allow pop-ups in this browser")
    expect(nora.page.get_by_text("This browser may show them.")).to_be_visible()
    other = context.new_page()
    other.goto(demo.address)
    expect(other.get_by_text("Live", exact=True)).to_be_visible()
    for page in (nora.page, other):
        page.evaluate("Notification.permission = 'granted'")
    nora.page.mouse.down()
    nora.page.mouse.up()
    give(demo, "tom", to="nora")
    expect(other.get_by_role("tab", name="1 unread notifications")).to_be_visible()
    assert comes_true(nora.page, "window.popped.length > 0")
    assert nora.page.evaluate("window.popped") == [f"{WELCOME} | Vera Lindqvist gave you this step"]
    assert other.evaluate("window.popped") == []


def test_settings_hold_at_once(demo: Demo, arrive: Arrive) -> None:
    samir = arrive(demo, "samir", path="/settings")
    page = samir.page
    page.get_by_label("Steps open by themselves").press("Space")
    expect(page.get_by_text("Saved.")).to_be_visible()
    zone = page.get_by_role("combobox", name="Time zone")
    zone.fill("tokyo")
    page.get_by_role("option", name="Asia/Tokyo").click()
    expect(zone).to_have_value("Asia/Tokyo")
    page.get_by_label("Language", exact=True).select_option("de")
    expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Schritte öffnen sich von selbst")).not_to_be_checked()
    expect(page.get_by_role("combobox", name="Zeitzone")).to_have_value("Asia/Tokyo")


def test_a_password_is_changed_by_who_knows_it(demo: Demo, arrive: Arrive) -> None:
    added = demo.server.client.post("/people", json={"name": "pia", "password": demo.password})
    assert added.status_code == 201, added.text
    pia = arrive(demo, "pia", path="/settings")
    page = pia.page
    page.get_by_label("Password now").fill("another one")
    page.get_by_label("New password", exact=True).fill("harbour lights 7")
    page.get_by_label("New password, again").fill("harbour lights 8")
    pia.press("Change password")
    expect(page.get_by_text("Expected the new password once more")).to_be_visible()
    page.get_by_label("New password, again").fill("harbour lights 7")
    pia.press("Change password")
    expect(page.get_by_text("Expected the password as it is now")).to_be_visible()
    page.get_by_label("Password now").fill(demo.password)
    pia.press("Change password")
    expect(page.get_by_text("Your password is another one now.")).to_be_visible()


def test_an_api_token_is_shown_once_and_revoked(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", path="/settings")
    page = tom.page
    tom.press("New API token")
    tom.press("Create token")
    expect(page.get_by_text("Expected what it is for")).to_be_visible()
    page.get_by_label("What it is for").fill("Monthly report")
    tom.press("Create token")
    secret = page.get_by_label("API token", exact=True).input_value()
    asked: dict[str, Any] = {"headers": {"authorization": f"Bearer {secret}"}, "trust_env": False}
    assert httpx.get(f"{demo.address}/api/v1/me", **asked).json()["name"] == "tom"
    tom.press("I have copied it")
    expect(page.get_by_text("Read · valid until")).to_be_visible()
    assert secret not in page.content()
    tom.press("Revoke: Monthly report")
    page.get_by_role("dialog").get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_text("There is no API token.")).to_be_visible()
    assert httpx.get(f"{demo.address}/api/v1/me", **asked).status_code == 401


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_of_ones_own_has_a_serious_finding(
    demo: Demo, arrive: Arrive, screen: dict[str, Any]
) -> None:
    seen: dict[str, list[str]] = {}
    give(demo, "tom", to="ines")
    ines = arrive(demo, "ines", path="/notifications", **screen)
    page = ines.page
    page.get_by_role("button", name=f"Actions: {WELCOME}").first.click()
    expect(page.get_by_role("menuitem", name="In an hour")).to_be_visible()
    visit(ines, "notifications, with a menu", seen)
    page.get_by_role("menuitem", name="At another time").click()
    expect(page.get_by_label("When")).to_be_visible()
    visit(ines, "a time of one's own", seen)
    page.goto(f"{demo.address}/settings")
    expect(page.get_by_text("This browser", exact=False).first).to_be_visible()
    visit(ines, "settings", seen)
    ines.press("New API token")
    expect(page.get_by_label("What it is for")).to_be_visible()
    visit(ines, "a new API token", seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)
