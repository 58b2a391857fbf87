"""What user tasks ask of people: each kind has what it needs, and nothing contradicts the rest."""

from collections import Counter
from collections.abc import Iterable, Iterator

from stepwell.engine.definition import Element, ProcessDefinition
from stepwell.engine.steps.user_task import UserTask
from stepwell.engine.work import ActivityStep, Approval, DrawnPage, Question, RecordPage, Work
from stepwell.errors import Problem
from stepwell.forms.kinds.made import ACTIVITY


def problems(definition: ProcessDefinition) -> Iterator[Problem]:
    """What is wrong with the settings of the user tasks of a process."""
    for element in definition.elements.values():
        if isinstance(element.step, UserTask):
            for rule, message, hint in _of_work(element, element.step.work):
                yield Problem(rule, message, element.id, line=element.line, hint=hint)
            if element.step.manager is not None and element.step.user is not None:
                message = f"Expected a user or a manager for {element.id} but there are both."
                yield Problem(
                    "assignment.both", message, element.id, line=element.line, hint="Keep one of them."
                )


Finding = tuple[str, str, str]


def _of_work(element: Element, work: Work) -> Iterator[Finding]:
    kind = work.kind
    if isinstance(kind, Question):
        yield from _of_question(element, kind)
    elif isinstance(kind, DrawnPage):
        yield from _of_page(element, kind)
    elif isinstance(kind, RecordPage):
        yield from _of_record(element, kind)
    elif isinstance(kind, Approval) and kind.needed == "0":
        yield (
            "approval.needed",
            f"Expected {element.id} to need at least one approval but it needs none.",
            "Use one, all, any or a number.",
        )
    elif isinstance(kind, ActivityStep):
        yield from _once(element, "result", (result.code for result in kind.results))
        if work.activity is not None:
            message = (
                f"Expected stepwell:activity or stepwell:activityStep on {element.id} but there are both."
            )
            yield "work.doubled", message, "An activityStep is an activity already."


def _once(element: Element, what: str, codes: Iterable[str]) -> Iterator[Finding]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield (
                f"{what}.doubled",
                f"Expected {what} {code!r} of {element.id} once but it is there {count} times.",
                "Give each a code of its own.",
            )


def _of_question(element: Element, question: Question) -> Iterator[Finding]:
    if not question.answers:
        yield (
            "question.no-answer",
            f"Expected answers to {element.id} but there are none.",
            'Add <stepwell:answer code="…" label="…"/>.',
        )
    yield from _once(element, "answer", (answer.code for answer in question.answers))
    defaults = sum(answer.default for answer in question.answers)
    if defaults > 1 and not question.multiple:
        message = f"Expected one default answer to {element.id} but there are {defaults}."
        yield "question.defaults", message, 'Keep one, or write multiple="true".'


def _of_page(element: Element, page: DrawnPage) -> Iterator[Finding]:
    yield from _once(element, "parameter", (f"{one.name}" for one in page.parameters))
    names = page.page.names if page.page is not None else {}
    if ACTIVITY in names:
        message = (
            f"Expected keys in the page of {element.id} that do not begin with {ACTIVITY}, but one does."
        )
        yield "page.key-reserved", message, "It is kept for the result of the activity."
    given_back = {one.name for one in page.parameters if one.direction != "in"}
    if element.id in (given_back or names):
        message = (
            f"Expected the page of {element.id} to set no variable that is called as the step, but it does."
        )
        yield (
            "page.key-is-step",
            message,
            f"The variable {element.id} holds the outcome. Rename the field or the step.",
        )


def _of_record(element: Element, page: RecordPage) -> Iterator[Finding]:
    if page.mode == "existing" and page.record is None:
        message = f"Expected the record that {element.id} opens but none is named."
        yield "record-page.no-record", message, 'Add record="= id", or write mode="new".'
    if page.mode == "existing" and page.defaults:
        message = f"Expected no default values on {element.id}, which opens a record that is there, but there are some."
        yield "record-page.defaults", message, 'They belong to mode="new".'
    yield from _once(element, "default", (one.field for one in page.defaults))
