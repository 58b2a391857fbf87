"""What a user task asks of a person, as its author wrote it: declared once for the reader, the checks and the docs.

Each class is an extension element; its fields are the attributes, the content and the elements inside. Texts are
evaluated when they are needed (``stepwell.engine.opening``), not before.
"""

from dataclasses import MISSING, dataclass, field
from typing import Any, ClassVar, Literal

from stepwell import feel
from stepwell.engine.definition import Text
from stepwell.engine.step import Kind, Source, declare
from stepwell.forms.page import Page
from stepwell.forms.texts import Wording


def said(name: str, kind: Kind = "text", *, default: Any = MISSING, doc: str = "") -> Any:
    """A field that is an attribute of the extension element."""
    return declare(Source("extension", name, kind, doc=doc, required=default is MISSING), default)


def value_or_content(name: str, doc: str) -> Any:
    """A field that is an attribute or, where a text is long, the content of the element."""
    metadata = {"source": Source("extension", name, "value", doc=doc), "content": True}
    return field(default=None, metadata=metadata)


def many(part: "type[Part]") -> Any:
    """A field that is a list of elements inside."""
    return field(default=(), metadata={"part": part})


def special(what: Literal["filter", "schema"], doc: str) -> Any:
    """A field that has a reader of its own: a filter inside, or a page schema as content."""
    return field(default=None, metadata={"special": what, "doc": doc})


@dataclass(frozen=True, slots=True)
class Part:
    """An extension element, or an element inside of one. The docstring is its documentation."""

    element: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class FieldValue(Part):
    """A default value of a new record."""

    element: ClassVar[str] = "default"
    field: str = said("field", doc="The field of the record type.")
    value: Text | None = value_or_content("value", "What it begins with.")


@dataclass(frozen=True, slots=True)
class Result(Part):
    """A result that is offered."""

    element: ClassVar[str] = "result"
    code: str = said("code", doc="The result, as the lookup of results and the flows call it.")


@dataclass(frozen=True, slots=True)
class Answer(Part):
    """An answer that can be chosen."""

    element: ClassVar[str] = "answer"
    code: str = said("code", doc="What flows call it; the outcome when it is chosen.")
    label: Text | None = said(
        "label", "value", default=None, doc="What the person reads; the code if not said."
    )
    default: bool = said("default", "boolean", default=False, doc="Whether it is chosen at the beginning.")


@dataclass(frozen=True, slots=True)
class Button(Part):
    """A button of the page; the code of the one that is pressed is the outcome."""

    element: ClassVar[str] = "button"
    code: str = said("code", doc="What flows call it.")
    label: Text | None = said(
        "label", "value", default=None, doc="What the person reads; the code if not said."
    )
    style: str = said("style", default="primary", doc="How it looks.")
    completes: bool | None = said(
        "completes",
        "boolean",
        default=None,
        doc="Whether it ends the step; otherwise it saves the draft and stays. True if not said.",
    )
    validates: bool | None = said(
        "validates",
        "boolean",
        default=None,
        doc="Whether what is required must be there; if not said, when it completes.",
    )
    signal: Text | None = said(
        "signal", "value", default=None, doc="A signal that is thrown when it is pressed."
    )
    shown_if: feel.Expression | None = said(
        "shownIf", "feel", default=None, doc="It is there while this is true of the values of the page."
    )


@dataclass(frozen=True, slots=True)
class PageParameter(Part):
    """A value that goes into the page or comes out of it. Without any that comes out, all values do, by their keys."""

    element: ClassVar[str] = "parameter"
    name: str = said("name", doc="The key of the page's value; for what comes out, the variable too.")
    value: Text | None = said(
        "value",
        "value",
        default=None,
        doc="In: what the page begins with. Out: what the variable gets, seeing the values of the page.",
    )
    direction: str = said("direction", default="in", doc="Whether it goes in, comes out, or both.")
    kind: str = said("kind", default="", doc="On an autoPage without a schema: the kind of its field.")
    label: str = said("label", default="", doc="What the person reads beside the field.")
    required: bool = said("required", "boolean", default=False, doc="Whether the field must have a value.")
    record_type: str = said("recordType", default="", doc="Whose records can be chosen, in a lookup or link.")


@dataclass(frozen=True, slots=True)
class ActivityStep(Part):
    """An activity: done when it is completed with a result, which is the outcome."""

    element: ClassVar[str] = "activityStep"
    category: Text | None = said("category", "value", default=None, doc="The category of the activity.")
    show_in_calendar: bool = said(
        "showInCalendar", "boolean", default=False, doc="Whether the calendar shows it."
    )
    results: tuple[Result, ...] = many(Result)


@dataclass(frozen=True, slots=True)
class Question(Part):
    """A question, which is the title of the step: the answers are the outcome."""

    element: ClassVar[str] = "question"
    multiple: bool = said("multiple", "boolean", default=False, doc="Whether several answers can be chosen.")
    required: bool = said("required", "boolean", default=False, doc="Whether one has to be.")
    answers: tuple[Answer, ...] = many(Answer)


@dataclass(frozen=True, slots=True)
class RecordPage(Part):
    """The page of a record, done when it is saved and meets the filter inside, if there is one."""

    element: ClassVar[str] = "recordPage"
    record_type: str = said("recordType", doc="The record type.")
    mode: str = said("mode", default="existing", doc="A new record, or one that is there.")
    record: Text | None = said("record", "value", default=None, doc="The id of the record that is there.")
    outcome_field: str = said("outcomeField", default="", doc="The lookup field whose value is the outcome.")
    defaults: tuple[FieldValue, ...] = many(FieldValue)
    filter: dict[str, Any] | None = special("filter", "What the saved record has to meet.")


@dataclass(frozen=True, slots=True)
class DrawnPage(Part):
    """A page with fields of the author: by name from ``pages/``, or a form-js schema as content."""

    ref: str = said("ref", default="", doc="The name of a file in pages/.")
    schema: dict[str, Any] | None = special("schema", "A page schema as JSON.")
    buttons: tuple[Button, ...] = many(Button)
    parameters: tuple[PageParameter, ...] = many(PageParameter)
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class AutoPage(DrawnPage):
    """A page of fields with buttons. Without a schema it is made of the parameters that come out."""

    element: ClassVar[str] = "autoPage"


@dataclass(frozen=True, slots=True)
class OwnPage(DrawnPage):
    """A page drawn beforehand: groups, tabs or steps, lookups, lists of records, own buttons."""

    element: ClassVar[str] = "page"


@dataclass(frozen=True, slots=True)
class Approval(Part):
    """An approval of a record: the outcome is approved or rejected."""

    element: ClassVar[str] = "approval"
    record_type: str = said("recordType", doc="The record type.")
    record: Text | None = said("record", "value", doc="The id of the record.")
    needed: str = said(
        "needed", default="one", doc="Whose approval: the first who decides, all, any one, or so many."
    )
    delegation: str = said("delegation", default="any", doc="How often an approver may hand it on.")


@dataclass(frozen=True, slots=True)
class EmailDraft(Part):
    """An e-mail to check and send; what was sent is known behind the step."""

    element: ClassVar[str] = "emailDraft"
    sender: Text | None = said("from", "value", default=None, doc="The address of the sender.")
    to: Text | None = said("to", "value", default=None, doc="Addresses, separated by commas.")
    cc: Text | None = said("cc", "value", default=None, doc="Addresses, separated by commas.")
    bcc: Text | None = said("bcc", "value", default=None, doc="Addresses, separated by commas.")
    subject: Text | None = said("subject", "value", default=None, doc="The subject.")
    template: str = said("template", default="", doc="The text: the name of a file in mail/.")
    attachments: Text | None = said("attachments", "value", default=None, doc="Ids of files.")


WorkKind = ActivityStep | Question | RecordPage | AutoPage | OwnPage | Approval | EmailDraft
KINDS: dict[str, type[Part]] = {
    kind.element: kind
    for kind in (ActivityStep, Question, RecordPage, AutoPage, OwnPage, Approval, EmailDraft)
}


@dataclass(frozen=True, slots=True)
class Timing(Part):
    """When the step is to be done."""

    element: ClassVar[str] = "timing"
    start_in: Text | None = said(
        "startIn", "span", default=None, doc="How long after its activation it starts."
    )
    duration: Text | None = said(
        "duration", "span", default=None, doc="How long it is planned to take: due = start + this."
    )
    due: Text | None = said(
        "due", "value", default=None, doc="When it is due: a date and time, or a duration after the start."
    )
    remind: Text | None = said("remind", "span", default=None, doc="How long before the start to remind.")
    priority: Text | None = said(
        "priority", "value", default=None, doc="A number from 0 to 100, or low, medium, high."
    )


@dataclass(frozen=True, slots=True)
class Connection(Part):
    """A record that the step is about; it can be continued from there."""

    element: ClassVar[str] = "connect"
    record_type: str = said("recordType", doc="The record type.")
    record: Text | None = said("record", "value", doc="The id of the record; nothing if it is null.")


@dataclass(frozen=True, slots=True)
class ActivitySwitch(Part):
    """The step creates an activity too, and goes on when both are done."""

    element: ClassVar[str] = "activity"
    category: Text | None = said(
        "category", "value", default=None, doc="The category, from which the results come."
    )
    priority: Text | None = said("priority", "value", default=None, doc="The priority of the activity.")
    show_in_calendar: bool = said(
        "showInCalendar", "boolean", default=False, doc="Whether the calendar shows it."
    )


@dataclass(frozen=True, slots=True)
class Work:
    """All that the author said of a user task beside who does it.

    ``kind`` None: a plain one (K7). ``lane_role`` is the role of the lane that the task stands in.
    """

    kind: WorkKind | None = None
    titles: tuple[Wording, ...] = ()
    hints: tuple[Wording, ...] = ()
    timing: Timing = Timing()
    connections: tuple[Connection, ...] = ()
    activity: ActivitySwitch | None = None
    lane_role: Text | None = None

    @property
    def name(self) -> str:
        """The kind as the extension element is called; ``plain`` if there is none."""
        return self.kind.element if self.kind is not None else "plain"


PLAIN = Work()
