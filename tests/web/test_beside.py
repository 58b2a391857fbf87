"""What is beside a step: comments and files."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import Arrive, Demo, Person
from tests.web.test_for_everybody import findings, is_as_wide_as_the_screen
from tests.web.test_notifications import WELCOME, give

TITLE = "Approve the order"
WIDE = {"viewport": {"width": 1680, "height": 900}}


def beside(person: Person) -> Locator:
    return person.page.get_by_role("complementary", name="Comments and files")


def test_s8_a_comment_is_there_for_a_colleague_at_once(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=2000, customer="Talk")
    nora, vera = arrive(demo, "nora", **WIDE), arrive(demo, "vera", **WIDE)
    nora.open(TITLE)
    vera.open(TITLE)
    expect(beside(vera).get_by_text("Nobody has written anything yet.")).to_be_visible()
    beside(nora).get_by_role("button", name="Comment").click()
    expect(beside(nora).get_by_role("alert")).to_contain_text("Expected a comment")
    beside(nora).get_by_label("Write a comment").fill("The customer called twice.")
    nora.page.keyboard.press("Control+Enter")
    said = beside(vera).get_by_role("listitem").filter(has_text="The customer called twice.")
    expect(said.get_by_text("Nora")).to_be_visible()
    expect(beside(nora).get_by_label("Write a comment")).to_have_value("")
    vera.press("Done")


def test_s8_a_comment_on_the_step_that_is_open_is_read(demo: Demo, arrive: Arrive) -> None:
    """Also while something else that one was told is not."""
    give(demo, "tom", to="ines")
    give(demo, "tom", to="ines")
    ines = arrive(demo, "ines", **WIDE)
    expect(ines.page.get_by_role("tab", name="2 unread notifications")).to_be_visible()
    ines.row(WELCOME).first.get_by_role("link").click()
    ines.sees(WELCOME)
    expect(ines.page.get_by_role("tab", name="1 unread notifications")).to_be_visible()
    [id] = re.findall(r"step=([^&]+)", ines.page.url)
    with ines.page.expect_response(
        lambda answer: answer.request.method == "PUT" and "/me/notifications" in answer.url
    ) as read:
        said = demo.post_as("vera", f"/user-tasks/{unquote(id)}/comments", {"text": "The customer called."})
        assert said.status_code == 201, said.text
    assert read.value.json()["unread"] == 1
    expect(beside(ines).get_by_text("The customer called.")).to_be_visible()
    expect(ines.page.get_by_role("tab", name="1 unread notifications")).to_be_visible()


def test_s8_files_are_added_by_button_and_by_dropping_them_read_and_deleted(
    demo: Demo, arrive: Arrive, tmp_path: Path
) -> None:
    demo.start("order", amount=2000, customer="File")
    nora = arrive(demo, "nora", **WIDE)
    nora.open(TITLE)
    plan = tmp_path / "plan.txt"
    plan.write_text("All of it")
    with nora.page.expect_file_chooser() as chooser:
        beside(nora).get_by_role("button", name="Add files").click()
    chooser.value.set_files(plan)
    row = beside(nora).get_by_role("listitem").filter(has_text="plan.txt")
    expect(row).to_contain_text("9 bytes · Nora")
    dropped = nora.page.evaluate_handle(
        "() => { const it = new DataTransfer(); it.items.add(new File(['x'], 'dropped.txt')); return it; }"
    )
    beside(nora).get_by_text("Drop files here").dispatch_event("drop", {"dataTransfer": dropped})
    expect(beside(nora).get_by_role("link", name="dropped.txt")).to_be_visible()
    with nora.page.expect_download() as download:
        row.get_by_role("link").click()
    assert download.value.path().read_text() == "All of it"
    row.get_by_role("button", name="Delete plan.txt").click()
    nora.page.get_by_role("dialog", name="Delete this file?").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    expect(beside(nora).get_by_role("link", name="dropped.txt")).to_be_visible()
    nora.press("Done")


def test_s8_a_file_that_is_not_taken_says_why_beside(demo: Demo, arrive: Arrive, tmp_path: Path) -> None:
    demo.start("order", amount=2000, customer="Fails")
    nora = arrive(demo, "nora", **WIDE)
    nora.open(TITLE)
    nora.page.route("**/attachments?*", lambda route: route.abort())
    with nora.page.expect_file_chooser() as chooser:
        beside(nora).get_by_role("button", name="Add files").click()
    (tmp_path / "lost.txt").write_text("lost")
    chooser.value.set_files(tmp_path / "lost.txt")
    expect(beside(nora).get_by_role("alert")).to_contain_text("lost.txt: The server can not be reached.")
    nora.press("Done")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_s8_on_narrow_screens_it_is_folded_and_counted(demo: Demo, arrive: Arrive, scheme: str) -> None:
    demo.start("order", amount=2000, customer="Narrow")
    screen = {"viewport": {"width": 390, "height": 844}, "color_scheme": scheme}
    nora = arrive(demo, "nora", path="/tasks", **screen)
    nora.page.get_by_role("link", name=TITLE).click()
    nora.sees(TITLE)
    comments = beside(nora).get_by_role("button", name="Comments 0")
    expect(comments).to_have_attribute("aria-expanded", "false")
    expect(beside(nora).get_by_label("Write a comment")).to_be_hidden()
    comments.click()
    beside(nora).get_by_label("Write a comment").fill("Short")
    beside(nora).get_by_role("button", name="Comment", exact=True).click()
    expect(beside(nora).get_by_role("button", name="Comments 1")).to_be_visible()
    beside(nora).get_by_role("button", name="Files 0").click()
    expect(beside(nora).get_by_role("button", name="Add files")).to_be_visible()
    assert is_as_wide_as_the_screen(nora.page)
    assert findings(nora.page) == []
    nora.press("Done")
