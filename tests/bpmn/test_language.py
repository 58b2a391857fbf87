"""Expressions are FEEL: what says or shows another language is refused."""

import pytest

from stepwell.bpmn import check, index, xml
from stepwell.bpmn.rules.language import is_feel
from tests.bpmn.build import HEAD, errors
from tests.bpmn.examples_content import FORMAL, condition, timer


@pytest.mark.parametrize(
    "language",
    [
        "feel",
        "FEEL",
        "text/feel",
        "application/x-feel",
        "https://www.omg.org/spec/DMN/20191111/FEEL/",
        "http://www.omg.org/spec/FEEL/20140401",
    ],
)
def test_the_names_of_feel_are_known(language: str) -> None:
    assert is_feel(language)


@pytest.mark.parametrize("language", ["javascript", "http://www.w3.org/1999/XPath", "feelings", "juel"])
def test_other_languages_are_not_feel(language: str) -> None:
    assert not is_feel(language)


def test_a_condition_that_says_feel_is_accepted() -> None:
    assert errors(condition("x", f'language="text/feel" {FORMAL}')) == set()


def test_xpath_as_the_language_of_the_file_is_a_warning() -> None:
    head = HEAD.replace("<definitions", '<definitions expressionLanguage="http://www.w3.org/1999/XPath"')
    found = check.problems(
        index.build(xml.parse(f'{head}<process id="p" isExecutable="true"/></definitions>'.encode()))
    )
    assert [(problem.rule, problem.warning) for problem in found] == [("language.declared", True)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", "PT1S"),
        ("timeDuration", "P1Y2M3DT4H5M6.5S"),
        ("timeDate", "2030-12-24"),
        ("timeDate", "2030-12-24T20:00:00Z"),
        ("timeDate", "2030-12-24T20:00:00+02:00"),
        ("timeDate", "2030-12-24T20:00:00@Europe/Berlin"),
        ("timeCycle", "R3/PT10H"),
        ("timeCycle", "R/2030-01-01T00:00:00Z/P1D"),
        ("timeCycle", "0 9 * * MON-FRI"),
        ("timeCycle", "0 0 9 * * ?"),
        ("timeCycle", "@daily"),
        ("timeDuration", "= wait time"),
    ],
)
def test_a_time_or_feel_is_accepted_in_a_timer(kind: str, text: str) -> None:
    assert errors(timer(f"<{kind} {FORMAL}>{text}</{kind}>")) == set()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", "P"),
        ("timeDuration", "P1DT"),
        ("timeDate", "tomorrow"),
        ("timeCycle", "daily"),
        ("timeDate", "PT1S"),
    ],
)
def test_anything_else_is_refused_in_a_timer(kind: str, text: str) -> None:
    assert "timer.malformed" in errors(timer(f"<{kind} {FORMAL}>{text}</{kind}>"))


@pytest.mark.parametrize("text", ["x > 1", "approved", "not(approved)", "order total > 3", "a and b"])
def test_an_untyped_condition_that_reads_like_feel_is_accepted(text: str) -> None:
    assert errors(condition(text.replace(">", "&gt;"), "")) == set()
