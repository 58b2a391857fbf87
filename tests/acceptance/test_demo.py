"""The demo process from its start to its end, as a person types it, with a kill -9 in the middle."""

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance import server
from tests.acceptance.server import PROGRAM, Server, environment, until


class Terminal:
    """A folder in which a person types commands, beside a server that runs there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def serve(self) -> tuple[Server, list[str]]:
        """Start the server with the demo; gives the commands that it prints to try."""
        serving = server.start("", self.folder, "--demo")
        printed = []
        assert serving.process.stdout is not None
        for text in serving.process.stdout:
            if text.startswith("    stepwell "):
                printed.append(text.strip())
            if "Ctrl-C" in text:
                break
        return serving, printed

    def say(self, typed: str) -> str:
        """Type a command; gives what it printed."""
        words = shlex.split(typed)
        assert words[0] == "stepwell"
        done = subprocess.run(
            [*PROGRAM, *words[1:]], env=environment(actor="ada", columns="100"), cwd=self.folder,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, typed: str) -> str:
        """Start an instance; gives its id."""
        found = re.search(r"as instance (\d+)", self.say(typed))
        assert found
        return found[1]

    def instance(self, id: str) -> Any:
        return json.loads(self.say(f"stepwell show {id} --json"))

    def waits_at(self, id: str) -> list[str]:
        return [place["element"] for place in self.instance(id).get("waiting", ())]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_the_demo_runs_to_its_end_although_the_server_is_killed_in_the_middle(terminal: Terminal) -> None:
    serving, (start, show, tasks) = terminal.serve()
    try:
        id = terminal.start(start)
        serving.kill()
        assert terminal.waits_at(id) == ["packing"]
        serving, _ = terminal.serve()
        until(lambda: terminal.waits_at(id) == ["hand_over"], "the timer fires after the kill", pause=0.5)
        assert "hand_over" in terminal.say(show)
        complete = terminal.say(tasks).partition("Next: ")[2]
        assert "completed" in terminal.say(complete)
        path = terminal.say(show)
        places = [
            path.index(element)
            for element in ("ordered", "add_up", "how_large", "packing", "hand_over", "done")
        ]
        assert places == sorted(places)
        assert "approve" not in path
        assert terminal.instance(id)["status"] == "completed"
    finally:
        serving.stop()


def test_the_printed_commands_are_right_after_a_start_that_was_refused(terminal: Terminal) -> None:
    serving, (start, show, tasks) = terminal.serve()
    try:
        refused = ["start", "order", "--set", "colour=red"]
        assert subprocess.run(
            [*PROGRAM, *refused], env=environment(), cwd=terminal.folder, check=False, capture_output=True
        ).returncode
        terminal.say(start)
        until(lambda: "hand_over" in terminal.say(show), "the timer fires", pause=0.5)
        assert "completed" in terminal.say(terminal.say(tasks).partition("Next: ")[2])
    finally:
        serving.stop()


def test_a_large_order_of_the_demo_takes_the_branch_to_the_managers(terminal: Terminal) -> None:
    serving, _ = terminal.serve()
    try:
        id = terminal.start("stepwell start order --set amount=5000")
        assert terminal.waits_at(id) == ["approve"]
        task = json.loads(terminal.say("stepwell tasks --json"))["items"][0]
        assert task["instance_id"] == id
        assert terminal.say(f"stepwell complete {task['id']}")
        path = terminal.say(f"stepwell show {id}")
        assert path.index("approve") < path.index("packing")
    finally:
        serving.stop()
