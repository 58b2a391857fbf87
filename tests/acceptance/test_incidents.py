"""Product rule R7: what can not go on becomes an incident that names the element, what was expected and what was found."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.acceptance.conftest import Place
from tests.acceptance.drawing import (
    END,
    START,
    call,
    catch,
    event,
    line,
    message,
    script,
    service,
    timer,
    user,
)  # fmt: skip
from tests.engine.world import conditional, flows, process


@dataclass(frozen=True)
class Obstacle:
    """A process that gets stuck, and what the incident has to say."""

    file: bytes
    element: str
    code: str
    expected: str
    found: str
    given: dict[str, Any] = field(default_factory=dict)


CHOICE = '<bpmn:exclusiveGateway id="which"/><bpmn:endEvent id="other"/>'
NO_FLOW = process(
    START + CHOICE + END + flows("start which")
    + conditional("which", "end", "n &gt; 10") + conditional("which", "other", "n &gt; 20")
)  # fmt: skip
NO_BOOLEAN = process(
    START + CHOICE + END + flows("start which other") + conditional("which", "end", "n"),
).replace(
    b'<bpmn:exclusiveGateway id="which"/>', b'<bpmn:exclusiveGateway id="which" default="which_other"/>'
)
FOR_EACH = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="false"><bpmn:loopDataInputRef>n</bpmn:loopDataInputRef>'
    '<bpmn:inputDataItem name="one"/></bpmn:multiInstanceLoopCharacteristics>'
)
ENDLESS = process(
    START + '<bpmn:exclusiveGateway id="again"/><bpmn:exclusiveGateway id="enough" default="enough_again"/>' + END
    + script("count", "{n: n + 1}") + flows("start again count enough again") + conditional("enough", "end", "n &lt; 0")
)  # fmt: skip
NEVER_JOINED = process(
    START + '<bpmn:exclusiveGateway id="which" default="which_join"/><bpmn:parallelGateway id="join"/>' + END
    + user("never") + flows("start which join end", "never join") + conditional("which", "never", "n &gt; 10")
)  # fmt: skip
UNCAUGHT = process(
    START + '<bpmn:endEvent id="thrown"><bpmn:errorEventDefinition errorRef="e"/></bpmn:endEvent>' + flows("start thrown"),
    '<bpmn:error id="e" errorCode="late"/>',
)  # fmt: skip
LETTER = event("message", "letter")

OBSTACLES = {
    "no flow fits": Obstacle(
        NO_FLOW, "which", "flow.no-match", "a condition behind which to hold", "none of which_end, which_other holds"
    ),
    "a condition is no yes or no": Obstacle(NO_BOOLEAN, "which", "condition.not-boolean", "true or false", "gave 5"),
    "a formula fails": Obstacle(
        line(script("add", "{m: number(n)}"), path="add"),
        "add", "expression.failed", "a number", "got 'seven' (line 1, column 5 of ", {"n": "seven"},
    ),
    "a time makes no sense": Obstacle(
        line(catch("wait", timer("= n")), path="wait"), "wait", "timer.invalid", "duration", "'soon'", {"n": "soon"}
    ),
    "there is nothing to repeat over": Obstacle(
        line(user("each", inner=FOR_EACH), path="each"), "each", "loop.input", "to give a list", "it gave 5"
    ),
    "the called process is not there": Obstacle(
        line(call("called", "nowhere"), path="called"), "called", "call.unknown-process", "'nowhere'", "there is none"
    ),
    "it repeats too often": Obstacle(ENDLESS, "again", "repetitions.exceeded", "at most 1000 times", "1001", {"n": 0}),
    "a join waits for ever": Obstacle(
        NEVER_JOINED, "", "join.waits-forever", "a token on every flow into join", "none can come any more"
    ),
    "nobody catches the error": Obstacle(
        UNCAUGHT, "thrown", "error.uncaught", "a boundary event that catches error 'late'", "there is none"
    ),
    "a message has no key": Obstacle(
        line(catch("wait", LETTER), path="wait", roots=message("letter", "= address")),
        "wait", "message.no-key", "the correlation key = address to have a value", "it is null",
    ),
    "the function is not installed": Obstacle(
        line(service("ask", "python", function="= n"), path="ask"),
        "ask", "job.failed", "an installed function", "'seven' is none", {"n": "seven"},
    ),
    "an argument does not fit": Obstacle(
        line(service("ask", "http.request", url="= n"), path="ask"), "ask", "job.failed", "url to be text", "found 5"
    ),
    "all attempts failed": Obstacle(
        line(service("ask", "http.request", 'retries="1" backoff="PT1S"', url="= n"), path="ask"),
        "ask", "job.failed", "http://127.0.0.1:9/ to answer", "attempt 2 failed", {"n": "http://127.0.0.1:9/"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OBSTACLES)
def test_r7_what_can_not_go_on_is_an_incident(place: Place, name: str) -> None:
    obstacle = OBSTACLES[name]
    place.engine.deploy(obstacle.file)
    id = place.engine.start("p", {"n": 5} | obstacle.given).id
    for _ in range(3):
        place.pass_time(2)
    [incident] = place.engine.incidents(instance=id).items
    assert (incident.element, incident.code) == (obstacle.element, obstacle.code)
    assert incident.message.startswith("Expected ")
    assert obstacle.expected in incident.message
    assert obstacle.found in incident.message
    assert place.status(id) == "running"


def test_r7_an_incident_stops_only_its_own_branch(place: Place) -> None:
    fork = '<bpmn:parallelGateway id="fork"/>'
    branches = script("add", "{m: number(n)}") + user("look")
    place.engine.deploy(process(START + fork + branches + END + flows("start fork add end", "fork look end")))
    id = place.engine.start("p", {"n": "seven"}).id
    place.complete(id)
    assert (place.waits_at(id), place.status(id)) == (["add"], "running")


def test_r7_a_called_process_that_came_later_is_found_by_the_retry(place: Place) -> None:
    place.engine.deploy(line(call("called", "child"), path="called"))
    id = place.engine.start("p").id
    place.engine.deploy(line(user("ask"), path="ask", id="child"))
    place.engine.retry(place.engine.incidents(instance=id).items[0].id, actor="ada", reason="deployed it")
    [child] = place.engine.instance(id).children
    assert place.waits_at(child.id) == ["ask"]


def test_r7_a_retry_without_repair_is_the_same_incident_again(place: Place) -> None:
    place.engine.deploy(line(script("add", "{m: number(n)}"), path="add"))
    id = place.engine.start("p", {"n": "seven"}).id
    [before] = place.engine.incidents(instance=id).items
    place.engine.retry(before.id)
    [after] = place.engine.incidents(instance=id).items
    assert (after.element, after.message) == (before.element, before.message)
