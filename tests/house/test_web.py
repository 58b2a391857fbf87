"""The build of the web app."""

from pathlib import Path

import pytest

from dev import web


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "main.tsx").write_text("one")
    monkeypatch.setattr(web, "WEB", folder)
    monkeypatch.setattr(web, "BUILT", tmp_path / "static")
    return folder


def test_a_build_from_the_same_sources_is_not_repeated(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    stamp = tmp_path / "static" / "stamp"
    stamp.write_text(web._hash(web._sources()))
    web.build()  # would fail: there is no package.json
    assert stamp.exists()


def test_a_change_in_a_source_asks_for_a_build(sources: Path) -> None:
    before = web._hash(web._sources())
    (sources / "main.tsx").write_text("two")
    assert web._hash(web._sources()) != before


def test_what_packages_bring_is_no_source(sources: Path) -> None:
    before = web._hash(web._sources())
    (sources / "node_modules").mkdir()
    (sources / "node_modules" / "a.js").write_text("three")
    assert web._hash(web._sources()) == before


def test_the_build_is_left_out_on_request(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(web.SKIP, "1")
    web.build()
    assert not (tmp_path / "static").exists()
