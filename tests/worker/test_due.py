"""What needs no connector: timers, messages, signals, schedules, continuations."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from stepwell.engine.commands import FailJob, FireTimer
from stepwell.engine.handlers import machine
from stepwell.services.requests import Done, OnInstance, Request, StartDue
from tests.store.instances import NOW, Clock
from tests.worker.office import HEAD, MEMORY, Office, office, process, story, story_on_both, timer, user, wait

LATER = process(wait("later", timer("timeDuration", "=after")), user())


@story_on_both
async def test_a_timer_fires_when_its_time_has_come(url: str) -> None:
    async with office(url, LATER, clock=Clock()) as place:
        started = place.engine.start("p", {"after": "PT1H"})
        await place.work(3599)
        assert not place.engine.instance(started.id).user_tasks
        await place.work(1)
        assert place.engine.instance(started.id).user_tasks


@story_on_both
async def test_after_downtime_all_timers_fire_in_order_of_their_time(url: str) -> None:
    async with office(url, LATER, clock=Clock()) as place:
        third, first, second = (
            int(place.engine.start("p", {"after": f"PT{minutes}M"}).id) for minutes in (30, 10, 20)
        )
        await place.work(24 * 3600)
        fired = [
            request.instance_id
            for request in place.submitted
            if isinstance(request, OnInstance) and isinstance(request.command, FireTimer)
        ]
        assert fired == [first, second, third]


@story_on_both
async def test_a_timer_fires_by_itself_and_not_before_its_time(url: str) -> None:
    """By the clock on the wall, while nobody else does anything."""
    async with office(url, LATER) as place:
        running = asyncio.create_task(place.runner.run())
        started = await asyncio.to_thread(place.engine.start, "p", {"after": "PT0.3S"})
        due = time.monotonic() + 0.3
        await place.until(lambda: place.engine.instance(started.id).user_tasks)
        assert time.monotonic() > due - 0.05
        await place.runner.stop()
        await running


@story_on_both
async def test_a_message_reaches_who_waits_for_it(url: str) -> None:
    catch = wait("paid", '<bpmn:messageEventDefinition messageRef="m"/>')
    message = (
        '<bpmn:message id="m" name="paid"><bpmn:extensionElements><stepwell:correlation key="=order"/>'
        "</bpmn:extensionElements></bpmn:message>"
    )
    file = process(catch, user()).replace(HEAD.encode(), HEAD.encode() + message.encode())
    async with office(url, file) as place:
        waiting, other = (place.engine.start("p", {"order": number}).id for number in (1, 2))
        place.engine.publish("paid", key="1", values={"sum": 5})
        await place.work()
        assert place.variables(waiting)["sum"] == 5
        assert not place.engine.instance(other).user_tasks


@story_on_both
async def test_a_signal_reaches_everybody_who_waits(url: str) -> None:
    catch = wait("open", '<bpmn:signalEventDefinition signalRef="g"/>')
    signal = '<bpmn:signal id="g" name="doors"/>'
    file = process(catch, user()).replace(HEAD.encode(), HEAD.encode() + signal.encode())
    async with office(url, file) as place:
        started = [place.engine.start("p").id for _ in range(3)]
        place.engine.signal("doors")
        await place.work()
        assert all(place.engine.instance(id).user_tasks for id in started)


@story_on_both
async def test_a_schedule_that_missed_several_times_starts_once(url: str) -> None:
    clock = Clock(NOW)
    async with office(url, process(user(), start=timer("timeCycle", "R/PT1H")), clock=clock) as place:
        await place.work(5 * 3600)
        assert len(place.engine.instances().items) == 1
        await place.work(3600)
        assert len(place.engine.instances().items) == 2


@story
async def test_work_that_was_handed_on_goes_on() -> None:
    many = (
        '<bpmn:scriptTask id="count"><bpmn:multiInstanceLoopCharacteristics isSequential="true">'
        "<bpmn:loopCardinality>50</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
        "<bpmn:script>1</bpmn:script></bpmn:scriptTask>"
    )
    async with office(MEMORY, process(many), transaction_budget=10) as place:
        started = place.engine.start("p")
        assert place.status(started.id) == "running"
        await place.work()
        assert place.status(started.id) == "completed"


def refusing(place: Office, kind: type[Request], times: int) -> Callable[[Request], Awaitable[Done]]:
    """A way into the corridor that raises for the first requests of a kind."""
    left = [RuntimeError("odd")] * times

    async def submit(request: Request) -> Done:
        if left and isinstance(request, kind) and not isinstance(getattr(request, "command", None), FailJob):
            raise left.pop()
        return await place.told(request)

    return submit


@story_on_both
async def test_a_timer_that_keeps_failing_is_an_incident_and_fires_after_its_retry(url: str) -> None:
    async with office(url, LATER, clock=Clock()) as place:
        started = place.engine.start("p", {"after": "PT1H"})
        place.runner.submit = refusing(place, OnInstance, machine.OWN_ATTEMPTS)
        for _ in range(machine.OWN_ATTEMPTS):
            await place.work(3600)
        (incident,) = place.engine.incidents().items
        assert "RuntimeError: odd" in incident.message
        place.engine.retry(incident.id)
        await place.work()
        assert place.engine.instance(started.id).user_tasks


@story_on_both
async def test_a_start_that_failed_is_made_again_later_and_ever_later(url: str) -> None:
    async with office(url, process(user(), start=timer("timeDuration", "PT1H")), clock=Clock()) as place:
        place.runner.submit = refusing(place, StartDue, 2)
        await place.work(3600)
        await place.work(10)
        await place.work(19)
        assert not place.engine.instances().items
        await place.work(1)
        assert len(place.engine.instances().items) == 1
