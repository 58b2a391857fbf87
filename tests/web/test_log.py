"""The process log, the page of a run, and its repair, in the browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import Arrive, Demo, Person, demonstration
from tests.web.test_for_everybody import SCREENS, visit

MODELS = Path(__file__).parent / "models"
SHARE = MODELS / "share.bpmn"  # gets stuck when there is nobody to share with
PIECE = Path(__file__).parents[1] / "api" / "models" / "piece.bpmn"
XML = {"content-type": "application/xml"}


@pytest.fixture(scope="module")
def demo(demo: Demo) -> Demo:
    """The demonstration, with processes of ours."""
    for file in (SHARE, MODELS / "delivery.bpmn", PIECE):
        bring_in(demo, file)
    return demo


def bring_in(demo: Demo, file: Path) -> None:
    query = {"name": file.name}
    answer = demo.server.client.post("/deployments", params=query, content=file.read_bytes(), headers=XML)
    assert answer.status_code == 201, answer.text


def element(person: Person, name: str) -> Locator:
    """An element of the diagram."""
    return person.page.locator(f".djs-container g[data-element-id={name}]")


def diagram(person: Person) -> Locator:
    return person.page.get_by_role("group", name="Diagram of")


def is_marked(person: Person, name: str, mark: str) -> None:
    expect(person.page.locator(f"[data-container-id={name}] [data-mark={mark}]")).to_be_visible()


def test_o3_an_operator_repairs_a_run_and_the_step_of_its_participant_opens(
    empty_database_url: str, tmp_path: Path, arrive: Arrive
) -> None:
    with demonstration(empty_database_url, tmp_path) as demo:
        bring_in(demo, SHARE)
        id = demo.start("share", actor="tom")
        tom, vera = arrive(demo, "tom", path=f"/log/{id}"), arrive(demo, "vera")
        vera.page.get_by_role("tab", name="Notifications").click()
        told = vera.page.get_by_role("listitem").filter(has_text="Expected a divisor")
        told.get_by_role("link", name="Bonus of").click()
        expect(tom.page.get_by_role("heading", name="Stuck at Divide it")).to_be_visible()
        expect(tom.page.get_by_role("button", name="Retry")).to_have_count(0)
        stuck = vera.page.get_by_role("region", name="Stuck")
        expect(stuck.get_by_text("Expected a divisor other than 0, but got 0")).to_be_visible()
        is_marked(vera, "divide", "stuck")
        vera.press("Retry")
        expect(stuck.get_by_text("tried 2 times")).to_be_visible()
        repair(vera)
        vera.press("Retry")
        expect(stuck).to_have_count(0)
        is_marked(vera, "divide", "done")
        is_marked(vera, "praise", "waiting")
        expect(vera.page.get_by_text("Vera Lindqvist changed people.")).to_be_visible()
        expect(vera.page.get_by_text("“nobody was counted”")).to_be_visible()
        expect(tom.page.get_by_role("heading", name="Stuck at Divide it")).to_have_count(0)
        tom.page.get_by_role("link", name="Continue: Praise everybody").click()
        tom.sees("Praise everybody")
        tom.press("Done")
        expect(tom.page.get_by_text("Completed", exact=True)).to_be_visible()
        is_marked(tom, "done", "done")


def repair(vera: Person) -> None:
    """Give the number of people another value: not a word, and not without a reason."""
    vera.page.get_by_role("region", name="Stuck").get_by_role("button", name="Change variables").click()
    dialog = vera.page.get_by_role("dialog", name="Change variables")
    value = dialog.get_by_label("Value of people")
    value.fill("two")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Expected a number such as 12.5")).to_be_visible()
    expect(dialog.get_by_text("Expected the reason, but it is empty.")).to_be_visible()
    value.fill("2")
    dialog.get_by_label("Why").fill("nobody was counted")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()


def test_s9_a_step_is_continued_from_the_log_which_stays_as_it_was(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="jon")
    jon = arrive(demo, "jon", path="/log")
    jon.page.get_by_label("Search the log").fill("welcome")
    expect(jon.page).to_have_url(f"{demo.address}/log?q=welcome")
    jon.page.get_by_role("link", name="Continue: Who is the new customer?").click()
    jon.sees("Who is the new customer?")
    assert "step=" in jon.page.url
    jon.page.reload()
    jon.sees("Who is the new customer?")
    jon.press("Close")
    expect(jon.page).to_have_url(f"{demo.address}/log?q=welcome")
    expect(jon.page.get_by_label("Search the log")).to_have_value("welcome")


def test_o1_the_log_is_narrowed_and_changes_by_itself(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", actor="lena", amount=20, customer="Log & Sons")
    stuck = demo.start("share", actor="samir", bonus=4321)
    vera = arrive(demo, "vera", path="/log")
    table = vera.page.get_by_role("table", name="Process log")
    expect(table.get_by_role("link", name="Order of Log & Sons")).to_be_visible()
    vera.page.get_by_label("Status").select_option("Stuck")
    expect(table.get_by_role("link", name="Bonus of 4321")).to_be_visible()
    expect(table.get_by_role("link", name="Order of Log & Sons")).to_have_count(0)
    expect(vera.page.get_by_text("Live", exact=True)).to_be_visible()
    demo.server.client.post(f"/instances/{stuck}/cancel", json={"reason": "enough"})
    expect(table.get_by_role("link", name="Bonus of 4321")).to_have_count(0)
    vera.page.get_by_label("Status").select_option("Any status")
    vera.page.get_by_label("Started by me").check()
    expect(vera.page.get_by_text("Nothing in the log fits.")).to_be_visible()
    vera.press("Show everything")
    expect(table.get_by_role("row").filter(has_text="Bonus of 4321").get_by_text("Cancelled")).to_be_visible()


def test_d5_who_has_no_part_in_a_run_does_not_see_it(demo: Demo, arrive: Arrive) -> None:
    id = demo.start("share", actor="tom", bonus=777)
    paul = arrive(demo, "paul", path="/log")
    expect(paul.page.get_by_role("heading", name="Process log")).to_be_visible()
    expect(
        paul.page.get_by_role("table", name="Process log").or_(
            paul.page.get_by_text("No process has run yet.")
        )
    ).to_be_visible()
    expect(paul.page.get_by_role("link", name="Bonus of 777")).to_have_count(0)
    paul.page.goto(f"{demo.address}/log/{id}")
    expect(paul.page.get_by_text("There is no such run, or you may not see it.")).to_be_visible()
    tom = arrive(demo, "tom", path=f"/log/{id}")
    expect(tom.page.get_by_role("heading", name="Bonus of 777")).to_be_visible()
    expect(tom.page.get_by_role("button", name="Change variables")).to_have_count(0)
    expect(tom.page.get_by_role("button", name="Cancel the run")).to_have_count(0)


def test_o2_the_page_of_a_run_says_who_what_when_and_about_which_record(demo: Demo, arrive: Arrive) -> None:
    account = demo.server.client.get("/records/account?limit=1").json()["items"][0]
    id = demo.start("approve_discount", actor="tom", account=account["id"], seller="tom", discount=7)
    samir = arrive(demo, "samir", path=f"/log/{id}")
    facts = samir.page.get_by_role("region", name="About this run")
    expect(facts.get_by_text("Tom Okafor", exact=True)).to_be_visible()
    expect(facts.get_by_role("link", name=account["title"])).to_have_attribute(
        "href", f"/records/{account['id']}"
    )
    steps = samir.page.get_by_role("region", name="Steps")
    expect(steps.get_by_text("with Samir Haddad")).to_be_visible()
    expect(samir.page.get_by_text("Tom Okafor started it.")).to_be_visible()
    expect(samir.page.get_by_role("region", name="Variables").get_by_text("discount")).to_be_visible()
    steps.get_by_role("link", name="Continue: ").click()
    samir.press("Approve")
    expect(steps.get_by_text("done by Samir Haddad")).to_be_visible()


def test_o3_an_operator_cancels_a_step_or_the_whole_run_for_a_reason(demo: Demo, arrive: Arrive) -> None:
    id = demo.start("order", actor="tom", amount=5000, customer="Stop")
    vera = arrive(demo, "vera", path=f"/log/{id}")
    vera.press("Cancel the run")
    dialog = vera.page.get_by_role("dialog", name="Cancel this run?")
    dialog.get_by_role("button", name="Let it run").click()
    expect(dialog).to_be_hidden()
    vera.page.get_by_role("button", name="Repair: Approve the order").click()
    vera.page.get_by_role("menuitem", name="Cancel the step").click()
    dialog = vera.page.get_by_role("dialog", name="Cancel this step?")
    dialog.get_by_label("Why").fill("ordered twice")
    dialog.get_by_role("button", name="Cancel the step").click()
    expect(
        vera.page.get_by_role("region", name="Steps").get_by_text("cancelled by Vera Lindqvist")
    ).to_be_visible()
    expect(vera.page.get_by_text("Cancelled", exact=True)).to_be_visible()
    expect(vera.page.get_by_text("“ordered twice”")).to_be_visible()


def test_o3_all_that_is_stuck_in_a_process_tries_again(demo: Demo, arrive: Arrive) -> None:
    client = demo.server.client
    for bonus in (61, 62):
        id = demo.start("share", actor="tom", bonus=bonus)
        body = {"variables": {"people": 2}, "reason": "counted"}
        assert client.put(f"/instances/{id}/variables", json=body).is_success
    vera = arrive(demo, "vera", path="/log?status=incident&process=share")
    table = vera.page.get_by_role("table", name="Process log")
    expect(table.get_by_role("link", name="Bonus of 61")).to_be_visible()
    vera.press("Retry all")
    dialog = vera.page.get_by_role("dialog", name="Retry all")
    expect(dialog).to_contain_text("Whatever is stuck in Share a bonus tries again")
    expect(dialog.get_by_text("places would try again")).to_be_visible()
    expect(dialog.get_by_role("listitem").first).to_contain_text("Share a bonus")
    dialog.get_by_label("Why").fill("counted again")
    vera.page.route("**/retry", lambda route: route.abort())
    dialog.get_by_role("button", name="Retry", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("Until then 0 went on")
    vera.page.unroute("**/retry")
    dialog.get_by_role("button", name="Retry", exact=True).click()
    expect(vera.page.get_by_text("2 go on")).to_be_visible()
    expect(table.get_by_role("link", name="Bonus of 61")).to_have_count(0)
    tom = arrive(demo, "tom", path="/log?status=incident")
    expect(tom.page.get_by_role("heading", name="Process log")).to_be_visible()
    expect(tom.page.get_by_role("button", name="Retry all")).to_have_count(0)


def test_o2_a_run_leads_to_the_run_that_it_called_and_back(demo: Demo, arrive: Arrive) -> None:
    id = demo.start("delivery", actor="tom")
    vera = arrive(demo, "vera", path=f"/log/{id}")
    is_marked(vera, "pack", "waiting")
    facts = vera.page.get_by_role("region", name="About this run")
    facts.get_by_role("link", name="Order of Delivered").click()
    expect(vera.page.get_by_role("heading", name="Order of Delivered", level=1)).to_be_visible()
    facts.get_by_role("link", name="Deliver something").click()
    expect(vera.page.get_by_role("heading", name="Deliver something", level=1)).to_be_visible()


def test_o3_what_an_element_gave_is_corrected_and_the_run_goes_on(demo: Demo, arrive: Arrive) -> None:
    client = demo.server.client
    id = demo.start("piece", actor="tom")
    [task] = client.get("/user-tasks", params={"instance": id, "process_id": "piece"}).json()["items"]
    values = {"variables": {"price": "five", "amount": 3}, "actor": "vera"}
    assert client.post(f"/user-tasks/{task['id']}/complete", json=values).status_code == 200
    vera = arrive(demo, "vera", path=f"/log/{id}")
    vera.press("Correct the result")
    dialog = vera.page.get_by_role("dialog", name="Correct the result")
    dialog.get_by_label("Type of price").select_option("number")
    dialog.get_by_label("Value of price").fill("5")
    dialog.get_by_label("Why").fill("a number")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(vera.page.get_by_text("Completed", exact=True)).to_be_visible()
    expect(vera.page.get_by_text("“a number”")).to_be_visible()


def test_a_diagram_is_moved_by_keys_told_as_a_list_and_keeps_its_mark(demo: Demo, arrive: Arrive) -> None:
    id = demo.start("share", actor="tom")
    tom = arrive(demo, "tom", path=f"/log/{id}")
    expect(element(tom, "praise")).to_be_visible()
    expect(diagram(tom).get_by_title("Powered by bpmn.io")).to_be_visible()
    before = element(tom, "divide").bounding_box()
    tom.page.get_by_role("button", name="Larger").focus()
    tom.page.keyboard.press("+")
    after = element(tom, "divide").bounding_box()
    assert before is not None and after is not None and after["width"] > before["width"]
    tom.page.get_by_text("Show it as a list").click()
    expect(tom.page.get_by_text("Divide it (automatic step): stuck here")).to_be_visible()
    expect(tom.page.get_by_text("Praise everybody (step for a person)", exact=True)).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_of_processes_has_a_serious_finding(
    demo: Demo, arrive: Arrive, screen: dict[str, Any]
) -> None:
    seen: dict[str, list[str]] = {}
    id = demo.start("share", actor="vera")
    vera = arrive(demo, "vera", path="/log", **screen)
    page = vera.page
    expect(page.get_by_role("link", name="Bonus of 100").first).to_be_visible()
    visit(vera, "the process log", seen)
    page.goto(f"{demo.address}/log/{id}")
    is_marked(vera, "divide", "stuck")
    expect(page.get_by_text("Vera Lindqvist started it.")).to_be_visible()
    visit(vera, "the page of a run", seen)
    page.get_by_text("Show it as a list").click()
    page.get_by_role("region", name="Stuck").get_by_role("button", name="Change variables").click()
    expect(page.get_by_label("Value of people")).to_be_visible()
    visit(vera, "the editor of variables", seen)
    page.keyboard.press("Escape")
    vera.press("Cancel the run")
    expect(page.get_by_label("Why")).to_be_visible()
    visit(vera, "the question before a run is cancelled", seen)
    page.goto(f"{demo.address}/processes")
    expect(page.get_by_role("link", name="Share a bonus")).to_be_visible()
    visit(vera, "the processes", seen)
    page.goto(f"{demo.address}/processes/share")
    expect(element(vera, "divide")).to_be_visible()
    visit(vera, "the page of a process", seen)
    ines = arrive(demo, "ines", path="/deploy", **screen)
    ines.page.set_input_files("input[type=file]", MODELS / "broken.bpmn")
    is_marked(ines, "divide", "wrong")
    visit(ines, "a file with problems", seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)
