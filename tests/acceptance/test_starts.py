"""R1, R2 and R3 with a real server: whatever starts a process, what it does by itself, and where it waits for somebody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import stepwell
from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import (
    call,
    catch,
    drawn,
    event,
    gateway,
    line,
    message,
    script,
    service,
    settings,
    timer,
    user,
)  # fmt: skip
from tests.acceptance.office import Office, office, ok, refusal
from tests.acceptance.server import Recorder, recording, serving, until
from tests.connectors.test_email_send import Mailbox, served
from tests.engine.world import flows, process
from tests.store.instances import Clock

ANN = '<stepwell:assignment user="ann"/>'
HOUR = 3600
BEHIND = "</bpmn:extensionElements>"
OUTPUT = '<stepwell:output name="double" value="= result"/>'
SIGNAL = '<bpmn:signal id="alarm" name="alarm"/>'


def begun_by(definition: str, id: str, roots: str, *parameters: str) -> bytes:
    """A process that an event starts, with one step for ann."""
    declared = "".join(f'<stepwell:parameter name="{name}"/>' for name in parameters)
    start = f'<bpmn:startEvent id="start">{definition}</bpmn:startEvent>'
    inner = (
        settings(declared) + start + user("look", ANN) + '<bpmn:endEvent id="end"/>' + flows("start look end")
    )
    return process(inner, roots).replace(b'process id="p"', f'process id="{id}"'.encode())


def scheduled(id: str, definition: str, catch_up: str = "once") -> bytes:
    """A process that a schedule starts."""
    said = settings(f'<stepwell:schedule catchUp="{catch_up}"/>')
    return begun_by(said + definition, id, "")


def offered(record_type: str) -> str:
    said = '<stepwell:process runBy="sellers"/><stepwell:parameter name="guest" required="true"/>'
    return settings(f'{said}<stepwell:runFrom recordType="{record_type}" parameter="guest"/>')


def processes(recorder: Recorder) -> tuple[bytes, ...]:
    """All that is told here."""
    given = (
        '<stepwell:input name="n" value="= amount"/><stepwell:output name="twice" value="= result.twice"/>'
    )
    mail = {"to": "= guest", "subject": "= &quot;Hello &quot; + guest", "text": "Come"}
    return (
        begun_by(event("message", "order"), "by_message", message("order"), "amount"),
        begun_by(event("signal", "alarm"), "by_signal", SIGNAL, "floor"),
        line(call("called", "double", given), user("after", ANN), path="called after", id="caller"),
        line(script("count", "{twice: n * 2}"), user("ask", ANN), path="count ask", id="double"),
        drawn(user("greet", ANN), flows("start greet end"), id="visit", head=offered("guest")),
        drawn(
            gateway("fork", "parallel"), gateway("join", "parallel"), user("look", ANN), user("check", ANN),
            script("count", "{counted: 1}"), flows("start fork look join end", "fork count check join"), id="branches",
        ),
        line(
            script("add_up", "{total: amount * 1.19}"),
            service("tell", "http.request", method="POST", url=recorder.address, body="= string(total)"),
            service("mail", "email.send", **mail), path="add_up tell mail", id="automatic",
        ),
        line(
            service("count", "python", function="twice", n="= amount").replace(BEHIND, OUTPUT + BEHIND),
            user("after", ANN), path="count after", id="python",
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as found:
        yield found


def install(folder: Path) -> None:
    """A package with one function, beside the server."""
    (folder / "our_functions.py").write_text("def twice(n):\n    return n * 2\n")
    known = folder / "our_functions-1.dist-info"
    known.mkdir()
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: our-functions\nVersion: 1\n")
    (known / "entry_points.txt").write_text("[stepwell.functions]\ntwice = our_functions:twice\n")


@pytest.fixture(scope="module")
def work(ground: Ground, mailbox: Mailbox, recorder: Recorder) -> Iterator[Office]:
    """Ann sells and has guests; eve does neither."""
    install(ground.folder)
    with contextmanager(served)(mailbox) as mails:
        quick = {name: str(value).lower() if value is False else str(value) for name, value in mails.items()}
        quick |= {"poll_interval": "0.1", "allow_private_addresses": "true"}
        with office(ground.url, ground.folder, **quick) as found:
            found.hire("ann", "sellers")
            found.hire("eve")
            definition = {"name": "guest", "fields": [{"name": "name", "type": "text"}]}
            ok(found.server.client.post("/record-types", json={"definition": definition}))
            rights = {"rights": [{"role": "*"}]}
            ok(found.server.client.put("/record-types/guest/rights", json=rights))
            found.deploy(*processes(recorder))
            yield found


def instances(work: Office, process_id: str) -> list[str]:
    found = ok(work.server.client.get("/instances", params={"process_id": process_id}))["items"]
    return [item["id"] for item in found]


# -- R1 ---------------------------------------------------------------------------------------------------


def test_r1_a_message_starts_a_process_with_its_values(work: Office) -> None:
    ok(work.server.client.post("/messages", json={"name": "order", "variables": {"amount": 7, "other": 1}}))
    until(lambda: instances(work, "by_message"), "the process is started")
    [id] = instances(work, "by_message")
    assert (work.variables(id), work.steps(id)) == ({"amount": 7}, ["look"])


def test_r1_a_signal_starts_a_process(work: Office) -> None:
    ok(work.server.client.post("/signals", json={"name": "alarm", "variables": {"floor": 3}}))
    until(lambda: instances(work, "by_signal"), "the process is started")
    [id] = instances(work, "by_signal")
    assert (work.variables(id), work.steps(id)) == ({"floor": 3}, ["look"])


def test_r1_a_call_activity_starts_a_process_and_goes_on_with_its_result(work: Office) -> None:
    ann = work.clients["ann"]
    id = work.begin("caller", amount=21)["id"]
    [child] = ok(work.server.client.get(f"/instances/{id}"))["children"]
    assert work.steps(child["id"]) == ["ask"]
    [task] = ok(ann.get("/user-tasks", params={"instance": child["id"]}))["items"]
    ok(ann.post(f"/user-tasks/{task['id']}/complete", json={}))
    until(lambda: work.steps(id) == ["after"], "the caller goes on")
    assert work.variables(id) == {"amount": 21, "twice": 42}


def test_r1_a_process_is_run_from_the_page_of_a_record(work: Office) -> None:
    ann = work.clients["ann"]
    record = work.engine.records.add("guest", {"name": "Ada"}).id
    [process] = ok(ann.get(f"/records/{record}/processes"))["items"]
    assert (process["process_id"], process["parameter"]) == ("visit", "guest")
    started = work.begin("visit", "ann", **{process["parameter"]: record})
    assert (work.steps(started["id"]), work.variables(started["id"])) == (["greet"], {"guest": record})


def test_r1_a_process_is_run_about_a_record_that_its_start_form_let_choose(work: Office) -> None:
    ann = work.clients["ann"]
    record = work.engine.records.add("guest", {"name": "Bea"}).id
    [process] = ok(ann.get("/me/processes", params={"search": "visit"}))["items"]
    asked = ok(ann.get(f"/definitions/{process['definition_id']}/start-form"))["page"]["components"]
    assert [(field["type"], field["recordType"]) for field in asked] == [("lookup", "guest")]
    held = record.removeprefix("guest/")
    for chosen in (held, int(held)):
        started = work.begin("visit", "ann", guest=chosen)
        assert work.variables(started["id"]) == {"guest": record}


def test_r1_nobody_finds_or_starts_what_they_may_not_run(work: Office) -> None:
    eve = work.clients["eve"]
    record = work.engine.records.add("guest", {"name": "Ada"}).id
    assert ok(eve.get("/me/processes", params={"search": "visit"}))["items"] == []
    assert ok(eve.get(f"/records/{record}/processes"))["items"] == []
    body = {"process_id": "visit", "variables": {"guest": record}}
    assert refusal(eve.post("/instances", json=body))[0] in (403, 404)
    assert "visit" in [item["process_id"] for item in ok(work.clients["ann"].get("/me/processes"))["items"]]


def test_r1_a_date_and_a_cycle_start_a_process_at_their_times(work: Office) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=0.5)).isoformat().replace("+00:00", "Z")
    work.deploy(
        scheduled("on_date", timer(soon, "timeDate")), scheduled("in_cycle", timer("R2/PT0.3S", "timeCycle"))
    )
    until(lambda: len(instances(work, "in_cycle")) == 2, "the cycle is over")
    until(lambda: instances(work, "on_date"), "the date has come")
    assert [work.steps(id) for id in instances(work, "on_date")] == [["look"]]


def test_r1_a_server_that_was_down_makes_up_for_missed_starts_as_the_author_says(
    database_url: str, tmp_path: Path
) -> None:
    """It was five and a half hours ago that the schedules were made, and nobody looked since."""
    past = Clock(int(datetime.now(UTC).timestamp() - 5.5 * HOUR) * 1_000_000)
    waiting = line(catch("wait", timer("PT2H")), path="wait", id="waiting")
    with stepwell.open(database_url, clock=past, upgrade=False) as engine:
        for catch_up in ("once", "all", "none"):
            engine.deploy(scheduled(catch_up, timer("R/PT1H", "timeCycle"), catch_up))
        engine.deploy(waiting)
        late = engine.start("waiting").id
    with (
        serving(database_url, tmp_path, poll_interval="0.1") as server,
        stepwell.open(database_url) as engine,
    ):
        until(
            lambda: len(engine.instances(process_id="all").items) == 5, "all that was missed is made up for"
        )
        until(lambda: engine.instances(process_id="once").items, "it is made up for once")
        until(lambda: engine.instance(late).status == "completed", "the timer that was missed has fired")
        counts = {
            name: len(ok(server.client.get("/instances", params={"process_id": name}))["items"])
            for name in ("once", "all", "none")
        }
    assert counts == {"once": 1, "all": 5, "none": 0}


# -- R2, R3 -----------------------------------------------------------------------------------------------


def test_r2_formulas_calls_and_mails_need_nobody(work: Office, recorder: Recorder, mailbox: Mailbox) -> None:
    before = len(recorder.calls)
    id = work.begin("automatic", amount=100, guest="ada@example.org")["id"]
    path = f"/instances/{id}"
    until(lambda: ok(work.server.client.get(path))["status"] == "completed", "everything is done")
    assert [body for _, body in recorder.calls[before:]] == ["119"]
    assert [(mail["to"], mail["subject"]) for mail in mailbox.mails[-1:]] == [
        ("ada@example.org", "Hello ada@example.org")
    ]


def test_r2_a_python_function_of_the_installation_needs_nobody(work: Office) -> None:
    id = work.begin("python", amount=21)["id"]
    until(lambda: work.steps(id) == ["after"], "the function was called")
    assert work.variables(id)["double"] == 42


def test_r3_a_step_stops_its_own_branch_until_it_is_done_and_no_other(work: Office) -> None:
    ann = work.clients["ann"]
    begun = work.begin("branches")
    assert (work.steps(begun["id"]), work.variables(begun["id"])) == (["check", "look"], {"counted": 1})
    steps = {task["element"]: task["id"] for task in begun["user_tasks"]}
    assert ok(ann.post(f"/user-tasks/{steps['check']}/complete", json={}))["status"] == "running"
    assert work.steps(begun["id"]) == ["look"]
    assert ok(ann.post(f"/user-tasks/{steps['look']}/complete", json={}))["status"] == "completed"
