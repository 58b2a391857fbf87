"""``stepwell show``: what became of an instance, and where it waits."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, desk
from stepwell.cli.faults import Refusal
from stepwell.cli.path import Line, path, span

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.library import Engine
    from stepwell.services.details import ActiveElement, InstanceDetails, Wait

SHOWN = 100  # lines of the path
LONGEST = 300  # characters of a value
STYLES = {"done": "green", "open": "bold yellow", "ended": "dim", "stuck": "bold red", "noted": "cyan"}
SIGNS = {"done": "✓", "open": "○", "ended": "×", "stuck": "!", "noted": "·"}
PLAIN = {"done": "+", "open": "o", "ended": "x", "stuck": "!", "noted": "-"}


def show(
    ctx: typer.Context,
    instance: Annotated[
        str,
        typer.Argument(metavar="[INSTANCE]", help="The id of a process instance: 17; else the newest one."),
    ] = "",
    all_lines: Annotated[bool, typer.Option("--all", help="The whole path, however long it is.")] = False,
) -> None:
    """Show the path an instance took, and where it waits.

    With incidents, variables, and the instances that it called.

    Example: stepwell show 17
    """
    with desk(ctx).open() as engine:
        id = instance or _newest(engine)
        details = engine.instance(id)
        variables = engine.variables(id)
        history = engine.history(id)
    if desk(ctx).json:
        sys.stdout.write(output.as_json(_document(details, variables, history)) + "\n")
        return
    screen = output.console()
    lines = path(history) if all_lines else _middle_cut(path(history))
    for part in _pages(desk(ctx), details, lines, variables):
        screen.print(part)


def _newest(engine: "Engine") -> str:
    found = engine.instances(limit=1).items
    if not found:
        message = "Expected an instance to show but none was started yet: stepwell start PROCESS."
        raise Refusal("instance.none", message)
    return found[0].id


def _document(details: Any, variables: Mapping[str, object], history: object) -> dict[str, object]:
    import msgspec

    from stepwell import feel

    shown = {name: feel.to_json(value) for name, value in variables.items()}
    return msgspec.structs.asdict(details) | {"variables": shown, "history": history}


def _middle_cut(lines: Sequence[Line]) -> Sequence[Line]:
    """The beginning and the end of a long path."""
    if len(lines) <= SHOWN:
        return lines
    left_out = len(lines) - SHOWN
    gap = Line(lines[20].at, f"… {left_out:,} more lines: --all", "noted")
    return [*lines[:20], gap, *lines[-(SHOWN - 20) :]]


def _pages(
    here: Desk, details: "InstanceDetails", lines: Sequence[Line], variables: Mapping[str, object]
) -> "Iterator[RenderableType]":
    yield from _head(details)
    yield from _section("Path", _path(lines))
    yield from _section("Waits", _waits(details))
    yield from _section("Stuck", _incidents(details))
    yield from _section("Variables", _variables(variables))
    yield from _section("Called", _children(details))
    command = _next(here, details)
    if command:
        yield output.text("")
        yield output.next_step(command)


def _section(title: str, parts: "Iterator[RenderableType]") -> "Iterator[RenderableType]":
    """A heading with what stands under it, or nothing at all."""
    from rich.padding import Padding

    for place, part in enumerate(parts):
        if place == 0:
            yield output.text("\n", (title, "bold"))
        yield Padding(part, (0, 0, 0, 2), expand=False)


def _head(details: "InstanceDetails") -> "Iterator[RenderableType]":
    status = "stuck" if details.open_incidents else details.status
    style = {"stuck": "bold red", "running": "bold yellow", "completed": "bold green"}.get(status, "bold")
    name = f" ({details.process_name})" if details.process_name else ""
    yield output.text(
        (f"Instance {details.id}", "bold"),
        f" of {details.process_id}{name}, version {details.version}: ",
        (status, style),
    )
    caption = output.caption(details.caption, details)
    if caption:
        yield output.text((caption, "bold"))
    key = f", business key {details.business_key}" if details.business_key else ""
    caller = f", called by {details.called_by}" if details.called_by else ""
    by = f" by {details.starter}" if details.starter else ""
    yield output.text((f"Started {output.exact_time(details.started_at)}{by}{key}{caller}", "dim"))
    if details.ended_at:
        took = span(details.ended_at - details.started_at)
        yield output.text((f"Ended {output.exact_time(details.ended_at)}, after {took}", "dim"))


def _path(lines: Sequence[Line]) -> "Iterator[RenderableType]":
    """Time, sign, element and note; the day stands where it changes."""
    from rich.table import Table

    signs = SIGNS if _is_unicode() else PLAIN
    made, day = None, ""
    for line in lines:
        if made is None or output.day(line.at) != day:
            if made is not None:
                yield made
            day = output.day(line.at)
            yield output.text((day, "dim"))
            made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
            made.add_column(no_wrap=True)
            made.add_column(overflow="fold")
            made.add_column(overflow="fold")
        style = STYLES[line.mark]
        what = output.text("  " * line.depth, (signs[line.mark], style), " ", line.what)
        made.add_row(output.text((output.clock(line.at), "dim")), what, output.text((_note(line), style)))
    if made is not None:
        yield made


def _note(line: Line) -> str:
    return line.note or ("waits" if line.mark == "open" else "")


def _is_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().startswith("utf")


def _waits(details: "InstanceDetails") -> "Iterator[RenderableType]":
    stuck = {incident.id for incident in details.open_incidents}
    around = {place.scope for place in details.waiting}
    rows = [
        (place.element, words)
        for place in details.waiting
        if place.id not in stuck
        for words in (_for(details, place) or ([] if place.id in around else [f"is {place.state}"]))
    ]
    if rows:
        yield output.pairs(rows)


def _for(details: "InstanceDetails", place: "ActiveElement") -> list[str]:
    return [words for wait in place.waits_for for words in [_wait(details, wait)] if words]


def _wait(details: "InstanceDetails", wait: "Wait") -> str:
    """What is waited for, in words."""
    key = f" with key {wait.key}" if wait.key else ""
    words: dict[str, Callable[[], str]] = {
        "user task": lambda: _task(details, wait),
        "timer": lambda: f"for the timer at {_when(wait.due_at)}",
        "continuation": lambda: "for a server to go on with it",
        "job": lambda: f"for job {wait.name}, due {_when(wait.due_at)}",
        "message": lambda: f"for message {wait.name}{key}",
        "signal": lambda: f"for signal {wait.name}",
        "call": lambda: f"for instance {wait.id} of {wait.name}",
        "flow": lambda: f"for other flows; {wait.name} has arrived",
    }
    found = words[wait.kind]() if wait.kind in words else f"for {wait.kind} {wait.name}"
    return f"{found}; last attempt: {wait.error}" if wait.error else found


def _task(details: "InstanceDetails", wait: "Wait") -> str:
    from stepwell.cli.user_tasks import who

    task = next((task for task in details.user_tasks if task.id == wait.id), None)
    owner = f" {'for ' if task.assignee else ''}{who(task)}" if task else ""
    due = f", due {_when(task.due_at)}" if task and task.due_at else ""
    return f"for user task {wait.id}{owner}{due}: {wait.name}"


def _when(moment: datetime | None) -> str:
    """A point in time, and how far away it is."""
    if moment is None:
        return "now"
    left = moment - datetime.now(UTC)
    return f"{output.exact_time(moment)} ({'in ' + span(left) if left.total_seconds() > 0 else 'overdue'})"


def _incidents(details: "InstanceDetails") -> "Iterator[RenderableType]":
    for item in details.open_incidents:
        yield output.text(("at ", "red"), (item.element, "bold red"), f"  incident {item.id}, {item.code}")
        yield output.inset(item.message)
        if item.values:
            yield output.inset(
                ("it gave ", "dim"), _value(item.values), ("; retry --set replaces that", "dim")
            )
        yield output.inset((f"since {output.exact_time(item.raised_at)}", "dim"))


def _variables(variables: Mapping[str, object]) -> "Iterator[RenderableType]":
    if variables:
        yield output.pairs([(name, _value(value)) for name, value in sorted(variables.items())])


def _value(value: object) -> str:
    import json

    from stepwell import feel

    written = json.dumps(feel.to_json(value), ensure_ascii=False)
    if len(written) <= LONGEST:
        return written
    return f"{written[:LONGEST]}… ({len(written):,} characters; --json shows all)"


def _children(details: "InstanceDetails") -> "Iterator[RenderableType]":
    if details.children:
        rows = [
            (item.id, item.process_id, item.status, output.short_time(item.started_at))
            for item in details.children
        ]
        yield from output.table(("id", "process", "status", "started"), rows)


def _next(here: Desk, details: "InstanceDetails") -> str:
    if details.open_incidents:
        return f"repair it, then: {here.program} retry {details.open_incidents[0].id}"
    if details.user_tasks:
        return f"{here.program} complete {details.user_tasks[0].id}"
    return ""
