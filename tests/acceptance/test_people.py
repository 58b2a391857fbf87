"""People at two servers that share a database: what one takes away, the other one does not give for long."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import stepwell
from stepwell.identity import STEPWELL, Role
from stepwell.services import api_tokens, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.people import NewPerson
from tests.acceptance.server import Server, serving, until


@pytest.fixture
def secret(shared_postgresql_url: str) -> Iterator[str]:
    """An API token of an operator."""
    with stepwell.open(shared_postgresql_url) as engine:
        roles.add(engine.store, Role("bosses", rights=frozenset({"operate", "administer"})), STEPWELL)
        people.add(engine.store, NewPerson(name="ada", roles=("bosses",)), STEPWELL)
        yield api_tokens.add(engine.directory, "ada", Wanted("test", "all")).secret


def asking(server: Server, secret: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.Client(base_url=f"{server.address}/api/v1", headers=headers, trust_env=False)


def test_what_one_server_takes_away_the_other_one_refuses(
    shared_postgresql_url: str, secret: str, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with (
        serving(shared_postgresql_url, tmp_path / "a") as here,
        serving(shared_postgresql_url, tmp_path / "b") as there,
        asking(there, secret) as ada,
    ):
        assert ada.get("/me").json()["rights"] == ["administer", "operate"]
        here.client.put("/roles/bosses", json={"rights": ["administer"]})
        until(lambda: ada.get("/me").json()["rights"] == ["administer"], "the right is gone")
        assert here.client.post("/people/ada/disable", json={}).status_code == 200
        until(lambda: ada.get("/me").status_code == 401, "ada is out")
