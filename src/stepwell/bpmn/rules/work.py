"""What user tasks ask of people: each kind has what it needs, and nothing contradicts the rest."""

from collections import Counter
from collections.abc import Iterable, Iterator

from stepwell.engine.definition import Element, ProcessDefinition
from stepwell.engine.steps.user_task import UserTask
from stepwell.engine.work import ActivityStep, Approval, DrawnPage, Question, RecordPage, Work
from stepwell.errors import Problem
from stepwell.forms.kinds.made import ACTIVITY

MOST_ANSWERS = 200


def problems(definition: ProcessDefinition) -> Iterator[Problem]:
    """What is wrong with the settings of the user tasks of a process."""
    for element in definition.elements.values():
        if isinstance(element.step, UserTask):
            yield from _of_work(element, element.step.work)
            if element.step.manager is not None and element.step.user is not None:
                message = f"Expected a user or a manager for {element.id} but there are both."
                yield _problem(element, "assignment.both", message, "Keep one of them.")


def _of_work(element: Element, work: Work) -> Iterator[Problem]:
    kind = work.kind
    if isinstance(kind, Question):
        yield from _of_question(element, kind)
    elif isinstance(kind, DrawnPage):
        yield from _of_page(element, kind)
    elif isinstance(kind, RecordPage):
        yield from _of_record(element, kind)
    elif isinstance(kind, Approval) and kind.needed == "0":
        message = f"Expected {element.id} to need at least one approval but it needs none."
        yield _problem(element, "approval.needed", message, "Use one, all, any or a number.")
    elif isinstance(kind, ActivityStep):
        yield from _once(element, "result", (result.code for result in kind.results))
        if work.activity is not None:
            message = (
                f"Expected stepwell:activity or stepwell:activityStep on {element.id} but there are both."
            )
            yield _problem(element, "work.doubled", message, "An activityStep is an activity already.")


def _once(element: Element, what: str, codes: Iterable[str]) -> Iterator[Problem]:
    for code, count in Counter(codes).items():
        if count > 1:
            message = f"Expected {what} {code!r} of {element.id} once but it is there {count} times."
            yield _problem(element, "work.code-doubled", message, "Give each a name of its own.")


def _of_question(element: Element, question: Question) -> Iterator[Problem]:
    count = len(question.answers)
    if not 1 <= count <= MOST_ANSWERS:
        message = f"Expected 1 to {MOST_ANSWERS} answers to {element.id} but there are {count or 'none'}."
        yield _problem(element, "question.answers", message, 'Add <stepwell:answer code="…" label="…"/>.')
    yield from _once(element, "answer", (answer.code for answer in question.answers))
    defaults = sum(answer.default for answer in question.answers)
    if defaults > 1 and not question.multiple:
        message = f"Expected one default answer to {element.id} but there are {defaults}."
        yield _problem(element, "question.defaults", message, 'Keep one, or write multiple="true".')


def _of_page(element: Element, page: DrawnPage) -> Iterator[Problem]:
    yield from _once(element, "parameter", (one.name for one in page.parameters))
    names = page.page.names if page.page is not None else {}
    if ACTIVITY in names:
        message = (
            f"Expected keys in the page of {element.id} that do not begin with {ACTIVITY}, but one does."
        )
        yield _problem(element, "page.key-reserved", message, "It is kept for the result of the activity.")
    given_back = {one.name for one in page.parameters if one.direction != "in"}
    if element.id in (given_back or names):
        message = (
            f"Expected the page of {element.id} to set no variable that is called as the step, but it does."
        )
        hint = f"The variable {element.id} holds the outcome. Rename the field or the step."
        yield _problem(element, "page.key-is-step", message, hint)


def _of_record(element: Element, page: RecordPage) -> Iterator[Problem]:
    if page.mode == "existing" and page.record is None:
        message = f"Expected the record that {element.id} opens but none is named."
        yield _problem(element, "record-page.no-record", message, 'Add record="= id", or write mode="new".')
    if page.mode == "existing" and page.defaults:
        message = f"Expected no default values on {element.id}, which opens a record that is there, but there are some."
        yield _problem(element, "record-page.defaults", message, 'They belong to mode="new".')
    yield from _once(element, "default", (one.field for one in page.defaults))


def _problem(element: Element, rule: str, message: str, hint: str) -> Problem:
    return Problem(rule, message, element.id, line=element.line, hint=hint)
