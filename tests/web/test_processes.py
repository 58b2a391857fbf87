"""Processes in the browser: what there is, bringing new ones in, running them."""

import io
import zipfile
from pathlib import Path

from playwright.sync_api import FilePayload, expect

from dev.web import ROOT
from tests.web.conftest import Arrive, Demo, Person

MODELS = Path(__file__).parent / "models"
DEMO = ROOT / "demo"


def choose(person: Person, name: str, content: bytes) -> None:
    person.page.set_input_files(
        "input[type=file]", FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    )


def changed_demo() -> bytes:
    """The folder of the demonstration as a zip file, with a process that is a little otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for path in sorted(DEMO.rglob("*")):
            if path.is_file():
                content = path.read_bytes().replace(b'name="Order came in"', b'name="An order came in"')
                opened.writestr(f"demo/{path.relative_to(DEMO).as_posix()}", content)
    return made.getvalue()


def test_o5_a_file_is_checked_mended_and_deployed(demo: Demo, arrive: Arrive) -> None:
    ines = arrive(demo, "ines", path="/processes")
    page = ines.page
    page.get_by_role("link", name="Upload").click()
    choose(ines, "share.bpmn", (MODELS / "broken.bpmn").read_bytes())
    problems = page.get_by_role("region", name="problems have to be mended first")
    expect(
        problems.get_by_text("Expected an attribute of stepwell:assignment but found role")
    ).to_be_visible()
    expect(page.locator("[data-container-id=remind] [data-mark=wrong]")).to_be_visible()
    expect(problems.get_by_role("button", name="Show in the diagram: a_lot")).to_have_count(0)
    problems.get_by_role("button", name="Show in the diagram: Remind the manager").click()
    expect(page.locator("g[data-element-id=remind].sw-pointed")).to_be_in_viewport()
    expect(page.get_by_role("group", name="Choose a file")).to_contain_text("share.bpmn")
    expect(page.get_by_role("button", name="Deploy")).to_have_count(0)
    choose(ines, "share.bpmn", (MODELS / "share.bpmn").read_bytes())
    expect(page.get_by_text("Share a bonus: becomes a new process")).to_be_visible()
    assert "share" not in [one["process_id"] for one in definitions(demo)]
    ines.press("Deploy")
    page.get_by_role("link", name="To Share a bonus").click()
    expect(page.get_by_role("heading", name="Share a bonus", level=1)).to_be_visible()
    expect(page.get_by_text("A bonus is divided by the number of people")).to_be_visible()


def definitions(demo: Demo, **asked: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = demo.server.client.get("/definitions", params=asked).json()["items"]
    return found


def test_o4_new_runs_use_an_older_version_again(demo: Demo, arrive: Arrive) -> None:
    file = (DEMO / "processes" / "monday_calls.bpmn").read_bytes()
    newer = file.replace(b'name="Monday calls"', b'name="Calls of Monday"')
    headers = {"content-type": "application/xml"}
    answer = demo.server.client.post("/deployments?name=calls.bpmn", content=newer, headers=headers)
    assert answer.status_code == 201, answer.text
    ines = arrive(demo, "ines", path="/processes/monday_calls")
    expect(ines.page.get_by_role("heading", name="Calls of Monday")).to_be_visible()
    ines.page.get_by_role("link", name="Show: Version 1").click()
    expect(ines.page.get_by_role("heading", name="Monday calls")).to_be_visible()
    ines.page.get_by_role("button", name="Use for new runs: Version 1").click()
    ines.page.get_by_role("dialog").get_by_role("button", name="Use for new runs").click()
    expect(ines.page.get_by_text("New runs use version 1.")).to_be_visible()
    current = [one["version"] for one in definitions(demo, process_id="monday_calls") if one["is_current"]]
    assert current == [1]


def test_an_application_tells_what_it_would_change_before_it_does(demo: Demo, arrive: Arrive) -> None:
    client = demo.server.client
    keepers = {"name": "keepers", "label": "Keepers", "rights": ["design", "administer"]}
    assert client.post("/roles", json=keepers).status_code == 201
    assert client.post("/roles/keepers/add-members", json={"people": ["mia"]}).status_code == 200
    ines, mia = arrive(demo, "ines", path="/deploy"), arrive(demo, "mia", path="/deploy")
    content = changed_demo()
    expect(ines.page.get_by_text("for who administers, too")).to_be_visible()
    choose(ines, "demo.zip", content)
    expect(ines.page.get_by_role("alert").filter(has_text="brought in by who may administer")).to_be_visible()
    choose(mia, "demo.zip", content)
    changes = mia.page.get_by_role("region", name="What will change")
    expect(changes.get_by_text("Process order changes")).to_be_visible()
    mia.page.get_by_label("Process to show").select_option("order.bpmn")
    expect(mia.page.locator("g[data-element-id=hand_over]")).to_be_visible()
    before = definitions(demo, process_id="order")[0]["version"]
    mia.press("Deploy")
    expect(mia.page.get_by_role("link", name="To order")).to_be_visible()
    assert definitions(demo, process_id="order")[0]["version"] == int(str(before)) + 1


def test_who_may_not_design_can_not_bring_anything_in(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", path="/processes")
    expect(tom.page.get_by_role("link", name="Prepare an offer")).to_be_visible()
    expect(tom.page.get_by_role("link", name="Upload")).to_have_count(0)
    tom.page.goto(f"{demo.address}/deploy")
    expect(tom.page.get_by_text("Only who has the right to design processes")).to_be_visible()


def test_r1_a_process_is_kept_as_a_favourite_and_run_by_keys_alone(demo: Demo, arrive: Arrive) -> None:
    nora = arrive(demo, "nora")
    nora.press("Run process")
    dialog = nora.page.get_by_role("dialog", name="Run process")
    star = dialog.get_by_role("button", name="Keep Order as a favourite")
    star.focus()
    nora.page.keyboard.press("Enter")
    expect(dialog.get_by_role("heading", name="Favourites")).to_be_visible()
    expect(star).to_have_attribute("aria-pressed", "true")
    nora.page.get_by_label("Search processes").fill("order")
    nora.page.keyboard.press("Enter")
    expect(nora.page.get_by_label("Net amount")).to_be_visible()
    nora.page.get_by_role("dialog").get_by_role("button", name="Start").focus()
    nora.page.keyboard.press("Enter")
    nora.page.get_by_role("link", name="Show the run").click()
    expect(nora.page.get_by_role("heading", name="Order of Ada", level=1)).to_be_visible()
