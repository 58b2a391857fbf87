"""What is typed or uploaded is not lost while something else is under way."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_activities import activity
from tests.web.test_beside import TITLE, WIDE, beside
from tests.web.test_records import made

UNSAVED = "Not saved yet"


class Held:
    """What is sent to this address waits until it is let go."""

    def __init__(self, page: Page, method: str, where: str) -> None:
        self.page, self.method, self.where = page, method, where
        self.routes: list[Route] = []
        page.route(where, self._hold)

    def _hold(self, route: Route) -> None:
        if route.request.method == self.method and not self.routes:
            self.routes.append(route)
        else:
            route.continue_()

    def after(self, press: str) -> None:
        """Press what sends it, and see it set out."""
        with self.page.expect_request(lambda asked: asked.method == self.method and "/api/v1/" in asked.url):
            self.page.get_by_role("button", name=press, exact=True).click()

    def let_go(self) -> None:
        self.routes[0].continue_()


def document(number: str) -> dict[str, str]:
    return {"number": number, "title": f"File of {number}", "kind": "contract", "status": "draft"}


def test_d1_a_record_is_saved_when_its_file_is_there(demo: Demo, arrive: Arrive, tmp_path: Path) -> None:
    record = made(demo, "document", **document("LOST-1"))
    vera = arrive(demo, "vera", path=f"/records/{record['id']}")
    page = vera.page
    vera.press("Edit")
    held = Held(page, "POST", "**/api/v1/attachments*")
    slow = tmp_path / "slow.txt"
    slow.write_text("Slow")
    form = page.get_by_role("form", name="Edit")
    with page.expect_request("**/api/v1/attachments*"):
        form.locator("input[type=file]").set_input_files(slow)
    expect(form.get_by_role("status")).to_contain_text("A file is being added.")
    expect(form.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    form.get_by_label("Summary").fill("Typed meanwhile")
    form.get_by_label("Title").press("Enter")
    held.let_go()
    expect(form.get_by_text("slow.txt")).to_be_visible()
    vera.press("Save")
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    now = demo.server.client.get(f"/records/{record['id']}").json()["values"]
    assert now["file"] is not None
    assert now["summary"] == "Typed meanwhile"


def test_r5_what_is_typed_while_a_record_is_saved_stays(demo: Demo, arrive: Arrive) -> None:
    record = made(demo, "contact", name="Rei Typed", email="rei@example.org", city="Oslo")
    vera = arrive(demo, "vera", path=f"/records/{record['id']}")
    page = vera.page
    vera.press("Edit")
    city, phone = page.get_by_label("City"), page.get_by_label("Phone")
    city.fill("Bergen")
    held = Held(page, "PUT", "**/api/v1/records/contact/*")
    held.after("Save")
    city.fill("Bergen and more")
    phone.fill("+47 1")
    held.let_go()
    expect(page.get_by_text("“Rei Typed” is saved.")).to_be_visible()
    expect(phone).to_be_focused()
    expect(page.get_by_text(UNSAVED)).to_be_visible()
    assert demo.server.client.get(f"/records/{record['id']}").json()["values"]["city"] == "Bergen"
    page.reload()
    expect(city).to_have_value("Bergen and more")
    vera.press("Save")
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    now = demo.server.client.get(f"/records/{record['id']}").json()["values"]
    assert (now["city"], now["phone"]) == ("Bergen and more", "+47 1")


def test_r5_what_is_typed_while_a_record_is_made_stays(demo: Demo, arrive: Arrive) -> None:
    vera = arrive(demo, "vera", path="/records/contact/new")
    page = vera.page
    page.get_by_label("Name").fill("Mai Made")
    page.get_by_label("E-mail").fill("mai@example.org")
    held = Held(page, "POST", "**/api/v1/records/contact")
    held.after("Save")
    page.get_by_label("City").fill("Bergen")
    held.let_go()
    expect(page.get_by_role("heading", name="Mai Made")).to_be_visible()
    expect(page.get_by_label("City")).to_have_value("Bergen")
    vera.press("Save")
    expect(page.get_by_role("definition").filter(has_text="Bergen")).to_be_visible()
    page.goto(f"{demo.address}/records/contact/new")
    expect(page.get_by_label("Name")).to_have_value("")


@pytest.mark.parametrize("is_new", [False, True])
def test_r5_what_is_typed_while_an_activity_is_saved_stays(demo: Demo, arrive: Arrive, is_new: bool) -> None:
    number = "new" if is_new else activity(demo, "mia", "Call the painter")
    mia = arrive(demo, "mia", path=f"/activities/{number}")
    page = mia.page
    subject, details = page.get_by_role("textbox", name="Subject"), page.get_by_label("Details of the result")
    subject.fill("Call the painters")
    where = "**/api/v1/records/activity" + ("" if is_new else "/*")
    held = Held(page, "POST" if is_new else "PUT", where)
    held.after("Save")
    details.fill("Both of them")
    subject.fill("Call the painters and more")
    held.let_go()
    expect(page.get_by_role("heading", name="Call the painters", exact=True)).to_be_visible()
    page.reload()
    expect(subject).to_have_value("Call the painters and more")
    expect(details).to_have_value("Both of them")
    mia.press("Save")
    expect(page.get_by_role("heading", name="Call the painters and more", exact=True)).to_be_visible()
    found = demo.server.client.get(f"/records/activity/{page.url.rpartition('/')[2]}").json()["values"]
    assert found["result_details"] == "Both of them"


def test_s5_a_comment_that_is_not_sent_yet_outlives_its_step(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=2000, customer="Half said")
    nora = arrive(demo, "nora", **WIDE)
    nora.open(TITLE)
    words = beside(nora).get_by_label("Write a comment")
    words.fill("The customer called")
    nora.press("Close")
    expect(nora.page.get_by_role("heading", name=TITLE, level=1)).to_have_count(0)
    nora.open(TITLE)
    expect(words).to_have_value("The customer called")
    beside(nora).get_by_role("button", name="Comment", exact=True).click()
    expect(beside(nora).get_by_role("listitem").filter(has_text="The customer called")).to_be_visible()
    expect(words).to_have_value("")
    nora.page.reload()
    nora.sees(TITLE)
    expect(words).to_have_value("")
    nora.press("Done")
