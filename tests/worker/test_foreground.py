"""A person waits while system steps run, and sees the next step for them (R4)."""

import asyncio
from typing import Any

from stepwell.connectors import Call
from stepwell.engine.rows import UserTask
from stepwell.identity import in_the_name_of
from stepwell.services import instances, user_tasks
from stepwell.services.progress import Progress, followed
from stepwell.services.requests import Request
from stepwell.services.trail import awaited
from stepwell.worker import Foreground
from tests.engine.world import flows
from tests.engine.world import process as drawn
from tests.store.instances import Clock
from tests.worker.office import MEMORY, Office, call, office, process, story, story_on_both, timer, user, wait

NESTED = '<bpmn:callActivity id="nested" calledElement="inner"/>'

ANN = in_the_name_of("ann")


async def answer(call: Call, *, function: str) -> dict[str, object]:
    return {"answer": 42}


async def follow(place: Office, request: Request, seconds: float = 60, **options: Any) -> Progress:
    foreground = Foreground(place.runner, **options)
    return followed(await foreground.follow(awaited(request), seconds), request.actor)


def starting(actor: str = "ann", name: str = "p") -> Request:
    return instances.start(name, actor=in_the_name_of(actor))


def elements(progress: Progress) -> list[str]:
    return [step.element for step in progress.next]


@story_on_both
async def test_jobs_are_done_at_once_and_the_next_step_is_told(url: str) -> None:
    async with office(url, process(call(), user()), work=answer) as place:
        place.engine._woken.clear()
        progress = await follow(place, starting())
        assert (progress.state, elements(progress)) == ("waiting", ["look"])
        assert place.variables(progress.id)["answer"] == 42


@story_on_both
async def test_no_other_worker_takes_a_job_that_somebody_waits_for(url: str) -> None:
    async with office(url, process(call()), work=answer) as place:
        done = await place.runner.submit(awaited(starting()))
        assert not await place.hire().take("connector")
        assert [claimed.attempt for claimed in done.trail.work] == [1] if done.trail else False


@story_on_both
async def test_when_this_server_dies_its_jobs_are_taken_over(url: str) -> None:
    async with office(url, process(call()), work=answer, clock=Clock()) as place:
        done = await place.runner.submit(awaited(starting()))
        place.runner = place.hire()
        await place.work(61)
        assert place.status(str(done.instance_id)) == "completed"


@story
async def test_a_timer_keeps_its_own_time() -> None:
    paused = process(wait("later", timer("timeDuration", "PT5S")), user())
    async with office(MEMORY, paused, clock=Clock()) as place:
        progress = await follow(place, starting())
        assert (progress.state, progress.next) == ("waiting", ())
        await place.work(5)
        assert place.engine.instance(progress.id).user_tasks


@story_on_both
async def test_who_waits_too_long_is_told_that_it_goes_on_and_hears_of_the_step_later(url: str) -> None:
    may_end, heard = asyncio.Event(), asyncio.Event()
    announced: list[tuple[int, str]] = []

    async def slow(call: Call, *, function: str) -> None:
        await may_end.wait()

    def hear(instance_id: int, task: UserTask) -> None:
        announced.append((instance_id, task.element))
        heard.set()

    async with office(url, process(call(), user()), work=slow) as place:
        progress = await follow(place, starting(), 0.05, announce=hear)
        assert (progress.state, progress.next) == ("running", ())
        may_end.set()
        await asyncio.wait_for(heard.wait(), 5)
        assert announced == [(int(progress.id), "look")]


@story
async def test_each_late_step_is_told_as_it_comes_and_none_that_the_answer_named() -> None:
    """One step is there at once, one comes while another call still goes on."""
    may_end = {"early": asyncio.Event(), "late": asyncio.Event()}
    announced: asyncio.Queue[str] = asyncio.Queue()

    async def slow(call: Call, *, function: str, which: str) -> None:
        await may_end[which].wait()

    steps = call("one", which="early") + call("two", which="late") + user("now") + user("then")
    paths = flows("s fork now e", "fork one then e", "fork two e")
    ends = '<bpmn:startEvent id="s"/><bpmn:parallelGateway id="fork"/><bpmn:endEvent id="e"/>'
    async with office(MEMORY, drawn(ends + steps + paths), work=slow) as place:
        progress = await follow(
            place, starting(), 0.05, announce=lambda _, task: announced.put_nowait(task.element)
        )
        assert (progress.state, elements(progress)) == ("running", ["now"])
        may_end["early"].set()
        assert await asyncio.wait_for(announced.get(), 5) == "then"
        may_end["late"].set()
        await place.runner.settled()
        assert announced.empty()


@story_on_both
async def test_a_called_process_and_the_way_back_belong_to_it(url: str) -> None:
    inner = process(call(), name="inner")
    async with office(url, process(NESTED, user()), inner, work=answer) as place:
        assert elements(await follow(place, starting())) == ["look"]


@story_on_both
async def test_completing_a_step_of_a_called_process_leads_to_the_caller_s_next_one(url: str) -> None:
    inner = process(user("first"), name="inner")
    async with office(url, process(NESTED, user("second", "ann")), inner) as place:
        (step,) = (await follow(place, starting())).next
        assert elements(await follow(place, user_tasks.complete(step.id, actor=ANN))) == ["second"]


@story
async def test_a_long_way_is_gone_to_its_end() -> None:
    script = '<bpmn:scriptTask id="s{}"><bpmn:script>{{n: 1}}</bpmn:script></bpmn:scriptTask>'
    long = process(*(script.format(f"_{n}") for n in range(40)), user())
    async with office(MEMORY, long, transaction_budget=10) as place:
        assert elements(await follow(place, starting())) == ["look"]


@story
async def test_steps_of_others_are_not_the_next_ones() -> None:
    async with office(MEMORY, process(user("look", "bob"))) as place:
        assert (await follow(place, starting())).next == ()


@story
async def test_what_the_author_sends_to_the_background_nobody_waits_for() -> None:
    later = user("look").replace("/>", "><bpmn:extensionElements>{}</bpmn:extensionElements></bpmn:userTask>")
    quiet = later.format('<stepwell:execution background="true"/>')
    async with office(MEMORY, process(quiet)) as place:
        progress = await follow(place, starting())
        assert (progress.state, progress.next) == ("waiting", ())
        await place.work()
        assert place.engine.instance(progress.id).user_tasks


async def failing(call: Call, *, function: str) -> None:
    raise ValueError("no paper")


@story_on_both
async def test_an_incident_on_the_way_is_part_of_the_answer(url: str) -> None:
    async with office(url, process(call()), work=failing) as place:
        progress = await follow(place, starting())
        assert (progress.state, [row.element for row in progress.incidents]) == ("incident", ["call"])


@story
async def test_a_job_that_is_tried_again_later_goes_on_by_itself() -> None:
    async with office(MEMORY, process(call(settings='retries="3"')), work=failing) as place:
        assert (await follow(place, starting())).state == "running"


@story
async def test_at_the_end_it_is_told_that_the_instance_ended() -> None:
    async with office(MEMORY, process(call()), work=answer) as place:
        assert (await follow(place, starting())).state == "ended"


@story
async def test_repeated_with_its_key_it_begins_nothing_anew() -> None:
    async with office(MEMORY, process(call(), user()), work=answer) as place:
        request = instances.start("p", actor=ANN, idempotency_key="k")
        first, second = [await follow(place, request) for _ in range(2)]
        assert (second.id, second.is_repeated) == (first.id, True)
