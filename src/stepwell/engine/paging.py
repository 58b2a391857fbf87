"""The page of a step: worked out and stored at the first opening, from wherever that comes (R4)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from stepwell import feel, forms
from stepwell.engine import mapping
from stepwell.engine.activities import is_activity, plan_of
from stepwell.engine.incidents import raise_incident
from stepwell.engine.opening import Seen, defaults_of, email, hint_of, page_of
from stepwell.engine.record_pages import beside_page
from stepwell.engine.record_places import own_record
from stepwell.engine.rows import PAGE, UserTask
from stepwell.engine.run import At, Run, Stuck
from stepwell.engine.surroundings import RecordFound, RecordPlace
from stepwell.engine.user_task_events import UserTaskOpened
from stepwell.engine.values import Values
from stepwell.engine.work import (
    PLAIN,
    Approval,
    AutoPage,
    DrawnPage,
    EmailDraft,
    OwnPage,
    RecordPage,
    Work,
)
from stepwell.forms import kinds
from stepwell.forms.describe import RecordForm
from stepwell.forms.kinds import Made
from stepwell.forms.kinds.made import ACTIVITY
from stepwell.records import shipped
from stepwell.records.values import parse_reference

"""What a step keeps under this name once it was opened: a context with the entries of ``stored``."""
OPEN = "open"


class Reader:
    """Who opens a step: the language that is read, and the time where the person is."""

    __slots__ = ("language", "now")

    def __init__(self, run: Run, language: str, time_zone: str) -> None:
        self.language = language
        self.now = run.time.astimezone(_zone(time_zone))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_opened(run: Run, key: int) -> bool:
    """Whether the page of a step is stored."""
    return run.state.kept(key, PAGE) is not feel.MISSING


def open_page(run: Run, at: At, reader: Reader) -> None:
    """Store the page of a step; what keeps it from being worked out is an incident, and the step stays open."""
    mark = run.mark()
    try:
        _open(run, at, reader)
    except (Stuck, feel.FeelError) as problem:
        run.undo(mark)
        raise_incident(run, at.key, problem, OPEN)


def _open(run: Run, at: At, reader: Reader) -> None:
    """The inputs first: the page sees them."""
    work = work_of(at)
    mapping.set_local(run, at.key, mapping.inputs(run, at))
    seen = Seen(run.lookup(at.key), run.time)
    hint = hint_of(at.element, work, reader.language, seen)
    page = shown_page(run, at, work, reader.now)
    run.emit(UserTaskOpened(at.key, Values({PAGE: page | {"hint": hint}})))


def shown_page(run: Run, at: At, work: Work, now: datetime) -> dict[str, Any]:
    """The page of a step as it is kept, with the result of its activity on it as long as that is missing (S7)."""
    task: UserTask = run.state.user_tasks[at.key]
    if is_activity(task):
        return activity_page(run, task, now)
    made = make(run, at, work)
    if task.details.activity and not task.details.done:
        made = kinds.with_result(made, _results(run, task))
    page = stored(made, now)
    if isinstance(work.kind, Approval):
        page["needed"] = work.kind.needed
    if isinstance(work.kind, RecordPage):
        place = own_record(at.element, work, Seen(run.lookup(at.key), run.time))
        assert place is not None
        page["revision"] = record_of(run, at, place).values["revision"] if place.number else None
        page |= beside_page(run, at, work, place)
    return page


# -- pages of activities ----------------------------------------------------------------------------------

PAGE_FIELDS = {
    "subject": "subject",
    "start": "start",
    "due": "due",
    "owner": "owner",
    "ownerRole": "owner_role",
    "remindAt": "remind_at",
    "showInCalendar": "in_calendar",
    "resultDetails": "result_details",
}
"""The fields of the page of an activity, and those of its record."""
OF_ACTIVITY = "activity"


def activity_page(run: Run, task: UserTask, now: datetime) -> dict[str, Any]:
    """The page of the activity of a step, as it is kept: K1, or S7 when the step's own page is done."""
    place = RecordPlace(shipped.ACTIVITY, task.details.activity)
    found = run.settings.surroundings.record(place) if place.number else None
    known = plan_of(task) if found is None else found.values
    values = {name: known.get(field) for name, field in PAGE_FIELDS.items()}
    made = kinds.activity_page(kinds.ActivityPage(_results(run, task), values))
    revision = None if found is None else found.values["revision"]
    more = {"what": OF_ACTIVITY, "record": place.reference, "revision": revision, "hint": ""}
    return stored(made, now) | more


def _results(run: Run, task: UserTask) -> tuple[kinds.Option, ...]:
    labels = run.settings.surroundings.labels(shipped.RESULTS, task.details.results)
    return tuple(kinds.Option(code, labels.get(code, code)) for code in task.details.results)


def refresh(run: Run, task: UserTask, now: datetime) -> None:
    """Let the page of an activity, or of a record that is there, be as that is now: it changes beside the step."""
    page = run.state.kept(task.key, PAGE)
    if not isinstance(page, dict):
        return
    if page.get("what") == OF_ACTIVITY:
        new: dict[str, Any] | None = activity_page(run, task, now) | {"hint": page["hint"]}
    else:
        new = _of_record_now(run, page, now)
    if new is not None and new["revision"] != page["revision"]:
        run.emit(UserTaskOpened(task.key, Values({PAGE: new})))


def _of_record_now(run: Run, page: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    """The page with the values that its record has by now; nothing without one, or when it is gone."""
    place = parse_reference(page.get("record", ""))
    found = run.settings.surroundings.record(RecordPlace(*place)) if place is not None else None
    if found is None:
        return None
    before = page["values"]
    given = before | {name: value for name, value in found.values.items() if name in before}
    values = forms.begin(forms.stored(page["schema"].encode()), given, now)
    return page | {"values": values, "revision": found.values["revision"]}


def without_result(run: Run, key: int) -> dict[str, Any]:
    """The kept page of a step without the result of its activity, by its name; nothing if it was not opened."""
    page = run.state.kept(key, PAGE)
    if not isinstance(page, dict):
        return {}
    schema = msgspec.json.decode(page["schema"])
    schema["components"] = [one for one in schema["components"] if one.get("id") != ACTIVITY]
    values = {name: value for name, value in page["values"].items() if name != ACTIVITY}
    return {PAGE: page | {"schema": msgspec.json.encode(schema).decode(), "values": values}}


def work_of(at: At) -> Work:
    """What a step asks of a person; a manual task asks nothing but to be done."""
    found: Work = getattr(at.element.step, "work", PLAIN)
    return found


def stored(made: Made, now: datetime) -> dict[str, Any]:
    """A page as it is kept: its schema as JSON, and the values that it begins with."""
    schema = forms.encode(made.schema)
    return {
        "schema": schema.decode(),
        "values": forms.begin(forms.stored(schema), made.values, now),
        "outcome": made.outcome,
        "details": list(made.details),
        "gives": made.gives_variables,
    }


def made_of(page: dict[str, Any]) -> Made:
    """The page that ``stored`` gave, without its schema taken apart."""
    return Made({}, page["values"], page["outcome"], tuple(page["details"]), page["gives"])


def make(run: Run, at: At, work: Work) -> Made:
    """The page of a step; raises ``Stuck`` and ``FeelError``."""
    seen = Seen(run.lookup(at.key), run.time)
    made = page_of(work, seen)
    return _MAKE[type(work.kind)](run, at, work, seen) if made is None else made


def _record_page(run: Run, at: At, work: Work, seen: Seen) -> Made:
    kind, place = work.kind, own_record(at.element, work, seen)
    assert isinstance(kind, RecordPage) and place is not None
    form = form_of(run, at, place.type, is_new=not place.number)
    values = record_of(run, at, place).values if place.number else form.begun | defaults_of(kind, seen)
    return kinds.record_page(kinds.RecordPage(form, values, kind.outcome_field))


def _approval(run: Run, at: At, work: Work, seen: Seen) -> Made:
    place = own_record(at.element, work, seen)
    assert place is not None
    form, found = form_of(run, at, place.type), record_of(run, at, place)
    label = f"{form.label}: {found.title}" if found.title else form.label
    return kinds.approval_page(kinds.Approval(label, form.fields, found.values))


def _email(run: Run, at: At, work: Work, seen: Seen) -> Made:
    kind = work.kind
    assert isinstance(kind, EmailDraft)
    return kinds.email_page(email(kind, _mail_text(run, at, kind.template, seen), seen))


def _mail_text(run: Run, at: At, name: str, seen: Seen) -> str:
    """The text of a mail with values of the process in it."""
    if not name:
        return ""
    written = run.settings.surroundings.mail_template(name)
    if written is None:
        message = f"Expected a file '{name}' in mail/ for step {at.element.id}, but there is none."
        raise Stuck("mail.no-template", message)
    try:
        return feel.compile_template(written).evaluate(seen.lookup, now=seen.now)
    except feel.FeelError as fault:
        raise Stuck("mail.template", f"Expected mail/{name} to give a text, but: {fault}") from None


def form_of(run: Run, at: At, record_type: str, *, is_new: bool = False) -> RecordForm:
    """The fields of a record type; raises ``Stuck``."""
    found = run.settings.surroundings.form(record_type, is_new=is_new)
    if found is None:
        message = f"Expected a record type '{record_type}' for step {at.element.id}, but there is none."
        raise Stuck("step.no-record-type", message)
    return found


def record_of(run: Run, at: At, place: RecordPlace) -> RecordFound:
    """The record that a step is about; raises ``Stuck``."""
    found = run.settings.surroundings.record(place)
    if found is None:
        message = f"Expected record {place.reference} for step {at.element.id}, but it is gone."
        raise Stuck("step.no-record", message)
    return found


def _without_schema(_run: Run, at: At, work: Work, _seen: Seen) -> Made:
    """A page by a name that was not known when the process was deployed."""
    assert isinstance(work.kind, DrawnPage)
    message = f"Expected a page '{work.kind.ref}' in pages/ for step {at.element.id}, but there was none."
    raise Stuck("page.unknown", message)


_MAKE: dict[type, Callable[[Run, At, Work, Seen], Made]] = {
    RecordPage: _record_page,
    Approval: _approval,
    EmailDraft: _email,
    AutoPage: _without_schema,
    OwnPage: _without_schema,
}


def reopened(run: Run, task: UserTask) -> Reader:
    """Who reads a page that is worked out again because an incident is retried."""
    return Reader(run, run.settings.surroundings.language(task.assignee), "UTC")
