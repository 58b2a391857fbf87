"""Somebody who listens to the live channel of a running server."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.acceptance.server import Server, until


@dataclass
class Told:
    """One event as it came."""

    name: str
    id: str
    data: dict[str, Any]


@dataclass
class Stream:
    """What one listener was told so far."""

    events: list[Told] = field(default_factory=list)
    last_id: str = ""
    is_over: bool = False
    status: int = 0

    def named(self, *names: str) -> list[Told]:
        return [event for event in list(self.events) if event.name in names]

    def find(self, name: str, **data: Any) -> Told | None:
        """An event with this name and these data, if it came."""
        for event in self.named(name):
            if all(event.data.get(key) == value for key, value in data.items()):
                return event
        return None

    def expect(self, name: str, **data: Any) -> Told:
        """Wait for an event."""
        until(lambda: self.find(name, **data), f"{name} {data} among {self.events}")
        found = self.find(name, **data)
        assert found is not None
        return found

    def take(self, lines: Iterator[str]) -> None:
        """Read what comes, until it ends."""
        block: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            if line:
                block[name] = value
                continue
            self.last_id = block.get("id", self.last_id)
            if block.get("event", "mark") != "mark":
                self.events.append(Told(block["event"], self.last_id, json.loads(block["data"])))
            block = {}


def client(server: Server, secret: str) -> httpx.Client:
    """Somebody who asks with an API token."""
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.Client(base_url=f"{server.address}/api/v1", headers=headers, timeout=30, trust_env=False)


@contextmanager
def listening(
    asking: Callable[[], httpx.Client], after: str = "", *, greeted: bool = True
) -> Iterator[Stream]:
    """A stream for the length of a block; it is open when the block begins."""
    found = Stream()
    opened = threading.Event()
    with (
        asking() as http,
        http.stream("GET", "/events", params={"after": after} if after else None) as answer,
    ):
        found.status = answer.status_code

        def read() -> None:
            with suppress(httpx.HTTPError, httpx.StreamError):
                found.take(answer.iter_lines())
            found.is_over = True
            opened.set()

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        if greeted:
            until(lambda: found.last_id or found.is_over, "the stream is open")
        try:
            yield found
        finally:
            with suppress(OSError):
                answer.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
            thread.join(10)
