"""Values on the command line."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from stepwell.cli.faults import WrongUse
from stepwell.cli.values import values


@pytest.mark.parametrize(("written", "value"), [
    ("a=1", 1), ("a=1.10", Decimal("1.10")), ("a=true", True), ("a=null", None), ("a=Ada", "Ada"), ('a="1"', "1"),
    ("a=[1, 2]", [1, 2]), ("a=01234", "01234"), ("a=b=c", "b=c"), ("a=", ""), ("a=NaN", "NaN"), ('a={"b": 1}', {"b": 1}),
])  # fmt: skip
def test_a_value_is_json_if_it_can_be_otherwise_text(written: str, value: Any) -> None:
    assert values([written]) == {"a": value}


def test_a_pair_wins_over_the_document() -> None:
    assert values(["a=2"], '{"a": 1, "b": 1}') == {"a": 2, "b": 1}


def test_a_document_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text('{"a": 1}')
    assert values([], f"@{tmp_path / 'v.json'}") == {"a": 1}


def test_a_name_may_hold_spaces() -> None:
    assert values(["order number=7"]) == {"order number": 7}


@pytest.mark.parametrize("pair", ["a", "=1", " =1"])
def test_a_pair_without_a_name_or_an_equals_sign_is_refused(pair: str) -> None:
    with pytest.raises(WrongUse, match="Expected name=value but found"):
        values([pair])


@pytest.mark.parametrize(("document", "found"), [
    ('{"a":', "line 1, column 6"), ("[1]", r"found \[1\]"), ('{"a": NaN}', "NaN is no number"), ("[" * 100_000, "too deep"),
    ("@gone.json", "there is no 'gone.json'"),
])  # fmt: skip
def test_a_document_that_is_no_object_is_refused(document: str, found: str) -> None:
    with pytest.raises(WrongUse, match=found):
        values([], document)
