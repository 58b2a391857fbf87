"""Work for people: user tasks, whom they are for, and what is fixed when they begin to exist (rules S1 to S3, R4)."""

from collections.abc import Iterable

from stepwell import feel
from stepwell.engine import activities, record_pages
from stepwell.engine.assigning import Said, assignment_of
from stepwell.engine.definition import Element, Text
from stepwell.engine.events import JobCreated
from stepwell.engine.opening import Seen, title_of
from stepwell.engine.planning import UNPLANNED, Plan, plan_of
from stepwell.engine.record_places import own_record, place_of
from stepwell.engine.rows import NO_DETAILS, Job, TaskDetails, UserTask
from stepwell.engine.run import At, Run, Stuck
from stepwell.engine.surroundings import Assignment, RecordPlace
from stepwell.engine.task_times import plan_times
from stepwell.engine.user_task_events import UserTaskCreated
from stepwell.engine.work import PLAIN, Approval, RecordPage, Timing, Work
from stepwell.forms.outcome import Outcome

IN_FOREGROUND = TaskDetails(foreground=True)
ANY_NUMBER = -1  # how often an approval may still be handed on
MAIL_RETRIES = 3
DELEGATIONS = {"none": 0, "once": 1, "any": ANY_NUMBER}


def create_user_task(run: Run, at: At, said: Said, work: Work = PLAIN) -> None:
    """Put the step before whom it is for; raises ``Stuck`` or ``FeelError`` when that can not be."""
    key = run.activate(at)
    assignment = assignment_of(run, at, said)
    element = at.element
    foreground = opens_by_itself(run, at)
    if work is PLAIN:
        title, plan = element.name or element.id, UNPLANNED
        details = IN_FOREGROUND if foreground else NO_DETAILS
    else:
        seen = Seen(run.lookup(key), run.time)
        title = title_of(element, work, run.settings.surroundings.language(assignment.assignee), seen)
        plan = plan_of(run, work.timing, seen) if work.timing != UNSAID else UNPLANNED
        details = details_of(work, plan, connected(run, at, work, assignment), foreground=foreground)
    task = UserTask(
        key, element.id, title, run.now, *assignment, plan.priority, plan.due_at, plan.start_at, work.name, details
    )  # fmt: skip
    if work is PLAIN:
        run.emit(UserTaskCreated(task))
        return
    if activities.has_activity(work):
        task = activities.planned(run, at, work, task)
    run.emit(UserTaskCreated(task))
    plan_times(run, task)
    activities.make(run, work, task)
    if isinstance(work.kind, RecordPage):
        record_pages.watch_own(run, at, work)


UNSAID = Timing()


def details_of(work: Work, plan: Plan, connections: tuple[str, ...], *, foreground: bool) -> TaskDetails:
    """What most steps do without; the same object for those that have nothing of it."""
    may_hand_on = DELEGATIONS[work.kind.delegation] if isinstance(work.kind, Approval) else ANY_NUMBER
    if not (plan.duration or plan.remind_at is not None or connections or may_hand_on != ANY_NUMBER):
        return IN_FOREGROUND if foreground else NO_DETAILS
    return TaskDetails(
        plan.duration, plan.remind_at, False, foreground, connections, delegations_left=may_hand_on
    )


def opens_by_itself(run: Run, at: At) -> bool:
    """Whether the page opens on the screen of whoever has the task (R4): as the author says, otherwise when
    somebody waits for what this command brings about.
    """
    return run.foreground if at.element.background is None else not at.element.background


def send_mail(run: Run, at: At, sent: Outcome) -> None:
    """Have the mail of the page sent; the element goes on when that is done (K8, R6)."""
    args = {name: value for name, value in sent.details.items() if value not in (None, "", [])}
    job = Job(
        run.state.next_key(), at.key, at.element.id, "email.send", run.now, retries=MAIL_RETRIES,
        args=feel.encode({"to": "", "subject": "", **args}),
    )  # fmt: skip
    run.emit(JobCreated(job))


def connected(run: Run, at: At, work: Work, assignment: Assignment) -> tuple[str, ...]:
    """The records that the step is about, as ``contact/17``: its own one first. Nobody may have it who can not
    see and change that one.
    """
    own = own_record(at.element, work, Seen(run.lookup(at.key), run.time))
    if own is not None:
        hindrance = run.settings.surroundings.barred(assignment, own)
        if hindrance:
            message = f"Expected a record that step {at.element.id} can be about, but {hindrance}."
            raise Stuck("step.barred", message)
    places = [] if own is None or not own.number else [own]
    places += others(at.element, work, Seen(run.lookup(at.key), run.time))
    return tuple(dict.fromkeys(place.reference for place in places))


def others(element: Element, work: Work, seen: Seen) -> Iterable[RecordPlace]:
    """The records that the author connects the step with; one that is null is left out."""
    for connection in work.connections:
        for value in each(connection.record, seen):
            yield place_of(element, connection.record_type, value)


def each(text: Text | None, seen: Seen) -> list[object]:
    """The values of a text that may give several."""
    value = None if text is None else text.value(*seen)
    return [one for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]
