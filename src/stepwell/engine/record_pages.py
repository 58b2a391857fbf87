"""Steps that open the page of a record (K2): what of the record they wait for, and what is kept with the page."""

from typing import Any

from stepwell import feel
from stepwell.engine.events import Subscribed, Unsubscribed
from stepwell.engine.opening import Seen
from stepwell.engine.record_filter import filled
from stepwell.engine.record_places import own_record
from stepwell.engine.record_signal import Watch, pack, unpack
from stepwell.engine.rows import Subscription
from stepwell.engine.run import At, Run
from stepwell.engine.surroundings import RecordPlace
from stepwell.engine.work import RecordPage, Work
from stepwell.records.shipped import ACTIVITY

Filter = dict[str, Any]


def watch_own(run: Run, at: At, work: Work) -> None:
    """Wait for the record of the page from the activation on; a new one is there when it is saved."""
    kind = work.kind
    assert isinstance(kind, RecordPage)
    place = own_record(at.element, work, Seen(run.lookup(at.key), run.time))
    if place is not None and place.number:
        watch(run, at, place, conditions(run, at, kind))


def conditions(run: Run, at: At, kind: RecordPage) -> Filter | None:
    """What the saved record has to meet, with the values of now; raises ``Stuck`` when one is missing."""
    return None if kind.filter is None else filled(kind.filter, run.lookup(at.key), run.time)


def watch(run: Run, at: At, place: RecordPlace, wanted: Filter | None) -> None:
    """Wait for saves of the record: with conditions for any that meets them, otherwise for those of people who can
    do the step.
    """
    packed = b"" if wanted is None else feel.encode(wanted)
    args = pack(Watch(("changed", "deleted"), filter=packed, by_people=wanted is None))
    key, number = run.state.next_key(), str(place.number)
    row = Subscription(key, at.key, at.element.id, "record", place.type, number, run.now, args)
    run.emit(Subscribed(row))


def watched(run: Run, key: int) -> Subscription | None:
    """What a step waits for on its record, if it does (what it waits for on its activity is another thing)."""
    run.state.load_waits((key,))
    task = run.state.user_tasks[key]
    activity = (ACTIVITY, str(task.details.activity))
    rows = [
        row for row in run.state.subscriptions.values()
        if row.element_key == key and row.element == task.element and row.kind == "record"
        and (row.name, row.correlation_key) != activity
    ]  # fmt: skip
    return rows[0] if rows else None


def beside_page(run: Run, at: At, work: Work, place: RecordPlace) -> dict[str, object]:
    """What is kept with the page: which record it shows, at which revision, and the conditions.

    Those of a record that is there are as of the activation. A record that took the place of one that is gone is
    waited for from now on.
    """
    kind, row = work.kind, watched(run, at.key)
    assert isinstance(kind, RecordPage)
    if row is not None and (row.name, row.correlation_key) != (place.type, str(place.number)):
        run.emit(Unsubscribed(row.key))
        row = None
    if row is None:
        wanted = conditions(run, at, kind)
        if place.number:
            watch(run, at, place, wanted)
    else:
        packed = unpack(row.args).filter
        found = feel.decode(packed) if packed else None
        wanted = found if isinstance(found, dict) else None
    return {
        "record": place.reference if place.number else "",
        "record_type": place.type,
        "conditions": wanted,
    }
