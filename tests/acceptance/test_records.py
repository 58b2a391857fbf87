"""D1, D2, D4 with a real server: what one process keeps, another reads; files and long requests go their ways."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.server import Server, serving

BYTES = {"content-type": "application/octet-stream"}
CSV = {"content-type": "text/csv"}
CONTACT = {
    "name": "contact",
    "key": "email",
    "fields": [
        {"name": "name", "type": "text", "required": True, "indexed": True},
        {"name": "email", "type": "text", "unique": True},
        {"name": "photo", "type": "file"},
    ],
}


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    with serving(
        database_url, tmp_path, files_url=str(tmp_path / "files"), max_attachment_bytes="1000"
    ) as found:
        answer = found.client.post("/record-types", json={"definition": CONTACT})
        assert answer.status_code == 201, answer.text
        yield found


def listed(client: httpx.Client, **query: Any) -> list[str]:
    return [item["title"] for item in client.get("/records/contact", params=query).json()["items"]]


def test_d1_d2_records_are_kept_imported_and_listed(server: Server) -> None:
    client = server.client
    made = client.post("/records/contact", json={"values": {"name": "Ada", "email": "ada@example.org"}})
    assert made.status_code == 201
    text = "name,email\nAda L.,ADA@example.org\nBob,bob@example.org\n"
    done = client.post("/records/contact/import", content=text, headers=CSV).json()
    assert (done["added"], done["changed"]) == (1, 1)
    assert listed(client, sort="name") == ["Ada L.", "Bob"]
    assert client.get("/records/contact/export").text == text.replace("name,email", "email,name").replace(
        "Ada L.,ADA@example.org", "ADA@example.org,Ada L."
    ).replace("Bob,bob@example.org", "bob@example.org,Bob")


def test_d2_files_are_kept_in_the_folder_that_is_set(server: Server, tmp_path: Path) -> None:
    client = server.client
    photo = client.post("/attachments?name=me.png", content=b"\x89PNG", headers=BYTES).json()
    made = client.post("/records/contact", json={"values": {"name": "Ada", "photo": photo["id"]}}).json()
    assert client.get(f"/attachments/{photo['id']}/content").content == b"\x89PNG"
    assert client.get(f"/records/{made['id']}/attachments").json()["items"][0]["field"] == "photo"
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [photo["id"]]
    assert (
        client.post("/attachments?name=big", content=b"x" * 1001, headers=BYTES).json()["code"]
        == "attachment.too-large"
    )


def test_d1_a_second_server_sees_types_and_records_at_once(
    server: Server, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    with serving(database_url, folder) as second:
        server.client.post("/records/contact", json={"values": {"name": "Ada"}})
        assert listed(second.client) == ["Ada"]
        fields = [*CONTACT["fields"], {"name": "city", "type": "text"}]
        server.client.put("/record-types/contact", json={"definition": {**CONTACT, "fields": fields}})
        made = second.client.post("/records/contact", json={"values": {"name": "Bob", "city": "Oslo"}}).json()
        assert made["values"]["city"] == "Oslo"
        assert listed(server.client, filter='{"field": "city", "value": "oslo"}') == ["Bob"]
