"""What a run does by itself, as people see it: records are touched (R2), inside all is done once (R6), nothing hangs
silently (R7), and an outcome takes its way.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from tests.acceptance.drawing import drawn, gateway, line, results, script, service, user
from tests.acceptance.server import serving
from tests.engine.world import conditional, flows
from tests.services.inline.drawing import filter_of, step, values
from tests.web.conftest import Arrive, Demo, Person, demonstration
from tests.web.test_foreground import Warehouse, warehouse

__all__ = ["warehouse"]

XML = {"content-type": "application/xml"}
QUICK = {"allow_private_addresses": "true", "poll_interval": "0.1", "job_lock_seconds": "1"}
NEW = step("made", "add", values(name="= &quot;Made by &quot; + by", city="Nowhere"))
MOVED = step("moved", "change", values(city="Elsewhere") + filter_of("city = Nowhere"))
CLEARED = step("cleared", "delete", filter_of("city = Elsewhere"))


def named(xml: bytes, **names: str) -> bytes:
    """The elements of a process, as its diagram calls them."""
    for id, name in names.items():
        xml = xml.replace(f' id="{id}"'.encode(), f' id="{id}" name="{name}"'.encode())
    return xml


def deploy(demo: Demo, *files: bytes) -> None:
    for file in files:
        answer = demo.server.client.post("/deployments?name=ours.bpmn", content=file, headers=XML)
        assert answer.status_code == 201, answer.text


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with demonstration(f"sqlite:///{folder / 'stepwell.db'}", folder, **QUICK) as found:
        yield found


def history(person: Person) -> Locator:
    return person.page.get_by_role("region", name="History")


def account(person: Person, name: str) -> Locator:
    """The row of an account in the list that is open."""
    rows = person.page.get_by_role("table").get_by_role("row")
    return rows.filter(has=person.page.get_by_role("link", name=name))


# -- R2 --------------------------------------------------------------------------------------------------


def test_r2_records_are_added_changed_and_deleted_around_the_step_of_a_person(
    demo: Demo, arrive: Arrive
) -> None:
    steps = line(NEW, MOVED, user("look"), CLEARED, path="made moved look cleared", id="around")
    deploy(demo, named(steps, look="Look at the new account"))
    id = demo.start("around", actor="vera", by="a run")
    vera = arrive(demo, "vera", path="/records/account?q=made+by+a+run")
    expect(account(vera, "Made by a run")).to_contain_text("Elsewhere")
    vera.open("Look at the new account")
    vera.press("Done")
    expect(vera.page.get_by_role("heading", name="Look at the new account")).to_be_hidden()
    vera.page.reload()
    expect(vera.page.get_by_text("Nothing fits.")).to_be_visible()
    vera.page.goto(f"{demo.address}/log/{id}")
    expect(vera.page.get_by_text("Completed", exact=True)).to_be_visible()
    expect(history(vera).get_by_text("1 record of Account was touched.")).to_have_count(3)


def test_r2_a_missing_value_in_a_condition_deletes_nothing_and_asks(demo: Demo, arrive: Arrive) -> None:
    deleted = step("cleared", "delete", filter_of("city = = city"))
    deploy(demo, named(line(deleted, path="cleared", id="unsure"), cleared="Clear the city"))
    kept = demo.server.client.get("/records/account?limit=1").json()["items"][0]
    id = demo.start("unsure", actor="vera", city=None)
    vera = arrive(demo, "vera", path=f"/log/{id}")
    expect(vera.page.get_by_role("heading", name="Stuck at Clear the city")).to_be_visible()
    expect(vera.page.get_by_text("touched")).to_have_count(0)
    vera.page.goto(f"{demo.address}/records/{kept['id']}")
    expect(vera.page.get_by_role("heading", name=kept["title"], level=1)).to_be_visible()


def test_r2_deleting_without_any_condition_is_refused_before_it_can_run(demo: Demo, arrive: Arrive) -> None:
    ines = arrive(demo, "ines", path="/deploy")
    xml = named(line(step("cleared", "delete"), path="cleared", id="reckless"), cleared="Delete all")
    file = FilePayload(name="reckless.bpmn", mimeType="application/xml", buffer=xml)
    ines.page.set_input_files("input[type=file]", file)
    expect(ines.page.get_by_role("button", name="Show in the diagram: Delete all")).to_be_visible()
    expect(ines.page.get_by_role("button", name="Deploy")).to_have_count(0)


# -- R6 --------------------------------------------------------------------------------------------------


def asking(warehouse: Warehouse, id: str) -> bytes:
    """A step of a person; a record and a call outside behind it; and the next step."""
    outside = service(
        "ask", "http.request", 'retries="2" backoff="PT0.1S" timeout="PT60S"', method="GET", url=warehouse.address
    )  # fmt: skip
    steps = line(user("order"), NEW, outside, user("unpack"), path="order made ask unpack", id=id)
    return named(steps, order="Order the goods", ask="Ask the warehouse", unpack="Unpack the goods")


def test_r6_a_call_that_fails_is_made_again_with_its_key_and_the_record_is_there_once(
    demo: Demo, arrive: Arrive, warehouse: Warehouse
) -> None:
    warehouse.begin(503)
    deploy(demo, asking(warehouse, "flaky"))
    id = demo.start("flaky", actor="tom", by="Tom")
    tom = arrive(demo, "tom")
    tom.open("Order the goods")
    tom.press("Done")
    expect(tom.row("Unpack the goods")).to_be_visible()
    first, second = warehouse.keys
    assert first == second != ""
    tom.page.goto(f"{demo.address}/records/account?q=made+by+tom")
    expect(account(tom, "Made by Tom")).to_have_count(1)
    tom.page.goto(f"{demo.address}/log/{id}")
    expect(history(tom).get_by_text("An attempt of “Ask the warehouse” failed")).to_have_count(1)
    expect(history(tom).get_by_text("1 record of Account was touched.")).to_have_count(1)


def test_r6_a_server_that_is_killed_in_the_middle_goes_on_where_it_was(
    empty_database_url: str, tmp_path: Path, arrive: Arrive, warehouse: Warehouse
) -> None:
    warehouse.begin()
    warehouse.answers.clear()
    with demonstration(empty_database_url, tmp_path, **QUICK) as before:
        deploy(before, asking(warehouse, "killed"))
        before.start("killed", actor="jon", by="Jon")
        jon = arrive(before, "jon")
        jon.open("Order the goods")
        jon.press("Done")
        expect(jon.page.get_by_role("dialog", name="Ask the warehouse")).to_be_visible()
        assert warehouse.asked.wait(60)
        before.server.kill()
    warehouse.answers.set()
    with serving(empty_database_url, tmp_path, **QUICK) as after:
        jon.page.goto(f"{after.address}/records/account?q=made+by+jon")
        jon.complaints.clear()  # of what could not be had from the server that is gone
        expect(account(jon, "Made by Jon")).to_have_count(1)
        expect(jon.row("Unpack the goods")).to_have_count(1)
        expect(jon.row("Order the goods")).to_have_count(0)
        assert len(set(warehouse.keys)) == 1


# -- R7 --------------------------------------------------------------------------------------------------

TOM = '<stepwell:assignment user="tom"/>'
STUCK = (
    drawn(
        gateway("cause"), user("praise", TOM), user("scold", TOM), flows("start cause", "praise end", "scold end"),
        conditional("cause", "praise", "n &gt; 10"), conditional("cause", "scold", "n &gt; 20"), id="no_flow",
    ),
    line(script("cause", "{m: number(n)}"), user("after", TOM), path="cause after", id="no_number"),
    line(
        service("cause", "http.request", 'retries="0"', method="GET", url="= n"), user("after", TOM),
        path="cause after", id="no_answer",
    ),
    line(
        user("cause", '<stepwell:assignment user="= n"/>'), path="cause", id="no_person",
    ),
)  # fmt: skip
NOWHERE = "http://127.0.0.1:9/"
CAUSES = (
    # the process, what is wrong, what its message says, what repairs it, and what Tom has to do then
    ("no_flow", 5, "none of cause_praise, cause_scold", "15", "praise"),
    ("no_number", "seven", "Expected a number", "7", "after"),
    ("no_answer", NOWHERE, f"{NOWHERE} to answer", "WAREHOUSE", "after"),
    ("no_person", "nemo", "'nemo'", "tom", "cause"),
)


@pytest.fixture(scope="module")
def stuck(demo: Demo) -> Demo:
    """The demonstration, with processes that can not go on."""
    deploy(demo, *(named(file, cause="The hard part") for file in STUCK))
    return demo


@pytest.mark.parametrize(
    ("process", "wrong", "said", "right", "step"), CAUSES, ids=[one[0] for one in CAUSES]
)
def test_r7_what_can_not_go_on_says_why_and_goes_on_when_it_is_repaired(
    stuck: Demo, arrive: Arrive, warehouse: Warehouse, process: str, wrong: object, said: str, right: str, step: str
) -> None:  # fmt: skip
    warehouse.begin()
    id = stuck.start(process, actor="tom", n=wrong)
    vera = arrive(stuck, "vera", path=f"/log/{id}")
    found = vera.page.get_by_role("region", name="Stuck")
    expect(found.get_by_role("heading", name="Stuck at The hard part")).to_be_visible()
    expect(found).to_contain_text(said)
    expect(found).to_contain_text("Process operators")
    found.get_by_role("button", name="Change variables").click()
    dialog = vera.page.get_by_role("dialog", name="Change variables")
    dialog.get_by_label("Value of n").fill(right.replace("WAREHOUSE", warehouse.address))
    dialog.get_by_label("Why").fill("mended")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    vera.press("Retry")
    expect(found).to_have_count(0)
    expect(history(vera).get_by_text("Vera Lindqvist let it try again.")).to_be_visible()
    tom = arrive(stuck, "tom", path=f"/log/{id}")
    tom.page.get_by_role("link", name="Continue").click()
    expect(tom.page.get_by_role("button", name="Done", exact=True)).to_be_visible()


def test_r7_a_role_without_members_asks_for_some(stuck: Demo, arrive: Arrive) -> None:
    answer = stuck.server.client.post("/roles", json={"name": "novices", "label": "Novices"})
    assert answer.status_code == 201, answer.text
    deploy(stuck, line(user("do", '<stepwell:assignment roles="novices"/>'), path="do", id="no_member"))
    id = stuck.start("no_member", actor="tom")
    vera = arrive(stuck, "vera", path=f"/log/{id}")
    found = vera.page.get_by_role("region", name="Stuck")
    expect(found).to_contain_text("role 'novices' has no members")
    assert stuck.server.client.post("/roles/novices/add-members", json={"people": ["paul"]}).is_success
    vera.press("Retry")
    expect(found).to_have_count(0)
    paul = arrive(stuck, "paul")
    expect(paul.row("do").get_by_text("Novices", exact=True)).to_be_visible()


# -- Outcome and flows -----------------------------------------------------------------------------------

QUESTION = (
    '<stepwell:question><stepwell:answer code="yes" label="Yes"/><stepwell:answer code="no" label="No"/>'
    "</stepwell:question>"
)


def test_outcome_the_answer_of_a_person_takes_its_way_and_an_unnamed_one_the_default(
    demo: Demo, arrive: Arrive
) -> None:
    ways = results("which", "on", "yes") + flows("start ask which off end", "on end")
    steps = (user("ask", QUESTION), user("on"), user("off"), gateway("which", default="off"))
    deploy(demo, named(drawn(*steps, ways, id="ways"), ask="Go on?", on="Go ahead", off="Leave it"))
    mia = arrive(demo, "mia")
    for answer, next_step in (("Yes", "Go ahead"), ("No", "Leave it")):
        demo.start("ways", actor="mia")
        mia.open("Go on?")
        mia.page.get_by_role("radio", name=answer).check()
        mia.press("Save")
        mia.sees(next_step)
        mia.press("Done")
        expect(mia.row(next_step)).to_have_count(0)
