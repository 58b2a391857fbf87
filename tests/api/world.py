"""A small company on a server: one person of every kind that the policies know, and a process they work on."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from stepwell.identity import STEPWELL, Role
from stepwell.library import Engine
from stepwell.services import api_tokens, passwords, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.directory import digest
from stepwell.services.people import NewPerson
from stepwell.store import logins
from stepwell.store import people as rows
from tests.api.conftest import opened

ORDER = Path(__file__).parent / "people" / "order.bpmn"
PASSWORD = "correct horse battery"
ROLES = {
    "sellers": frozenset(), "clerks": frozenset(), "auditors": frozenset(), "designers": frozenset({"design"}),
    "operators": frozenset({"operate"}), "administrators": frozenset({"administer"}),
}  # fmt: skip
MEMBERS = {
    "starter": "sellers", "member": "clerks", "colleague": "clerks", "seer": "auditors", "designer": "designers",
    "operator": "operators", "administrator": "administrators",
}  # fmt: skip
PEOPLE = ("stranger", "starter", "assignee", "member", "colleague", "former", "seer", "designer", "operator", "administrator")  # fmt: skip


@dataclass
class World:
    """The company: ``ask`` as somebody, or as nobody (None). Everybody has a session of their own."""

    engine: Engine
    runner: asyncio.Runner
    client: httpx.AsyncClient
    headers: dict[str | None, dict[str, str]] = field(default_factory=dict)

    def ask(self, who: str | None, method: str, path: str, **given: Any) -> httpx.Response:
        path = path if path.startswith(("/health", "/api/")) else f"/api/v1{path}"
        self.client.cookies.clear()
        headers = self.headers[who] | given.pop("headers", {})
        return self.runner.run(self.client.request(method, path, headers=headers, **given))

    def get(self, who: str | None, path: str, **query: Any) -> httpx.Response:
        return self.ask(who, "GET", path, params=query or None)

    def post(self, who: str | None, path: str, **body: Any) -> httpx.Response:
        return self.ask(who, "POST", path, json=body)

    def session(self, who: str) -> str:
        """A new session of somebody; gives its secret."""
        secret = secrets.token_urlsafe()
        with self.engine.store.transaction() as tx:
            made = logins.LoginSession(secrets.token_urlsafe(9), who, tx.now, tx.now, tx.now + 10**12)
            logins.add_session(tx.session, made, digest(secret))
        return secret

    def log_in(self, who: str) -> None:
        """Let a person ask, in a session of their own."""
        self.headers[who] = {"Cookie": f"stepwell={self.session(who)}", "Stepwell-Request": "test"}

    def api_token(self, who: str, scope: str) -> str:
        """A new API token of somebody; gives its secret."""
        wanted = Wanted("test", scope)  # type: ignore[arg-type]
        return api_tokens.add(self.engine.directory, who, wanted).secret

    def add(self, name: str, *given: str) -> str:
        """Somebody new, in these roles."""
        people.add(self.engine.store, NewPerson(name=name, roles=given), STEPWELL)
        self.log_in(name)
        return name

    def order(self) -> str:
        """A new order: looked at by ``former``, to be approved by ``assignee`` (key 2) and packed by clerks (3);
        it is stuck somewhere, too (4).
        """
        started = self.engine.start("order", {"amount": 1}, actor="starter")
        self.engine.complete(f"{started.id}-1", actor="former")
        return started.id


@contextmanager
def company(url: str, **settings: Any) -> Iterator[World]:
    """The company at work."""
    with opened(url, bearer=None, **settings) as api:
        found = World(api.engine, api.runner, api.client, {None: {}})
        for name, rights in ROLES.items():
            roles.add(found.engine.store, Role(name, rights=rights), STEPWELL)
        for name in PEOPLE:
            found.add(name, *filter(None, [MEMBERS.get(name)]))
        found.engine.deploy(ORDER)
        yield found


def give_password(world: World, *names: str) -> None:
    """Let people log in with ``PASSWORD`` (hashing it once for all of them)."""
    kept = passwords.hashed(PASSWORD, "")
    with world.engine.store.transaction() as tx:
        for name in names:
            rows.set_password(tx.session, name, kept)
        tx.raise_epoch()
