"""What is told to somebody who does not know yet how it works: what putting off means, where one is, what runs."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_dialogs import QUESTION
from tests.web.test_step_pages import begin


def test_s4_who_puts_off_what_nobody_has_is_told_that_it_leaves_all_panels(
    demo: Demo, arrive: Arrive
) -> None:
    begin(demo, "ours", '<stepwell:assignment roles="service"/>', actor="paul")
    begin(demo, "mine", "", actor="jon")
    jon = arrive(demo, "jon")
    hint = jon.page.get_by_text("Nobody has taken this step")
    jon.open("Step of ours")
    later = jon.page.get_by_role("button", name="Perform later")
    later.press("Enter")
    expect(jon.page.get_by_role("textbox", name="Start")).to_be_focused()
    expect(hint).to_be_visible()
    jon.press("Cancel")
    expect(later).to_be_focused()
    jon.open("Step of mine")
    later.press("Enter")
    expect(jon.page.get_by_role("textbox", name="Start")).to_be_focused()
    expect(hint).to_have_count(0)


def test_what_is_wrong_with_a_question_is_said_only_while_it_is(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "asked", QUESTION, actor="mia")
    mia = arrive(demo, "mia")
    mia.open("Step of asked")
    group = mia.page.get_by_role("group", name="Choose one", exact=True)
    expect(group).to_have_accessible_description("")
    mia.press("Save")
    expect(group).to_have_accessible_description("Expected an answer, but none is chosen.")
    group.get_by_role("radio").first.check()
    expect(group).to_have_accessible_description("")


def test_t6_where_the_panel_is_not_shown_the_counters_stand_in_the_top_bar(
    demo: Demo, arrive: Arrive
) -> None:
    nora = arrive(demo, "nora", path="/tasks")
    top = nora.page.get_by_role("banner")
    expect(top.get_by_role("link", name="Notifications")).to_be_visible()
    top.get_by_role("link", name="Notifications").click()
    expect(nora.page.get_by_role("heading", name="Notifications", level=1)).to_be_visible()
    nora.page.get_by_role("link", name="Home").first.click()
    expect(top.get_by_role("link", name="Notifications")).to_have_count(0)


def test_o2_a_run_says_how_long_it_runs_and_until_when_a_step_is_put_off(demo: Demo, arrive: Arrive) -> None:
    instance = begin(demo, "postponed", "", actor="tom")
    [task] = demo.server.client.get("/user-tasks", params={"instance": instance}).json()["items"]
    body = {"start_at": (datetime.now(UTC) + timedelta(days=400)).isoformat(), "actor": "tom"}
    assert demo.server.client.post(f"/user-tasks/{task['id']}/postpone", json=body).status_code == 200
    tom = arrive(demo, "tom", path=f"/log/{instance}")
    expect(tom.page.get_by_text("Running for")).to_be_visible()
    expect(tom.page.get_by_text("Took", exact=True)).to_have_count(0)
    expect(tom.page.get_by_text("put off until")).to_be_visible()


def test_what_was_started_last_stands_first_among_the_processes_of_the_home_page(
    demo: Demo, arrive: Arrive
) -> None:
    for name in ("aaa", "zzz"):
        begin(demo, name, "", actor="lena")
    lena = arrive(demo, "lena")
    rows = lena.page.get_by_role("region", name="Etwas beginnen").get_by_role("listitem")
    expect(rows).to_have_text(["zzz", "aaa"])


def test_a_message_does_not_stand_over_the_tour(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "toured", '<stepwell:assignment roles="management"/>', actor="paul")
    vera = arrive(demo, "vera", has_tour=True)
    vera.press("Begin")
    vera.press("Run process")
    expect(vera.page.get_by_label("Search processes")).to_be_focused()
    vera.page.keyboard.press("Escape")
    vera.act("Step of toured", "Assign to me")
    message = vera.page.get_by_text("“Step of toured” is yours now.")
    expect(message).to_be_visible()
    card = vera.page.get_by_role("region", name="Tour")
    end = card.get_by_role("button", name="End the tour")
    expect(end).to_be_visible()
    end.click(trial=True)
