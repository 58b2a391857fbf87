"""What is worked out when a step is opened for the first time (R4), and what its page gives back to the process.

Pages of records and approvals need the record: their texts are worked out here too, the rest is the caller's.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from stepwell import feel
from stepwell.engine.definition import Element, Lookup, Text
from stepwell.engine.mapping import as_text, over
from stepwell.engine.work import Button, DrawnPage, EmailDraft, Part, Question, RecordPage, Work
from stepwell.forms import kinds, texts
from stepwell.forms.page import Page


class Seen(NamedTuple):
    """What the texts of a step see: the variables around it, and the time."""

    lookup: Lookup
    now: datetime


def title_of(element: Element, work: Work, language: str, seen: Seen) -> str:
    """What should be done, for a person who reads this language; the name of the step if nothing else is said.

    Raises ``FeelError``.
    """
    wording = texts.in_language(work.titles, language)
    return texts.title(wording, *seen) if wording is not None else element.name or element.id


def hint_of(element: Element, work: Work, language: str, seen: Seen) -> str:
    """The hint as HTML that can do no harm; the documentation of the step if there is none. Raises ``FeelError``."""
    wording = texts.in_language(work.hints, language)
    markdown = texts.hint(wording, *seen) if wording is not None else element.documentation
    return texts.html(markdown) if markdown else ""


def values_of(part: Part, seen: Seen) -> dict[str, object]:
    """The texts of an extension element by the names of its fields, worked out; unsaid ones are left out.

    Raises ``FeelError``.
    """
    written = ((field.name, getattr(part, field.name)) for field in fields(part))
    return {name: text.value(*seen) for name, text in written if isinstance(text, Text)}


def page_of(work: Work, seen: Seen) -> kinds.Made | None:
    """The page of a step that needs no records; None for the others. Raises ``FeelError``."""
    kind = work.kind
    if kind is None:
        return kinds.plain_page()
    if isinstance(kind, Question):
        return kinds.question_page(question(kind, seen))
    if isinstance(kind, DrawnPage) and kind.page is not None:
        return kinds.drawn_page(drawn(kind, kind.page, seen))
    return None


def question(written: Question, seen: Seen) -> kinds.Question:
    """The question with the labels of its answers."""
    return kinds.Question(
        answers=tuple(kinds.Option(answer.code, _label(answer.label, seen)) for answer in written.answers),
        defaults=tuple(answer.code for answer in written.answers if answer.default),
        multiple=written.multiple,
        required=written.required,
    )


def drawn(written: DrawnPage, page: Page, seen: Seen) -> kinds.DrawnPage:
    """The page with what goes into it: the variables of the names that it reads, then its parameters."""
    read = {name: seen.lookup(name) for name in sorted(page.reads)}
    given = {name: value for name, value in read.items() if value is not feel.MISSING}
    for parameter in written.parameters:
        if parameter.direction != "out" and parameter.value is not None:
            given[parameter.name] = parameter.value.value(*seen)
    buttons = tuple(plain_button(button, _label(button.label, seen)) for button in written.buttons)
    return kinds.DrawnPage(written.schema, buttons=buttons, given=given)


def given_back(written: DrawnPage, values: dict[str, Any], seen: Seen) -> dict[str, object]:
    """The variables that the process gets of the values of a page: all, or those that parameters name.

    Raises ``FeelError``.
    """
    wanted = [parameter for parameter in written.parameters if parameter.direction != "in"]
    if not wanted:
        return values
    inside = Seen(over(values, seen.lookup), seen.now)
    return {
        parameter.name: parameter.value.value(*inside)
        if parameter.direction == "out" and parameter.value is not None
        else values.get(parameter.name)
        for parameter in wanted
    }


def email(written: EmailDraft, text: str, seen: Seen) -> kinds.EmailDraft:
    """The mail with its ``text``, which the caller made of the template."""
    values = values_of(written, seen)
    found = values.get("attachments") or []
    files = found if isinstance(found, list) else [found]
    return kinds.EmailDraft(
        **{name: as_text(_joined(values.get(name))) for name in ("sender", "to", "cc", "bcc", "subject")},
        text=text,
        attachments=tuple(one if isinstance(one, int) else as_text(one) for one in files),
    )


def defaults_of(written: RecordPage, seen: Seen) -> dict[str, object]:
    """The values that a new record begins with."""
    return {one.field: one.value.value(*seen) for one in written.defaults if one.value is not None}


def plain_button(button: Button, label: str = "") -> dict[str, Any]:
    """A button as the schema of a page has it."""
    said = {"completes": button.completes, "validates": button.validates}
    found: dict[str, Any] = {"code": button.code, "label": label or button.code, "style": button.style}
    found |= {name: value for name, value in said.items() if value is not None}
    if button.shown_if is not None:
        found["shownIf"] = f"={button.shown_if.text}"
    return found


def signals_of(written: DrawnPage, code: str, seen: Seen) -> list[str]:
    """The signals that the pressed button throws; buttons of the step stand in for those of the schema."""
    if not written.buttons:
        own = written.page.button(code) if written.page is not None else None
        return [own.signal] if own is not None and own.signal else []
    found = (
        one.signal.value(*seen) for one in written.buttons if one.code == code and one.signal is not None
    )
    return [name for name in map(as_text, found) if name]


def _label(text: Text | None, seen: Seen) -> str:
    return as_text(text.value(*seen)) if text is not None else ""


def _joined(value: object) -> object:
    """Addresses may be a list."""
    return ", ".join(map(as_text, value)) if isinstance(value, list) else value
