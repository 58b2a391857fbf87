"""Folders and zip files of unknown origin: nothing is followed, nothing unpacks without end."""

import io
import os
import stat
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.errors import Invalid, NotFound
from stepwell.library import Engine
from stepwell.services.applications import archives, deploying, exporting, folders, paths

APP = b"name: shop\n"


def zipped(*entries: tuple[str, bytes], **given: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = given.get("method", zipfile.ZIP_DEFLATED)
            entry.external_attr = given.get("mode", 0o644) << 16
            opened.writestr(entry, data)
    return made.getvalue()


def rules(data: bytes) -> list[str]:
    with pytest.raises(Invalid) as caught:
        archives.read(data)
    return [problem.rule for problem in caught.value.problems]


def test_a_zip_file_gives_the_files_that_were_put_into_it() -> None:
    files = {"app.yaml": APP, "mail/a.md": b"Hello"}
    assert archives.read(archives.write(files)) == files
    assert archives.write(files) == archives.write(dict(reversed(files.items())))


def test_everything_may_lie_in_one_folder_as_machines_pack_it() -> None:
    data = zipped(
        ("shop/app.yaml", APP),
        ("shop/.DS_Store", b"x"),
        ("__MACOSX/shop/._app.yaml", b"x"),
        ("shop/README.md", b"x"),
    )
    assert archives.read(data) == {"app.yaml": APP}


@pytest.mark.parametrize(
    "name",
    [
        "../app.yaml", "pages/../../etc/passwd", "/etc/passwd", "pages\\a.form", "C:\\a.form", "pages/deep/a.form",
        "pages/a.txt", "pages/a b.form", "record_types/Customer.yaml", "processes/" + "a" * 200 + ".bpmn", "evil.sh", "page/a.form",
        "../.hidden", "..",
    ],
)  # fmt: skip
def test_a_path_that_has_no_place_is_refused(name: str) -> None:
    assert set(rules(zipped(("app.yaml", APP), (name, b"x")))) <= {
        "application.file-name",
        "application.unknown-file",
    }


def test_what_has_no_place_hides_nothing_else_that_is_wrong(engine: Engine) -> None:
    data = zipped(
        ("app.yaml", APP), ("../x", b"x"), ("roles.yaml", b"clerks: ["), ("mail/a.md", b"{= 1 +"),
        ("data/colour.csv", b"code,label\nred,Red\n"), ("mail/b.md", b"x" * (paths.largest("mail/b.md") + 1)),
    )  # fmt: skip
    with pytest.raises(Invalid, match="found 5 problems") as caught:
        deploying.deploy_read(engine.store, lambda: archives.read(data), deploying.Asked(), engine.settings)
    assert {(problem.file, problem.rule) for problem in caught.value.problems} == {
        ("../x", "application.file-name"), ("roles.yaml", "yaml.malformed"), ("mail/a.md", "mail.malformed"),
        ("data/colour.csv", "record-type.unknown"), ("mail/b.md", "application.too-large"),
    }  # fmt: skip


def test_what_has_no_place_is_refused_where_all_else_is_right(engine: Engine) -> None:
    data = zipped(("app.yaml", APP), ("../x", b"x"))
    with pytest.raises(Invalid, match="found a problem"):
        deploying.deploy_read(engine.store, lambda: archives.read(data), deploying.Asked(), engine.settings)
    with pytest.raises(NotFound):
        exporting.export(engine.store, "shop")


def test_a_file_that_is_there_twice_is_refused() -> None:
    data = zipped(("app.yaml", APP), ("mail/a.md", b"1"), ("mail/A.md", b"2"))
    assert rules(data) == ["application.file-name"]


def test_a_link_in_a_zip_file_is_refused() -> None:
    data = zipped(("app.yaml", APP), mode=stat.S_IFLNK | 0o777)
    assert rules(data) == ["application.not-a-file"]


def test_other_ways_of_packing_are_refused() -> None:
    assert rules(zipped(("app.yaml", APP), method=zipfile.ZIP_LZMA)) == ["application.not-a-file"]


def test_a_bomb_is_unpacked_only_as_far_as_a_file_may_be_large() -> None:
    assert rules(zipped(("app.yaml", b"a" * 50_000_000))) == ["application.too-large"]


def test_many_large_files_are_refused_together() -> None:
    table = b"a" * (paths.largest("data/a.csv") - 1)
    entries = [(f"data/a{number}.csv", table) for number in range(5)]
    assert rules(zipped(("app.yaml", APP), *entries)) == ["application.too-large"]


def test_too_many_files_are_refused_before_any_is_unpacked() -> None:
    entries = [(f"mail/a{number}.md", b"") for number in range(paths.MOST_FILES + 1)]
    assert rules(zipped(("app.yaml", APP), *entries)) == ["application.too-many"]


def test_a_size_that_lies_does_not_help() -> None:
    data = bytearray(zipped(("app.yaml", b"a" * 5_000_000)))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Invalid):
        archives.read(bytes(data))


@given(data=st.binary(max_size=300))
def test_whatever_the_bytes_are_nothing_but_a_refusal_comes_of_it(data: bytes) -> None:
    with pytest.raises(Invalid):
        archives.read(data)


@given(place=st.integers(0, 400), bits=st.integers(1, 255))
def test_a_broken_zip_file_is_read_or_refused(place: int, bits: int) -> None:
    data = bytearray(archives.write({"app.yaml": APP, "mail/a.md": b"Hello" * 30}))
    data[place % len(data)] ^= bits
    with suppress(Invalid):
        archives.read(bytes(data))


# -- folders on this machine ------------------------------------------------------------------------------


def folder_rules(root: Path) -> list[str]:
    with pytest.raises(Invalid) as caught:
        folders.read(root)
    return [problem.rule for problem in caught.value.problems]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app.yaml").write_bytes(APP)
    (tmp_path / "mail").mkdir()
    return tmp_path


def test_a_folder_is_read_without_what_is_hidden_or_about_it(root: Path) -> None:
    (root / "mail" / "a.md").write_text("Hello")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("x")
    (root / "README.md").write_text("about it")
    assert folders.read(root) == {"app.yaml": APP, "mail/a.md": b"Hello"}


def test_links_are_not_followed(root: Path) -> None:
    (root / "mail" / "a.md").symlink_to("/etc/passwd")
    (root / "pages").symlink_to("/etc")
    assert folder_rules(root) == ["application.not-a-file", "application.not-a-file"]


def test_what_is_no_file_is_refused(root: Path) -> None:
    os.mkfifo(root / "mail" / "a.md")
    assert folder_rules(root) == ["application.not-a-file"]


def test_a_file_that_is_too_large_is_refused(root: Path) -> None:
    (root / "mail" / "a.md").write_bytes(b"a" * (paths.largest("mail/a.md") + 1))
    assert folder_rules(root) == ["application.too-large"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        folders.read(tmp_path / "nowhere")
