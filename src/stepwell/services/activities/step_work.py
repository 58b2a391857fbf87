"""What a step does to its activity: in the name of who gave the command, whatever that person may do with records."""

from stepwell.engine.rows import ProcessInstance
from stepwell.engine.run import Run
from stepwell.engine.surroundings import ActivityPlan, Offered
from stepwell.engine.user_task_events import ActivityWritten
from stepwell.errors import Invalid, NotFound, Rejection
from stepwell.identity import in_the_name_of
from stepwell.records.shipped import ACTIVITY, RESULTS
from stepwell.services.records import writing
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given
from stepwell.store.records import rows
from stepwell.store.records.history import Cause
from stepwell.store.transaction import Transaction


def work_of(tx: Transaction, name: str, instance_id: int = 0, element: str = "") -> Work:
    """The work of a step on its activity."""
    work = Work(tx, in_the_name_of(name), Cause(name, instance_id, element))
    work.is_of_step = True
    return work


def write(tx: Transaction, instance: ProcessInstance, event: ActivityWritten, run: Run) -> Work:
    """Make the activity of a step, or let it become as the step is; gives the work with its changes.

    One that is gone (with its type, or by hand in the database) can not become anything.
    """
    work = work_of(tx, run.actor or (instance.starter if event.is_new else ""), instance.id, event.element)
    tx.limit_waits()
    place = (
        Given(event.values.map, new_id=event.number)
        if event.is_new
        else Given(event.values.map, event.number)
    )
    try:
        writing.save(work, ACTIVITY, [place])
    except NotFound:
        if event.is_new:
            raise
    return work


def plan(tx: Transaction, values: dict[str, object], offered: Offered) -> ActivityPlan:
    """Whether an activity of these values can be made, its number and its results; nothing is written."""
    work = work_of(tx, "")
    try:
        [draft] = writing.prepare(work, ACTIVITY, [Given(values)])
    except Rejection as refused:
        return ActivityPlan(hindrance=_in_words(refused))
    known = results(work)
    if offered is None:
        category = draft.row["category"]
        offered = tuple(code for code, only in known.items() if only in (None, category))
    unknown = [code for code in offered if code not in known]
    if unknown or not offered:
        found = f"'{unknown[0]}' is none" if unknown else "there are none"
        return ActivityPlan(hindrance=f"of the results of activities {found}")
    return ActivityPlan(draft.row["id"], offered)


def results(work: Work) -> dict[str, str | None]:
    """The active results in order, each with the only category that it is for, if there is one."""
    return rows.choices(work.session, work.known.tables[RESULTS], "category")


def _in_words(refused: Rejection) -> str:
    """What is wrong as the end of a sentence that expected an activity."""
    if isinstance(refused, Invalid) and refused.problems:
        told = refused.problems[0].message
        return f"{told[:1].lower()}{told[1:].rstrip('.')}"
    return f"{refused.message[:1].lower()}{refused.message[1:].rstrip('.')}"
