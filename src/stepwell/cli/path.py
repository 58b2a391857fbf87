"""The path of an instance, read from its history: one line for every activation and every intervention."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stepwell.services.histories import HistoryEntry, HistoryEvent

DONE, OPEN, ENDED, STUCK, NOTED = "done", "open", "ended", "stuck", "noted"
COMPLETING = {"ElementCompleted": DONE, "ElementTerminated": ENDED}


@dataclass
class Line:
    """Something that happened ``at`` a time: to the element ``what``, in the state ``mark``; ``note`` says more."""

    at: datetime
    what: str
    mark: str = DONE
    note: str = ""
    depth: int = 0


@dataclass
class Path:
    """The lines so far; those of living element instances by their id."""

    lines: list[Line] = field(default_factory=list)
    living: dict[str, Line] = field(default_factory=dict)
    depths: dict[int, int] = field(default_factory=dict)

    def add(self, line: Line) -> Line:
        self.lines.append(line)
        return line


def path(history: "Iterable[HistoryEntry]") -> Sequence[Line]:
    """What happened, in order."""
    found = Path()
    for entry in history:
        for event in entry.events:
            note = NOTES.get(event.type)
            if note is not None:
                note(found, entry, event)
    return found.lines


def _passed(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    path.add(Line(entry.at, event.element, depth=_depth(path, event)))


def _activated(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    depth = _depth(path, event)
    path.depths[_key(event)] = depth + 1
    path.living[event.id] = path.add(Line(entry.at, event.element, OPEN, "", depth))


def _left(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    """The element instance is over: how, and how long it took."""
    line = path.living.pop(event.id, None)
    if line is None:
        return
    took = entry.at - line.at
    line.mark = COMPLETING[event.type]
    word = line.note or ("" if line.mark == DONE else "terminated")
    after = f"after {span(took)}" if took else ""
    line.note = " ".join(filter(None, [word, after]))


def _done_by(path: Path, _: "HistoryEntry", event: "HistoryEvent") -> None:
    line = path.living.get(event.id)
    if line is not None and event.details.get("by"):
        line.note = f"by {event.details['by']}"


def _assigned(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    who = event.details.get("assignee")
    path.add(Line(entry.at, event.element, NOTED, f"claimed by {who}" if who else "given back"))


def _put_off(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    if event.details.get("error"):
        path.add(Line(entry.at, event.element, NOTED, f"attempt failed: {event.details['error']}"))


def _caught(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    name = event.details.get("name", "")
    note = "its time came" if entry.command == "FireTimer" else f"caught {name}".strip()
    path.add(Line(entry.at, event.element, NOTED, note))


def _stuck(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    line = path.living.get(event.id)
    message = str(event.details.get("message", ""))
    if line is not None and not line.note and line.at == entry.at:
        line.mark, line.note = STUCK, message
    else:
        path.add(Line(entry.at, event.element, STUCK, message))


def _retried(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    line = path.living.get(event.id)
    if line is not None and line.mark == STUCK:
        line.mark, line.note = OPEN, f"was stuck: {line.note}"
    path.add(Line(entry.at, event.element, NOTED, f"tried again{_by(entry)}"))


def _set(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    if entry.command == "SetVariables":
        names = ", ".join(event.details.get("values", {}))
        path.add(Line(entry.at, "variables", NOTED, f"{names} set{_by(entry)}"))


def _ended(path: Path, entry: "HistoryEntry", event: "HistoryEvent") -> None:
    status = str(event.details.get("status", "ended"))
    mark = DONE if status == "completed" else ENDED
    path.add(Line(entry.at, "instance", mark, status + (_by(entry) if mark == ENDED else "")))


def _by(entry: "HistoryEntry") -> str:
    """Who did it and why."""
    return (f" by {entry.actor}" if entry.actor else "") + (f": {entry.reason}" if entry.reason else "")


def _depth(path: Path, event: "HistoryEvent") -> int:
    return path.depths.get(event.details.get("scope", 0), 0)


def _key(event: "HistoryEvent") -> int:
    return int(event.id.rpartition("-")[2] or 0)


NOTES: dict[str, Callable[[Path, "HistoryEntry", "HistoryEvent"], None]] = {
    "ElementPassed": _passed,
    "ElementActivated": _activated,
    "ElementCompleted": _left,
    "ElementTerminated": _left,
    "UserTaskCompleted": _done_by,
    "UserTaskAssigned": _assigned,
    "JobPutOff": _put_off,
    "EventCaught": _caught,
    "IncidentRaised": _stuck,
    "IncidentResolved": _retried,
    "VariablesSet": _set,
    "InstanceEnded": _ended,
}


def span(time: timedelta) -> str:
    """How long something took, in two units at most."""
    seconds = time.total_seconds()
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"
