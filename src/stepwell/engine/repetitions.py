"""How often the same may happen again in a scope without anybody being asked (R7)."""

from stepwell.engine.events import CycleEntered
from stepwell.engine.run import At, Run, Stuck


def count_pass(run: Run, at: At) -> None:
    """Count a pass through the entry of a cycle; too many are an incident (R7)."""
    row = run.state.scope_row(at.scope)
    count = (row.visits or {}).get(at.element.id, 0) + 1
    limit = at.element.max_repetitions or run.definition.max_repetitions or run.settings.max_repetitions
    if count > limit:
        raise Stuck(
            "repetitions.exceeded",
            f"Expected {at.element.id} to be reached at most {limit} times in its scope, but this is number {count}.",
        )
    run.emit(CycleEntered(at.scope, at.element.id, count))
