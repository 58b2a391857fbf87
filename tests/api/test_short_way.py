"""Commands take a short way around the framework; both ways answer alike."""

import re
from pathlib import Path
from typing import Any

import pytest

from stepwell.api.app import COMMANDS
from stepwell.identity import STEPWELL
from stepwell.services import user_tasks
from stepwell.services.records import requests
from tests.api.conftest import MODELS, Api, opened, rooms_of

REQUESTS: list[tuple[str, str, Any]] = [
    ("POST", "/instances", {"process_id": "form", "variables": {"x": 1.5, "y": [1, None]}}),
    ("POST", "/instances", {"process_id": "divide", "variables": {"size": "huge"}}),
    ("POST", "/instances", {"process_id": "nope"}),
    ("POST", "/user-tasks/1-1/claim", {"user": "ada"}),
    ("POST", "/user-tasks/1-1/claim", {"user": "bob"}),
    ("POST", "/user-tasks/1-1/release", {}),
    ("PUT", "/instances/1/variables", {"variables": {"x": 2}, "reason": "repair"}),
    ("POST", "/user-tasks/1-1/complete", {"variables": {"z": {}}}),
    ("POST", "/user-tasks/1-1/complete", {}),
    ("POST", "/incidents/2-1/retry", {"reason": "again"}),
    ("POST", "/instances/2/cancel", {"reason": "enough"}),
    ("POST", "/instances/x/cancel", {}),
    ("POST", "/messages", {"name": "letter", "seconds": -1}),
]


def answers(api: Api) -> list[tuple[int, str, Any]]:
    for path in sorted(MODELS.glob("*.bpmn")):
        api.engine.deploy(path)
    found = [api.ask(method, path, json=body) for method, path, body in REQUESTS]
    return [(answer.status_code, answer.headers["content-type"], timeless(answer.json())) for answer in found]


def timeless(answer: Any) -> Any:
    """The answer without the second in which something was done."""
    detail = answer.get("detail") if isinstance(answer, dict) else None
    if not detail:
        return answer
    facts = {name: "then" if name == "at" else value for name, value in answer.get("facts", {}).items()}
    return {**answer, "facts": facts, "detail": re.sub(r"\d\d:\d\d:\d\d", "then", detail)}


def test_the_short_way_and_the_framework_answer_alike(sqlite_template: Path, tmp_path: Path) -> None:
    found = []
    for name, short in (("short", True), ("long", False)):
        path = tmp_path / f"{name}.db"
        path.write_bytes(sqlite_template.read_bytes())
        with opened(f"sqlite:///{path}", short=short) as api:
            found.append(answers(api))
    assert found[0] == found[1]


def test_a_request_that_does_not_say_who_asks_is_a_bug(sqlite_template: Path, tmp_path: Path) -> None:
    (tmp_path / "bug.db").write_bytes(sqlite_template.read_bytes())
    with opened(f"sqlite:///{tmp_path / 'bug.db'}") as api:
        rooms = rooms_of(api.engine)
        with pytest.raises(RuntimeError, match="Expected a CompleteTask to say who asks"):
            api.runner.run(rooms.submit(user_tasks.complete("1-1")))
        with pytest.raises(RuntimeError, match="Expected a ImportRecords to say who asks"):
            api.runner.run(rooms.submit_long(requests.import_csv(STEPWELL, "thing", "")))


@pytest.mark.parametrize(
    "command", [item for group in COMMANDS.values() for item in group], ids=lambda item: item.path
)
def test_every_command_says_what_it_does(command: Any) -> None:
    assert command.carry_out.__doc__
