"""Jobs of connectors: performed, tried again, told to the process."""

import asyncio

import pytest

from stepwell.connectors import BpmnError, Call, ConnectorError
from stepwell.worker import attempts
from tests.store.instances import Clock
from tests.worker.office import MEMORY, call, office, process, story, story_on_both, user

RETRIED = 'retries="2" backoff="PT10S"'
CAUGHT = (
    '<bpmn:boundaryEvent id="caught" attachedToRef="call"><bpmn:errorEventDefinition/>'
    '</bpmn:boundaryEvent><bpmn:sequenceFlow id="x" sourceRef="caught" targetRef="helped"/>'
    '<bpmn:userTask id="helped"/><bpmn:sequenceFlow id="y" sourceRef="helped" targetRef="e"/>'
)


def answer(call: Call, *, function: str, **arguments: object) -> object:
    return {"answer": arguments.get("question", 42)}


@story_on_both
async def test_what_a_connector_gives_becomes_variables(url: str) -> None:
    async with office(url, process(call(question="=6 * 7")), work=answer) as place:
        started = place.engine.start("p")
        await place.work()
        assert (place.status(started.id), place.variables(started.id)["answer"]) == ("completed", 42)


@story
async def test_a_result_that_is_no_context_is_called_result() -> None:
    def work(call: Call, *, function: str) -> list[int]:
        return [1, 2]

    async with office(MEMORY, process(call(), user()), work=work) as place:
        started = place.engine.start("p")
        await place.work()
        assert place.variables(started.id)["result"] == [1, 2]


@story_on_both
async def test_a_failed_attempt_is_made_again_after_a_while(url: str) -> None:
    calls: list[Call] = []

    def work(call: Call, *, function: str) -> None:
        calls.append(call)
        if len(calls) < 3:
            raise ConnectorError("not now")

    async with office(url, process(call(settings=RETRIED)), work=work, clock=Clock()) as place:
        started = place.engine.start("p")
        tries = []
        for seconds in (0, 9, 1, 19, 1):
            await place.work(seconds)
            tries.append(len(calls))
        assert tries == [1, 1, 2, 2, 3]
        assert place.status(started.id) == "completed"
        assert {made.idempotency_key for made in calls} == {f"{started.id}-1"}


@story
async def test_retries_that_are_used_up_are_an_incident() -> None:
    def work(call: Call, *, function: str) -> None:
        raise ValueError("no such customer")

    async with office(MEMORY, process(call(settings=RETRIED)), work=work, clock=Clock()) as place:
        place.engine.start("p")
        for _ in range(3):
            await place.work(100)
        (incident,) = place.engine.incidents().items
        assert incident.message == (
            "Expected job python of call to succeed, but attempt 3 failed: ValueError: no such customer"
        )


@pytest.mark.parametrize("error", ["hopeless", "wrong argument", "not installed"])
def test_what_can_not_succeed_is_an_incident_at_once(error: str) -> None:
    def work(call: Call, *, function: str, must: str = "") -> None:
        raise ConnectorError("hopeless", may_retry=False)

    async def tale() -> None:
        more = {"unknown": "x"} if error == "wrong argument" else {}
        async with office(MEMORY, process(call(settings=RETRIED, **more)), work=work) as place:
            if error == "not installed":
                place.connectors.clear()
            place.engine.start("p")
            await place.work()
            assert [incident.code for incident in place.engine.incidents().items] == ["job.failed"]

    asyncio.run(tale())


@story
async def test_a_bpmn_error_goes_to_who_catches_it_with_its_values() -> None:
    def work(call: Call, *, function: str) -> None:
        raise BpmnError("no-credit", "no credit", {"limit": 5.5})

    file = process(call(), extra=CAUGHT)
    async with office(MEMORY, file, work=work) as place:
        started = place.engine.start("p")
        await place.work()
        assert [task.element for task in place.engine.instance(started.id).user_tasks] == ["helped"]
        assert str(place.variables(started.id)["limit"]) == "5.5"


@story
async def test_values_of_an_error_that_can_not_be_stored_are_an_incident() -> None:
    def work(call: Call, *, function: str) -> None:
        raise BpmnError("odd", values={"thing": object()})

    async with office(MEMORY, process(call()), work=work) as place:
        place.engine.start("p")
        await place.work()
        assert "can be stored" in place.engine.incidents().items[0].message


@story
async def test_jobs_run_side_by_side() -> None:
    meeting = asyncio.Barrier(2)

    async def work(call: Call, *, function: str) -> None:
        await meeting.wait()

    async with office(MEMORY, process(call()), work=work) as place:
        started = [place.engine.start("p").id for _ in range(2)]
        await place.work()
        assert [place.status(id) for id in started] == ["completed", "completed"]


@story
async def test_no_more_than_the_limit_run_at_a_time() -> None:
    running: list[int] = [0, 0]

    async def work(call: Call, *, function: str) -> None:
        running[0] += 1
        running[1] = max(running)
        await asyncio.sleep(0)
        running[0] -= 1

    async with office(MEMORY, process(call()), work=work) as place:
        place.runner = place.hire(limit=2)
        started = [place.engine.start("p").id for _ in range(5)]
        await place.work()
        assert running[1] == 2
        assert {place.status(id) for id in started} == {"completed"}


@story
async def test_a_result_for_an_instance_that_was_cancelled_meanwhile_is_dropped() -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def work(call: Call, *, function: str) -> None:
        begun.set()
        await may_end.wait()

    async with office(MEMORY, process(call()), work=work) as place:
        started = place.engine.start("p")
        await place.runner.step()
        await begun.wait()
        place.engine.cancel(started.id)
        may_end.set()
        await place.runner.settled()
        assert place.status(started.id) == "cancelled"


@story
async def test_a_job_over_which_workers_keep_disappearing_is_an_incident() -> None:
    async with office(MEMORY, process(call(settings=RETRIED)), work=answer, clock=Clock()) as place:
        place.engine.start("p")
        for _ in range(attempts.MOST_LOST + 1):
            await place.runner.take("connector")
            assert place.clock is not None
            place.clock.now += 61_000_000
        await place.work()
        assert "disappeared" in place.engine.incidents().items[0].message
