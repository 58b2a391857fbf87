"""An engine and a worker over one database, for stories."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from stepwell import library
from stepwell.config import Settings
from stepwell.connectors import Connector
from stepwell.library import Engine
from stepwell.services.requests import Done, Request
from stepwell.worker import Runner, StoreTransport
from tests.store.instances import Clock

MEMORY = "sqlite://"
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:stepwell="urn:stepwell:bpmn:1" id="d" targetNamespace="urn:test">'
)


def process(*steps: str, extra: str = "", start: str = "", name: str = "p") -> bytes:
    """A process of steps one after the other; ``start`` is the definition of its start event."""
    ids = ["s", *(step.split('id="', 1)[1].split('"', 1)[0] for step in steps), "e"]
    flows = "".join(
        f'<bpmn:sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(ids)
    )
    inner = f'<bpmn:startEvent id="s">{start}</bpmn:startEvent>{"".join(steps)}<bpmn:endEvent id="e"/>'
    text = f'{HEAD}<bpmn:process id="{name}" isExecutable="true">{inner}{flows}{extra}</bpmn:process>'
    return f"{text}</bpmn:definitions>".encode()


def call(id: str = "call", settings: str = 'retries="0"', **inputs: str) -> str:
    """A service task that calls a function of the test."""
    given = "".join(f'<stepwell:input name="{name}" value="{value}"/>' for name, value in inputs.items())
    return (
        f'<bpmn:serviceTask id="{id}"><bpmn:extensionElements><stepwell:task type="python" {settings}/>'
        f'<stepwell:input name="function" value="work"/>{given}</bpmn:extensionElements></bpmn:serviceTask>'
    )


def wait(id: str, definition: str) -> str:
    return f'<bpmn:intermediateCatchEvent id="{id}">{definition}</bpmn:intermediateCatchEvent>'


def timer(kind: str, text: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"


def user(id: str = "look", assignee: str = "") -> str:
    if not assignee:
        return f'<bpmn:userTask id="{id}"/>'
    assigned = f'<stepwell:assignment user="{assignee}"/>'
    return f'<bpmn:userTask id="{id}"><bpmn:extensionElements>{assigned}</bpmn:extensionElements></bpmn:userTask>'


@dataclass
class Office:
    """An engine, its worker, and what the worker asked of the corridor. ``clock`` moves when told."""

    engine: Engine
    transport: StoreTransport
    clock: Clock | None
    submit: Callable[[Request], Any]
    settings: Settings
    connectors: dict[str, Connector]
    runner: Runner = field(init=False)
    submitted: list[Request] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def told(self, request: Request) -> Done:
        self.submitted.append(request)
        try:
            done: Done = await self.submit(request)
        finally:
            self.answered.set()
        return done

    async def until(self, condition: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait until the worker's doings have made it true."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self.answered.wait()
                self.answered.clear()

    def hire(self, **options: Any) -> Runner:
        """Another worker."""
        return Runner(self.transport, self.told, self.connectors, self.settings, **options)

    async def work(self, seconds: float = 0.0) -> None:
        """Let time pass, then do what is due until nothing is."""
        if self.clock is not None:
            self.clock.now += round(seconds * 1_000_000)
        while await self.runner.step():
            await self.runner.settled()

    def variables(self, id: str) -> dict[str, object]:
        return self.engine.variables(id)

    def status(self, id: str) -> str:
        return self.engine.instance(id).status


@asynccontextmanager
async def office(
    url: str,
    *files: bytes,
    work: Callable[..., Any] | None = None,
    clock: Clock | None = None,
    **settings: Any,
) -> AsyncIterator[Office]:
    """An engine with these files deployed; ``work`` is what the service tasks call."""
    known = Settings(database_url=url, **settings)
    with library.open(url, settings=known, clock=clock) as engine:
        for file in files:
            engine.deploy(file)
        inline = engine.is_embedded
        transport = StoreTransport(engine.store, inline=inline)
        engine._woken.append(transport.announce)
        connectors = {"python": Connector.of("python", work)} if work else {}
        found = Office(engine, transport, clock, engine.loop_driver().submit, known, connectors)
        found.runner = found.hire()
        yield found
        assert engine.store.verify() == []


def story(tale: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test that is told as a coroutine, over an embedded database in memory."""

    def tell() -> None:
        asyncio.run(tale())

    tell.__name__, tell.__doc__ = tale.__name__, tale.__doc__
    return tell


def story_on_both(tale: Callable[[str], Coroutine[Any, Any, None]]) -> Callable[[str], None]:
    """The same over each kind of database."""

    def tell(database_url: str) -> None:
        asyncio.run(tale(database_url))

    tell.__name__, tell.__doc__ = tale.__name__, tale.__doc__
    return tell
