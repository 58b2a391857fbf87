"""A small office on a real server: people with roles, each with a client of their own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

import stepwell
from stepwell.identity import STEPWELL, Role
from stepwell.library import Engine
from stepwell.services import api_tokens, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.people import NewPerson
from tests.acceptance.server import Server, serving

MODELS = Path(__file__).parent / "models"
XML = {"content-type": "application/xml"}


@dataclass
class Office:
    """A server, the engine on its database for what no person does, and who works there."""

    server: Server
    engine: Engine
    open: ExitStack
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    def hire(self, name: str, *given: str, **more: Any) -> httpx.Client:
        """A new person in these roles; a client that asks as this person."""
        for role in given:
            if role not in self.engine.directory.tree().roles:
                roles.add(self.engine.store, Role(role), STEPWELL)
        people.add(self.engine.store, NewPerson(name=name, roles=given, **more), STEPWELL)
        secret = api_tokens.add(self.engine.directory, name, Wanted("test", "all")).secret
        client = httpx.Client(
            base_url=self.server.client.base_url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=30,
            trust_env=False,
        )
        self.clients[name] = self.open.enter_context(client)
        return client

    def start(self, process_id: str, **variables: Any) -> str:
        """A new instance; gives the id of its one open step."""
        answer = self.server.client.post(
            "/instances", json={"process_id": process_id, "variables": variables}
        )
        assert answer.status_code == 201, answer.text
        [task] = answer.json()["user_tasks"]
        return str(task["id"])

    def deploy(self, *files: bytes) -> None:
        """New versions of processes, over HTTP."""
        for xml in files:
            ok(self.server.client.post("/deployments", content=xml, headers=XML))

    def begin(self, process_id: str, by: str = "", **variables: Any) -> Any:
        """Start a process, in somebody's name; gives what came of it."""
        client = self.clients[by] if by else self.server.client
        return ok(client.post("/instances", json={"process_id": process_id, "variables": variables}))

    def steps(self, id: str) -> list[str]:
        """The elements of the open steps of an instance, or of the one to which a step belongs."""
        asked = {"instance": id.partition("-")[0]}
        items = ok(self.server.client.get("/user-tasks", params=asked))["items"]
        return sorted(item["element"] for item in items)

    def variables(self, id: str) -> dict[str, Any]:
        """The variables of an instance, or of the one to which a step belongs."""
        found = ok(self.server.client.get(f"/instances/{id.partition('-')[0]}/variables"))
        return dict(found["variables"])

    def set(self, id: str, **variables: Any) -> None:
        """Repair variables of an instance."""
        body = {"variables": variables, "reason": "repair"}
        ok(self.server.client.put(f"/instances/{id.partition('-')[0]}/variables", json=body))

    def history(self, id: str) -> list[dict[str, Any]]:
        """What happened to an instance, command by command."""
        found = ok(self.server.client.get(f"/instances/{id.partition('-')[0]}/history"))
        return list(found["items"])


@contextmanager
def office(database: str, folder: Path, *models: str, **settings: str) -> Iterator[Office]:
    """The office at work, with these processes deployed."""
    with ExitStack() as stack:
        server = stack.enter_context(serving(database, folder, **settings))
        engine = stack.enter_context(stepwell.open(database, upgrade=False))
        for model in models:
            engine.deploy(MODELS / f"{model}.bpmn")
        yield Office(server, engine, stack)


def inbox(client: httpx.Client, **asked: Any) -> list[str]:
    """The ids of the steps in somebody's panel."""
    answer = client.get("/inbox", params=asked)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def counted(client: httpx.Client) -> int:
    """What the counter of somebody's panel says."""
    return int(client.get("/inbox/counter").json()["count"])


def ok(answer: httpx.Response) -> Any:
    """What was answered to a command or question that was not refused."""
    assert answer.is_success, answer.text
    return answer.json()


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of a refusal."""
    assert answer.is_client_error, answer.text
    return answer.status_code, answer.json()["code"]


def page(client: httpx.Client, id: str) -> Any:
    """The page of a step, opened by somebody."""
    return ok(client.post(f"/user-tasks/{id}/open", json={}))


def complete(client: httpx.Client, id: str, button: str = "", **values: Any) -> httpx.Response:
    """Fill in the page of a step and press a button."""
    return client.post(f"/user-tasks/{id}/complete", json={"button": button, "values": values})
