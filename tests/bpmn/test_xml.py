"""Hostile and broken bytes become a refusal with a place, never anything else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepwell.bpmn import check, index, xml
from stepwell.errors import Invalid, Problem
from tests.bpmn.build import HEAD, file, line

GOOD = file(line('<userTask id="a" name="Look"/>'))


def refusal(data: bytes, max_bytes: int = xml.DEFAULT_MAX_BYTES) -> Problem:
    with pytest.raises(Invalid) as caught:
        xml.parse(data, max_bytes)
    return caught.value.problems[0]


def test_a_bpmn_file_gives_its_definitions() -> None:
    assert xml.parse(GOOD).tag == f"{{{xml.MODEL}}}definitions"


def test_nothing_at_all_is_refused() -> None:
    assert refusal(b" \n").rule == "xml.empty"


def test_broken_xml_is_refused_with_line_and_column() -> None:
    problem = refusal(b"<definitions>\n  <process>\n</definitions>")
    assert (problem.rule, problem.line, problem.column > 0) == ("xml.malformed", 3, True)


def test_a_broken_file_says_what_was_expected() -> None:
    assert refusal(b"<a").message.startswith("Expected well-formed XML but found: ")


def test_a_file_above_the_limit_is_refused() -> None:
    assert refusal(GOOD, max_bytes=100).rule == "xml.too-large"


def test_a_file_of_exactly_the_limit_is_read() -> None:
    assert xml.parse(GOOD, max_bytes=len(GOOD)) is not None


def test_elements_deeper_than_256_are_refused() -> None:
    assert refusal(HEAD.encode() + b"<process>" * 300 + b"</process>" * 300).rule == "xml.too-deep"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    name = {"utf-16-le": "utf-16"}.get(encoding, encoding)
    start = "\ufeff" if encoding == "utf-16-le" else ""
    text = f'{start}<?xml version="1.0" encoding="{name}"?><!DOCTYPE definitions>{GOOD.decode()}'
    assert refusal(text.encode(encoding)).rule in {"xml.doctype", "xml.malformed"}


def test_a_doctype_in_utf_16_is_named_as_such() -> None:
    text = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE definitions>{GOOD.decode()}'
    assert refusal(text.encode("utf-16")).rule == "xml.doctype"


def test_an_outside_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    data = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><d>&x;</d>'.encode()
    assert "hidden" not in refusal(data).message


def test_entities_that_multiply_are_refused() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><d a="&e11;">&e11;</d>'.encode()
    assert refusal(data).rule in {"xml.doctype", "xml.malformed", "xml.too-deep"}


def test_the_word_doctype_in_a_text_is_harmless() -> None:
    step = '<userTask id="a"><documentation><![CDATA[<!DOCTYPE html>]]></documentation></userTask>'
    assert xml.parse(file(line(step))) is not None


def test_another_root_is_refused() -> None:
    assert refusal(b"<html/>").message.endswith("but found html of no namespace.")


def test_a_root_of_another_version_is_refused() -> None:
    data = GOOD.replace(b"20100524", b"20090101")
    assert refusal(data).rule == "xml.not-bpmn"


def test_comments_and_instructions_are_not_in_the_tree() -> None:
    tree = xml.parse(file("<!-- one --><?two?>" + line('<userTask id="a"/>')))
    assert [str(child.tag).rpartition("}")[2] for child in tree] == ["process"]


def read(data: bytes) -> None:
    """Parse and check; ``Invalid`` is the only exception there may be."""
    try:
        check.problems(index.build(xml.parse(data)))
    except Invalid:
        return


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read(data)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_any_text_inside_a_file_is_read_or_refused(text: str, encoding: str) -> None:
    wrapped = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}{text}</definitions>'
    read(wrapped.encode(encoding, "replace"))


@st.composite
def changes(draw: st.DrawFn, size: int) -> tuple[int, int, bytes]:
    start = draw(st.integers(0, size))
    return start, start + draw(st.integers(0, 40)), draw(st.binary(max_size=12))


@pytest.fixture(scope="session")
def real_files(suites: Path) -> list[bytes]:
    every = sorted((suites / "bpmnspector").rglob("*.bpmn")) + sorted((suites / "spiff").rglob("*.bpmn"))
    return [path.read_bytes() for path in every[::9]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_real_files_with_damage_are_read_or_refused(real_files: list[bytes], data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(real_files))
    for start, end, put in data.draw(st.lists(changes(len(whole)), min_size=1, max_size=4)):
        whole = whole[:start] + put + whole[end:]
    read(whole)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_real_files_with_exchanged_words_are_read_or_refused(
    real_files: list[bytes], data: st.DataObject
) -> None:
    """Swapping names and values keeps the XML well-formed and confuses everything above it."""
    whole = data.draw(st.sampled_from(real_files))
    words = sorted({word for word in whole.replace(b'"', b" ").split() if 1 < len(word) < 20})[:300]
    for _ in range(data.draw(st.integers(1, 5))):
        whole = whole.replace(data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words)))
    read(whole)
