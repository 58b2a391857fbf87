"""Applications as zip files over HTTP."""

from typing import Any

import httpx

from stepwell.services.applications import archives
from tests.api.conftest import Api

SMALL = {"app.yaml": b"name: shop\nlabel: The shop\n", "lookups/size.csv": b"code,label\nsmall,Small\n"}


def deploy(api: Api, files: dict[str, bytes], query: str = "") -> httpx.Response:
    headers = {"content-type": "application/zip"}
    return api.ask("POST", f"/applications{query}", content=archives.write(files), headers=headers)


def things(answer: httpx.Response) -> list[tuple[str, str, str]]:
    assert answer.status_code == 200, answer.text
    return [(item["what"], item["name"], item["done"]) for item in answer.json()["changed"]]


MADE = [("application", "shop", "made"), ("record type", "size", "made"), ("lookup", "size", "changed")]


def test_an_application_is_deployed_and_listed(api: Api) -> None:
    assert things(deploy(api, SMALL)) == MADE
    [item] = api.get("/applications").json()["items"]
    assert (item["name"], item["label"]) == ("shop", "The shop")
    assert api.get("/records/size").json()["items"][0]["values"]["code"] == "small"


def test_deployed_again_it_changes_nothing(api: Api) -> None:
    deploy(api, SMALL)
    assert things(deploy(api, SMALL)) == []


def test_a_dry_run_only_tells(api: Api) -> None:
    answer = deploy(api, SMALL, "?dry_run=true")
    assert things(answer) == MADE
    assert answer.json()["dry_run"] is True
    assert api.get("/applications").json()["items"] == []


def test_what_is_gone_is_kept_until_it_may_go(api: Api) -> None:
    deploy(api, SMALL)
    smaller = {**SMALL, "lookups/size.csv": b"code,label\n"}
    [kept] = deploy(api, smaller).json()["kept"]
    assert (kept["what"], kept["name"]) == ("lookup", "size/small")
    assert things(deploy(api, smaller, "?prune=true")) == [("lookup", "size/small", "removed")]


def test_every_problem_comes_with_its_file_and_line(api: Api) -> None:
    files = {**SMALL, "lookups/size.csv": b"code,label\nsmall,\n", "roles.yaml": b"a:\n  rights: [fly]\n"}
    answer = deploy(api, files)
    assert (answer.status_code, answer.json()["code"]) == (422, "application.invalid")
    found: list[dict[str, Any]] = answer.json()["problems"]
    assert [(item["file"], item["line"]) for item in found] == [("lookups/size.csv", 2), ("roles.yaml", 2)]


def test_another_kind_of_body_is_refused(api: Api) -> None:
    answer = api.ask("POST", "/applications", content=b"{}", headers={"content-type": "application/json"})
    assert answer.status_code == 415


def test_an_application_comes_back_as_it_was_sent(api: Api) -> None:
    deploy(api, SMALL)
    answer = api.get("/applications/shop/export")
    assert answer.headers["content-type"] == "application/zip"
    assert "shop.zip" in answer.headers["content-disposition"]
    assert archives.read(answer.content) == SMALL
    assert api.get("/applications/nobody/export").status_code == 404
