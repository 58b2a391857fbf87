"""The server as a process of its own."""

import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

import stepwell
from stepwell import config, greeting
from stepwell.api import server as http_server
from stepwell.errors import ConfigurationError
from stepwell.identity import RIGHTS
from tests.api.conftest import TOKEN, Server, serving

API = "/api/v1"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def wait_until_task(address: str, headers: dict[str, str], **which: str) -> None:
    """Ask until such a task is there."""
    began = time.monotonic()
    while not httpx.get(f"{address}{API}/user-tasks", headers=headers, params=which).json()["items"]:
        assert time.monotonic() - began < 60, "Expected a task in time"


def test_the_demo_says_what_to_try_and_it_works(tmp_path: Path) -> None:
    with serving(tmp_path, "--demo") as server:
        text = read_to(server, "Ctrl-C")
        token = re.search(r"Its token +(\S+)", text)
        assert token
        login = re.search(r"Log in as +(\S+) +with +(\S+)", text)
        assert login
        given = {"name": login[1], "password": login[2]}
        assert set(httpx.post(f"{server.address}{API}/login", json=given).json()["rights"]) == set(RIGHTS)
        commands = [line.split() for line in text.splitlines() if line.strip().startswith("stepwell ")]
        assert [command[-1] for command in commands] == ["amount=50", "show", "tasks"]
        assert f"{server.address}/docs" in text
        started = carry_out(commands[0], tmp_path)
        assert "waits at packing" in started
        found = re.search(r"as instance (\d+)", started)
        assert found
        wait_until_task(server.address, {"Authorization": f"Bearer {token[1]}"}, instance=found[1])
        assert "hand_over" in carry_out(commands[1], tmp_path)
        carry_out(carry_out(commands[2], tmp_path).partition("Next: ")[2].split(), tmp_path)
    with stepwell.open(server.database) as engine:
        assert engine.instance(found[1]).status == "completed"
        assert engine.verify() == []


def carry_out(command: list[str], folder: Path) -> str:
    """Carry out a command as it is printed, in a folder; gives what it says."""
    run = [sys.executable, "-c", "from stepwell.main import run; run()", *command[1:]]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(__file__).parents[2] / "src"), "PATH": "/usr/bin"}


def read_to(server: Server, words: str) -> str:
    assert server.process.stdout is not None
    lines = []
    while not lines or words not in lines[-1]:
        lines.append(server.process.stdout.readline())
        assert lines[-1], "the server ended before it said everything"
    return "".join(lines)


def test_a_timer_fires_while_the_server_runs(tmp_path: Path) -> None:
    with serving(tmp_path, STEPWELL_TOKEN=TOKEN) as server:
        content = (greeting.demo_file()).read_bytes().replace(b"PT5S", b"PT1S")
        with httpx.Client(base_url=server.address, headers=BEARER) as client:
            client.post(f"{API}/deployments", content=content, headers={"Content-Type": "application/xml"})
            client.post(f"{API}/instances", json={"process_id": "order"})
        wait_until_task(server.address, BEARER)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_in_peace(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path) as server:
        assert httpx.get(f"{server.address}/health/ready").status_code == 200
        server.process.send_signal(number)
        assert server.process.wait(60) == 0


def test_what_was_answered_is_there_after_the_server_was_killed(tmp_path: Path) -> None:
    with serving(tmp_path, STEPWELL_TOKEN=TOKEN) as server:
        with stepwell.open(server.database) as engine:
            engine.deploy(greeting.demo_file())
        asked = {"json": {"process_id": "order"}, "headers": BEARER}
        started = httpx.post(f"{server.address}{API}/instances", **asked).json()
        server.process.kill()
        server.process.wait(60)
    with stepwell.open(server.database) as engine:
        assert engine.instance(started["id"]).status == "running"
        assert engine.verify() == []


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Expected to listen on 127.0.0.1:{port} but"):
            http_server.free_port("127.0.0.1", port)


def test_a_given_token_is_kept_and_a_missing_one_is_made() -> None:
    own = config.load({"token": "mine"})
    assert greeting.with_secret(own).token == own.token
    made = [greeting.with_secret(config.load({})).token for _ in range(2)]
    assert made[0] != made[1]


@pytest.mark.parametrize(("url", "shown"), [
    ("postgresql://ada:secret@host/stepwell", "postgresql://ada@host/stepwell"),
    ("postgresql://ada@host/stepwell", "postgresql://ada@host/stepwell"),
    ("postgresql://host/stepwell", "postgresql://host/stepwell"),
])  # fmt: skip
def test_a_database_is_shown_without_its_password(url: str, shown: str) -> None:
    assert greeting.shown(url) == shown
