"""Expressions: formal, not empty, and timers that name a time (BPMN 2.0, 8.3.7)."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.index import Index, children, say, tag, text
from stepwell.bpmn.rules.registry import Findings, rule
from stepwell.bpmn.xml import XSI

_TYPE = f"{{{XSI}}}type"
_TIMES = ("timeDate", "timeDuration", "timeCycle")
_CONDITIONS = (
    "conditionExpression", "condition", "loopCondition", "activationCondition", "completionCondition",
)  # fmt: skip
_OTHERS = ("loopCardinality", "messagePath", "dataPath", "transformation", "from", "to", "formalExpression")
EXPRESSIONS = (*_CONDITIONS, *_TIMES, *_OTHERS)
_URI = re.compile(r"(?:[A-Za-z0-9_.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
_WORDS = re.compile(r"[^\W\d][\w'-]*(?:\s+[^\W\d][\w'-]*)+[.?!]?")
_FEEL_WORDS = re.compile(r"\b(?:and|or|not|in|between|if|for|some|every|instance|function|true|false|null)\b")
_NUMBER_OR_TEXT = re.compile(r"""[+-]?[0-9.]+|"[^"]*"|'[^']*'""")


def is_formal(expression: Element) -> bool:
    """Whether ``xsi:type`` says tFormalExpression, or the place admits nothing else."""
    kind = expression.get(_TYPE, "").rpartition(":")[2]
    return kind == "tFormalExpression" or tag(expression) not in (*_CONDITIONS, *_TIMES)


@rule("expression.empty", "Write the expression, or remove the element.")
def expressions_are_not_empty(index: Index) -> Findings:
    for expression in index.each(*EXPRESSIONS):
        if not text(expression) and len(expression) == 0 and _matters(index, expression):
            yield expression, f"Expected an expression in {_of(expression)} but it is empty."


def _matters(index: Index, expression: Element) -> bool:
    """Whether something runs it: it stands in an executable process, or in none and may be used by one."""
    return index.runs(expression) or (index.process(expression) is None and bool(index.runnable))


@rule("expression.informal", 'Write a FEEL expression and add xsi:type="tFormalExpression".')
def executable_expressions_are_not_prose(index: Index) -> Findings:
    for expression in index.each(*_CONDITIONS):
        written = text(expression)
        prose = _WORDS.fullmatch(written) and not _FEEL_WORDS.search(written)
        if prose and not is_formal(expression) and index.runs(expression):
            yield expression, f"Expected an expression in {_of(expression)} but it reads {written!r}."


@rule("expression.type-missing", 'Add xsi:type="tFormalExpression".', warning=True)
def executable_conditions_are_formal(index: Index) -> Findings:
    """Who writes by hand and several editors leave the type out, so it is read as FEEL all the same."""
    for expression in index.each(*_CONDITIONS, *_TIMES):
        if not is_formal(expression) and index.runs(expression):
            yield expression, f"Expected the type tFormalExpression on {_of(expression)} but it is missing."


@rule("timer.times", "Keep one of timeDate, timeDuration and timeCycle.")
def timers_have_one_time(index: Index) -> Findings:
    for timer in index.each("timerEventDefinition"):
        count = len(children(timer, *_TIMES))
        if count > 1:
            yield timer, f"Expected one time in {say(timer)} but there are {count}."


@rule("timer.missing", "Add a timeDate, timeDuration or timeCycle.", own=True)
def timers_have_a_time(index: Index) -> Findings:
    for timer in index.each("timerEventDefinition"):
        if not children(timer, *_TIMES) and index.runs(timer):
            yield timer, f"Expected a time in {say(timer)} but there is none."


@rule("condition.missing", "Add the condition.")
def conditional_events_have_a_condition(index: Index) -> Findings:
    for definition in index.each("conditionalEventDefinition"):
        if not children(definition, "condition") and index.runs(definition):
            yield definition, f"Expected a condition in {say(definition)} but there is none."


@rule("condition.not-boolean", "Write something that is true or false.")
def conditions_are_not_plain_values(index: Index) -> Findings:
    for expression in index.each(*_CONDITIONS):
        if _NUMBER_OR_TEXT.fullmatch(text(expression)):
            yield (
                expression,
                f"Expected a condition in {_of(expression)} but it is the value {text(expression)}.",
            )


@rule("multi-instance.count", "Use a whole number from 0 on.")
def cardinalities_are_not_negative(index: Index) -> Findings:
    for expression in index.each("loopCardinality"):
        if re.fullmatch(r"-\s*[0-9]+", text(expression)):
            yield expression, f"Expected a number of instances but it is {text(expression)}."


@rule("expression.language-malformed", "Name the language with a URI.")
def languages_are_uris(index: Index) -> Findings:
    for element in _with_language(index):
        for name in ("language", "expressionLanguage", "typeLanguage"):
            if not _URI.fullmatch(element.get(name, "")):
                yield element, f"Expected a URI as {name} but it is {element.get(name)!r}."


def _with_language(index: Index) -> Iterator[Element]:
    yield index.root
    yield from index.each(*EXPRESSIONS)


def _of(expression: Element) -> str:
    parent = expression.getparent()
    return f"{tag(expression)} of {say(parent)}" if parent is not None else tag(expression)
