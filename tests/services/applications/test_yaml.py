"""YAML as applications use it: a part that means the same to everybody, and no more power than that."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.errors import Invalid
from stepwell.services.applications import yaml_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS
NAMES = TEXTS.filter(lambda text: text != "<<")
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(value=st.dictionaries(NAMES, VALUES, max_size=5))
def test_whatever_is_written_is_read_again(value: dict[str, object]) -> None:
    text = yaml_text.write(value)
    assert yaml_text.read(text).value == value
    assert yaml_text.write(yaml_text.read(text).value) == text


@given(data=st.binary(max_size=200) | TEXTS.map(str.encode))
def test_whatever_the_bytes_are_it_is_read_or_refused(data: bytes) -> None:
    with suppress(Invalid):
        yaml_text.read(data)


def test_words_of_older_yaml_are_texts() -> None:
    found = yaml_text.read(b"a: no\nb: 0123\nc: 1.50\nd: 2026-01-31\ne: 12:30\nf: on\n").value
    assert found == {"a": "no", "b": "0123", "c": "1.50", "d": "2026-01-31", "e": "12:30", "f": "on"}


def test_whole_numbers_and_the_words_of_json_are_values() -> None:
    found = yaml_text.read(b"a: true\nb: false\nc: null\nd: -12\ne:\nf: 'true'\n").value
    assert found == {"a": True, "b": False, "c": None, "d": -12, "e": None, "f": "true"}


def test_every_part_knows_its_line() -> None:
    tree = yaml_text.read(b"# about it\nfields:\n  - name: a\n  - name: b\n    type: text\n")
    assert [tree.line(place) for place in ("fields", "fields[1].type", "fields[1].length", "nothing")] == [
        2,
        5,
        4,
        2,
    ]


LAUGHS = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        (LAUGHS, "yaml.unfit", 1),
        (b"a: *nobody\n", "yaml.unfit", 1),
        (b"a: !!python/object/apply:os.system [ls]\n", "yaml.unfit", 1),
        (b"base: 1\n<<: 2\n", "yaml.unfit", 2),
        (b"a: 1\n? [x]\n: 2\n", "yaml.unfit", 2),
        (b"a: 1\n---\nb: 2\n", "yaml.unfit", 2),
        (b"a: 1\nb: 2\na: 3\n", "yaml.repeated", 3),
        (b"a:\n\t- b\n", "yaml.malformed", 2),
        (b"[" * 5000, "yaml.too-large", 1),
        (b"- x\n" * 60_000, "yaml.too-large", 50_000),
        (b"a: \xff\n", "yaml.malformed", 0),
        (b"a: \x00\n", "yaml.malformed", 0),
    ],
)  # fmt: skip
def test_what_has_power_or_no_end_is_refused(text: bytes, rule: str, line: int) -> None:
    with pytest.raises(Invalid) as caught:
        yaml_text.read(text)
    [problem] = caught.value.problems
    assert (problem.rule, problem.line) == (rule, line)
