"""Stepwell runs FEEL only: expressions and scripts of other engines are refused, not guessed at."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.index import Index, child, say, tag, text
from stepwell.bpmn.rules.expressions import EXPRESSIONS
from stepwell.bpmn.rules.registry import Findings, rule

_FEEL = re.compile(
    r"feel|(?:text|application)/(?:x-)?feel|https?://www\.omg\.org/spec/(?:DMN|FEEL)/[0-9]+(?:/FEEL)?/?",
    re.IGNORECASE,
)
_TIMES = ("timeDate", "timeDuration", "timeCycle")
_DATE = r"[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}(?:T[0-9:.,]+(?:Z|[+-][0-9:]+)?(?:[@\[][A-Za-z_/+-]+\]?)?)?"
_PERIOD = r"-?P(?=[0-9T])(?:[0-9.,]+[YMWD])*(?:T(?:[0-9.,]+[HMS])+)?"
_REPEAT = rf"R[0-9]*/(?:{_DATE}/)?{_PERIOD}(?:/{_DATE})?"
_CRON = r"@[a-z]+|[0-9*?LW/,A-Z#-]+(?: +[0-9*?LW/,A-Za-z#-]+){4,6}"
_CONSTANT = {
    "timeDate": re.compile(_DATE),
    "timeDuration": re.compile(_PERIOD),
    "timeCycle": re.compile(rf"{_REPEAT}|{_PERIOD}|{_CRON}"),
}


def is_feel(language: str) -> bool:
    """Whether the name, media type or URI of a language means FEEL."""
    return _FEEL.fullmatch(language.strip()) is not None


@rule("language.not-feel", "Write the expression in FEEL and remove the language.", own=True)
def expressions_are_feel(index: Index) -> Findings:
    for expression in index.each(*EXPRESSIONS):
        language = expression.get("language", "")
        if language and not is_feel(language) and index.runs(expression):
            yield expression, f"Expected FEEL in {_place(expression)} but the language is {language!r}."


@rule("language.script-not-feel", 'Write the script in FEEL, with scriptFormat="text/feel".', own=True)
def scripts_are_feel(index: Index) -> Findings:
    for task in index.each("scriptTask"):
        language = task.get("scriptFormat", "")
        if language and not is_feel(language) and index.runs(task):
            yield task, f"Expected a FEEL script in {say(task)} but the scriptFormat is {language!r}."


@rule("language.dialect", "Write FEEL without the marks of another engine.", own=True)
def expressions_have_no_foreign_marks(index: Index) -> Findings:
    for element in (*index.each(*EXPRESSIONS), *_scripts(index)):
        written = text(element)
        if written.startswith(("${", "#{")) and index.runs(element):
            yield element, f"Expected FEEL in {_place(element)} but it reads {_short(written)!r}."


@rule(
    "timer.malformed", "Write an ISO 8601 date, duration or repetition (or cron), or FEEL after =.", own=True
)
def timers_name_a_time(index: Index) -> Findings:
    for expression in index.each(*_TIMES):
        written = text(expression)
        fits = (
            not written
            or written.startswith(("=", "${", "#{"))
            or _CONSTANT[tag(expression)].fullmatch(written)
        )
        if not fits and index.runs(expression):
            yield expression, f"Expected a time in {_place(expression)} but it reads {_short(written)!r}."


@rule(
    "language.declared",
    "Set expressionLanguage to FEEL; expressions are read as FEEL.",
    warning=True,
    own=True,
)
def the_file_says_feel(index: Index) -> Findings:
    """Editors write XPath here without meaning it, as it is the default of the schema."""
    language = index.root.get("expressionLanguage", "")
    if language and not is_feel(language):
        yield index.root, f"Expected FEEL as expressionLanguage but it is {language!r}."


def _scripts(index: Index) -> Iterator[Element]:
    for task in index.each("scriptTask"):
        script = child(task, "script")
        if script is not None:
            yield script


def _place(element: Element) -> str:
    parent = element.getparent()
    return f"{tag(element)} of {say(parent)}" if parent is not None else tag(element)


def _short(written: str) -> str:
    return written if len(written) <= 60 else written[:57] + "..."
