"""Files beside records: hostile names and sizes, who may see them, and what becomes of them."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from stepwell.connectors.files import Files
from stepwell.errors import Forbidden, Invalid, NotFound
from stepwell.identity import STEPWELL
from stepwell.identity.policies.record import RecordRight
from stepwell.services.records import attachments, record_types, requests
from stepwell.services.records.attachments import Attachment, Upload
from stepwell.services.records.record_types import Change
from tests.services.records.conftest import ADA, BOB, EVE, Shop

DAY = 24 * 3600 * 1_000_000


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(str(tmp_path / "files"), 1000)


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 100):
        yield data[start : start + 100]


def upload(shop: Shop, files: Files, data: bytes = b"hello", by: Any = STEPWELL, **given: Any) -> Attachment:
    wish = Upload(**{"name": "a.txt", **given})
    return asyncio.run(attachments.upload(shop.engine.store, files, by, wish, pieces(data)))


def stored(files: Files) -> list[Path]:
    return [path for path in Path(files.url).rglob("*") if path.is_file()]


def test_a_file_is_kept_beside_its_record(shop: Shop, files: Files) -> None:
    case = shop.add("case", subject="x")
    data = bytes(range(256)) * 3
    made = upload(shop, files, data, owner=case["id"])
    assert (made.size, made.sha256) == (768, hashlib.sha256(data).hexdigest())
    assert attachments.of(shop.engine.store, STEPWELL, case["id"]) == (made,)
    assert b"".join(attachments.contents(files, made)) == data


def test_a_file_lies_under_a_name_that_nobody_gave_it(shop: Shop, files: Files) -> None:
    made = upload(shop, files, name="../../etc/passwd", owner=shop.add("case", subject="x")["id"])
    assert made.name == "passwd"
    assert [path.name for path in stored(files)] == [made.id]


@pytest.mark.parametrize(("given", "name"), [
    ("C:\\Users\\x\\report.pdf", "report.pdf"), ("a\nb\r\0c.txt", "abc.txt"), ("..", "file"), ("   ", "file"),
    ("x" * 300, "x" * 200), ("ünï☂.pdf", "ünï☂.pdf"), ('a"b.txt', 'a"b.txt'), (".hidden", "hidden"),
])  # fmt: skip
def test_what_a_sender_calls_a_file_is_made_harmless(given: str, name: str) -> None:
    assert attachments.safe_name(given) == name


def test_a_file_that_is_too_large_leaves_nothing(shop: Shop, files: Files) -> None:
    with pytest.raises(Invalid) as refused:
        upload(shop, files, b"x" * 1001, owner=shop.add("case", subject="x")["id"])
    assert refused.value.code == "attachment.too-large"
    assert stored(files) == []


def test_only_who_may_change_the_record_adds_and_removes_files(shop: Shop, files: Files) -> None:
    shop.give("case", RecordRight(role="Sales", see="all", add=True, change="own"))
    case = shop.add("case", by=ADA, subject="x")
    made = upload(shop, files, by=ADA, owner=case["id"])
    store = shop.engine.store
    assert attachments.load(store, BOB, made.id) == made
    with pytest.raises(Forbidden):
        upload(shop, files, by=BOB, owner=case["id"])
    with pytest.raises(Forbidden):
        attachments.remove(store, BOB, made.id)
    for question in (
        lambda: attachments.load(store, EVE, made.id),
        lambda: attachments.of(store, EVE, case["id"]),
    ):
        with pytest.raises(NotFound):
            question()
    assert len(stored(files)) == 1


@pytest.mark.parametrize("owner", ["case/99999", "nothing/1", "case", "../x", "user-task/1"])
def test_a_file_needs_something_that_is_there(shop: Shop, files: Files, owner: str) -> None:
    with pytest.raises(NotFound):
        upload(shop, files, owner=owner)
    assert stored(files) == []


@pytest.mark.parametrize("id", ["", "x", "0" * 32, "../../../../etc/passwd" + "0" * 10])
def test_a_file_that_is_not_there_is_not_found(shop: Shop, id: str) -> None:
    with pytest.raises(NotFound):
        attachments.load(shop.engine.store, STEPWELL, id)


def test_an_upload_becomes_the_value_of_a_file_field(shop: Shop, files: Files) -> None:
    paper = upload(shop, files)
    case = shop.add("case", subject="x", paper=paper.id)
    assert case["values"]["paper"] == paper.id
    [kept] = attachments.of(shop.engine.store, STEPWELL, case["id"])
    assert (kept.owner, kept.field) == (case["id"], "paper")
    with pytest.raises(Forbidden):
        attachments.remove(shop.engine.store, STEPWELL, paper.id)


def test_the_upload_of_somebody_else_can_not_be_taken(shop: Shop, files: Files) -> None:
    shop.give("case", RecordRight(role="Sales", see="all", add=True))
    paper = upload(shop, files, by=BOB)
    wish = requests.add(ADA, "case", {"subject": "x", "paper": paper.id})
    assert shop.refused(wish) == [("paper", "attachment.unknown")]
    with pytest.raises(NotFound):
        attachments.load(shop.engine.store, ADA, paper.id)


def test_a_file_that_was_replaced_or_whose_record_is_gone_is_removed(shop: Shop, files: Files) -> None:
    first, second, third = (upload(shop, files) for _ in range(3))
    case = shop.add("case", subject="x", paper=first.id)
    shop.change(case, paper=second.id)
    assert attachments.tidy(shop.engine.store, files) == 1
    upload(shop, files, owner=case["id"])
    shop.delete(case)
    assert attachments.tidy(shop.engine.store, files) == 2
    assert [path.name for path in stored(files)] == [third.id]


def test_an_upload_that_nothing_takes_is_gone_after_a_day(shop: Shop, files: Files) -> None:
    upload(shop, files)
    assert attachments.tidy(shop.engine.store, files) == 0
    shop.clock.now += DAY + 1
    assert attachments.tidy(shop.engine.store, files) == 1
    assert stored(files) == []


def test_the_same_upload_again_keeps_one_file(shop: Shop, files: Files) -> None:
    case = shop.add("case", subject="x")
    first, second = (upload(shop, files, owner=case["id"], key="k1") for _ in range(2))
    assert first == second
    assert len(stored(files)) == 1


def test_contents_that_are_lost_are_told(shop: Shop, files: Files) -> None:
    made = upload(shop, files)
    files.remove(made.id)
    with pytest.raises(NotFound) as lost:
        next(attachments.contents(files, made))
    assert lost.value.code == "attachment.lost"


def test_the_files_of_a_type_that_is_removed_go_too(shop: Shop, files: Files) -> None:
    upload(shop, files, owner=shop.add("case", subject="x")["id"])
    kept = upload(shop, files, owner=shop.add("account", name="Acme")["id"])
    record_types.remove(shop.engine.store, "case", Change(actor=STEPWELL, with_data=True))
    assert attachments.tidy(shop.engine.store, files) == 1
    assert [path.name for path in stored(files)] == [kept.id]
