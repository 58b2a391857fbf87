"""O5 and D1 with a real server: an application arrives as a zip file while the server runs, and leaves as files."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from stepwell import greeting
from stepwell.services.applications import archives, folders
from tests.acceptance import server as servers
from tests.acceptance.server import PROGRAM, Server, environment, serving, until

ZIP = {"content-type": "application/zip"}
DEMO = folders.read(greeting.demo_folder())


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    with serving(database_url, tmp_path) as found:
        yield found


def send(client: httpx.Client, files: Any, **query: Any) -> httpx.Response:
    return client.post("/applications", params=query, content=archives.write(files), headers=ZIP)


def say(database: str, folder: Path, *words: str) -> str:
    done = subprocess.run(
        [*PROGRAM, *words], env=environment(database, actor="vera"), cwd=folder, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_o5_an_application_comes_over_http_and_its_processes_run_at_once(server: Server) -> None:
    client = server.client
    trial = send(client, DEMO, dry_run=True).json()
    assert client.get("/applications").json()["items"] == []
    done = send(client, DEMO).json()
    assert trial["changed"] == done["changed"]
    assert send(client, DEMO).json()["changed"] == []
    started = client.post("/instances", json={"process_id": "clean_up"})
    assert started.status_code == 201, started.text
    path = f"/instances/{started.json()['id']}"
    until(lambda: client.get(path).json()["status"] == "completed", "the clean-up ends")
    assert client.get("/records/case/count").json()["count"] < 80


def test_o5_what_is_wrong_with_an_application_is_told_over_http_and_nothing_is_there(server: Server) -> None:
    broken = {**DEMO, "lookups/branch.csv": b"code,label\nlaw\n", "processes/order.bpmn": b"<oops/>"}
    answer = send(server.client, broken)
    assert answer.status_code == 422
    places = {(item["file"], item.get("line")) for item in answer.json()["problems"]}
    assert places == {("lookups/branch.csv", 2), ("processes/order.bpmn", 1)}
    assert "account" not in [item["name"] for item in server.client.get("/record-types").json()["items"]]


def test_o5_what_people_changed_over_http_is_in_the_files_of_an_export(
    server: Server, database_url: str, tmp_path: Path
) -> None:
    client = server.client
    send(client, DEMO)
    [account] = client.get("/records/account", params={"limit": 1}).json()["items"]
    changed = client.put(f"/records/{account['id']}", json={"values": {"city": "Narvik"}})
    assert changed.status_code == 200, changed.text
    say(database_url, tmp_path, "export", "there")
    found = folders.read(tmp_path / "there")
    assert {path for path in DEMO if found[path] != DEMO[path]} == {"data/account.csv"}
    assert b"Narvik" in found["data/account.csv"]
    assert send(client, found).json()["changed"] == []


def test_o5_a_folder_deployed_beside_the_server_counts_there_at_once(
    server: Server, database_url: str, tmp_path: Path
) -> None:
    assert "things changed" in say(database_url, tmp_path, "deploy", str(greeting.demo_folder()))
    found = server.client.get("/records/contact/count").json()
    assert found["count"] > 100
    assert "nothing to change" in say(database_url, tmp_path, "deploy", str(greeting.demo_folder()))


def test_the_people_of_the_demo_log_in_with_the_password_that_was_printed(tmp_path: Path) -> None:
    serving = servers.start("", tmp_path, "--demo")
    try:
        assert serving.process.stdout is not None
        text = ""
        for line in serving.process.stdout:
            text += line
            if "Ctrl-C" in line:
                break
        password = re.search(r"admin {2}with {2}(\S+)", text)
        assert password
        with httpx.Client(base_url=serving.client.base_url, trust_env=False) as client:
            for name in ("vera", "lena", "admin"):
                answer = client.post("/login", json={"name": name, "password": password[1]})
                assert answer.status_code in (200, 201), answer.text
        assert json.loads(say("", tmp_path, "record-types", "--json"))
    finally:
        serving.stop()
