"""Callers that use a server all at once, and remember what it acknowledged and what it left open."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.acceptance.server import BEARER

OPEN = 4  # errands that a caller has under way
ROUNDS = 3  # steps for a person in each
Reply = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A command as it was sent; sent again it must be the same."""

    path: str
    body: str
    key: str = ""

    @property
    def command(self) -> str:
        """What the history calls it."""
        verbs = {"instances": "StartInstance", "claim": "ClaimUserTask", "complete": "CompleteUserTask"}
        return verbs.get(self.path.rpartition("/")[2], "")


@dataclass
class Known:
    """What all callers learned: replies to commands, and commands whose end nobody saw."""

    replies: list[tuple[Asked, Reply]] = field(default_factory=list)
    unknown: list[Asked] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass
class Errand:
    """One instance in the eyes of its caller."""

    name: str
    id: str = ""
    rounds: int = 0
    is_answered: bool = False


class Caller:
    """Starts errands, does their steps and answers them, in an order that its dice throw."""

    def __init__(self, name: str, recorder: str, known: Known, seed: int) -> None:
        self.name = name
        self.recorder = recorder
        self.known = known
        self.dice = random.Random(seed)
        self.errands: list[Errand] = []
        self.started = 0
        self.is_resting = threading.Event()

    def work(self, address: str) -> None:
        """Go on until the server is gone, or until told to rest."""
        headers = {"content-type": "application/json", **BEARER}
        self.errands = [errand for errand in self.errands if errand.rounds < ROUNDS]
        with httpx.Client(
            base_url=f"{address}/api/v1", headers=headers, trust_env=False, timeout=30
        ) as client:
            try:
                while not self.is_resting.is_set():
                    self.act(client)
            except httpx.TransportError:
                return

    def act(self, client: httpx.Client) -> None:
        if len(self.errands) < OPEN:
            self.start(client)
            return
        errand = self.dice.choice(self.errands)
        if not errand.id:
            self.find(client, errand)
        elif not errand.is_answered and self.dice.random() < 0.2:
            self.answer(client, errand)
        else:
            self.step(client, errand)

    def start(self, client: httpx.Client) -> None:
        self.started += 1
        errand = Errand(f"{self.name}-{self.started}")
        self.errands.append(errand)
        body = {
            "process_id": "errand",
            "business_key": errand.name,
            "variables": {"errand": errand.name, "recorder": self.recorder},
        }
        reply = self.ask(client, "/instances", body, f"start {errand.name}")
        errand.id = "" if reply is None else reply["id"]

    def find(self, client: httpx.Client, errand: Errand) -> None:
        """A start whose end was not seen: is it there?"""
        found = client.get("/instances", params={"business_key": errand.name}).json()["items"]
        if found:
            errand.id = found[0]["id"]
        else:
            self.errands.remove(errand)

    def answer(self, client: httpx.Client, errand: Errand) -> None:
        errand.is_answered = True
        body = {"name": "answer", "key": errand.name, "message_id": errand.name}
        self.ask(client, "/messages", body, f"answer {errand.name}")

    def step(self, client: httpx.Client, errand: Errand) -> None:
        """Take the open task, or get it done; the last one closes the errand."""
        open_tasks = client.get("/user-tasks", params={"instance": errand.id}).json()["items"]
        if not open_tasks:
            return
        task = open_tasks[0]
        if not task["assignee"] and self.dice.random() < 0.5:
            self.ask(client, f"/user-tasks/{task['id']}/claim", {"user": "ada"})
            return
        errand.rounds += 1
        more = errand.rounds < ROUNDS
        body = {"actor": "ada", "variables": {"more": more}}
        self.ask(client, f"/user-tasks/{task['id']}/complete", body, f"complete {task['id']}")
        if not more:
            self.errands.remove(errand)
            if not errand.is_answered:
                self.answer(client, errand)

    def ask(self, client: httpx.Client, path: str, body: Reply, key: str = "") -> Reply | None:
        asked = Asked(path, httpx.Request("POST", "http://x/", json=body).content.decode(), key)
        try:
            return send(client, asked, self.known)
        except httpx.TransportError:
            self.known.unknown.append(asked)
            raise


def send(client: httpx.Client, asked: Asked, known: Known) -> Reply | None:
    """Send a command, and keep the reply."""
    headers = {"idempotency-key": asked.key} if asked.key else {}
    response = client.post(
        asked.path, content=asked.body, headers={"content-type": "application/json"} | headers
    )
    if response.is_success:
        reply: Reply = response.json()
        known.replies.append((asked, reply))
        return reply
    known.refused.append(f"{asked}: {response.status_code} {response.text}")
    return None


@contextmanager
def load(callers: list[Caller], address: str) -> Iterator[None]:
    """All callers at work for the length of a block, or until the server is gone."""
    threads = [threading.Thread(target=caller.work, args=(address,)) for caller in callers]
    for caller in callers:
        caller.is_resting.clear()
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for caller in callers:
            caller.is_resting.set()
        for thread in threads:
            thread.join()
