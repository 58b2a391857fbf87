"""Loop and multi-instance activities (BPMN 2.0, 13.3.6 and 13.3.7).

The body is an element instance and a scope; each round is a child of it for the same element. The body
remembers how many rounds there will be (``total``, -1 if nobody knows) and how many there were.
"""

from stepwell import feel
from stepwell.engine import scopes, waits
from stepwell.engine.definition import Loop
from stepwell.engine.enter import open_element
from stepwell.engine.events import ElementActivated, ElementChanged
from stepwell.engine.flow import is_true, leave
from stepwell.engine.incidents import attempt, attempt_leave
from stepwell.engine.mapping import over, set_local, spread
from stepwell.engine.rows import ElementInstance
from stepwell.engine.run import At, Run, Stuck

SLICE = 100


def start(run: Run, at: At) -> None:
    """Activate the body, with its boundary events and its input, and begin the first rounds."""
    loop = at.element.loop
    assert loop is not None
    items, total = size(run, at, loop)
    run.activate(at)
    run.emit(ElementChanged(at.key, "active", {"total": total, "created": 0}))
    waits.watch_boundary(run, at)
    if items is not None and (loop.kind == "sequential" or run.activations + total > run.settings.budget):
        slices = {f"@{n // SLICE}": items[n : n + SLICE] for n in range(0, total, SLICE)}
        set_local(run, at.key, slices)  # type: ignore[arg-type]
        items = None
    advance(run, at.key, items)


def size(run: Run, at: At, loop: Loop) -> tuple[list[object] | None, int]:
    """The input collection, if any, and the number of rounds."""
    lookup = run.lookup(at.scope)
    if loop.rounds is not None:
        asked = loop.rounds.items(run, at)
        return asked, len(asked)
    if loop.collection is not None:
        items = loop.collection.evaluate(lookup, now=run.time)
        if not isinstance(items, list):
            raise wrong(at, "the collection", loop.collection, "a list", items)
        return items, len(items)
    if loop.cardinality is not None:
        total = loop.cardinality.evaluate(lookup, now=run.time)
        if isinstance(total, bool) or not isinstance(total, int) or total < 0:
            raise wrong(at, "the cardinality", loop.cardinality, "a whole number, 0 or more", total)
        return None, total
    return None, -1


def wrong(at: At, what: str, expression: feel.Expression, expected: str, found: object) -> Stuck:
    return Stuck(
        "loop.input",
        f"Expected {what} '{expression.text}' of {at.element.id} to give {expected}, "
        f"but it gave {feel.format_value(found)}.",
    )


def is_body(row: ElementInstance) -> bool:
    return row.data is not None and "total" in row.data


def advance(run: Run, key: int, items: list[object] | None = None) -> None:
    """Begin what may begin, or end the loop when nothing is left to do."""
    body = run.at(key)
    loop = body.element.loop
    assert loop is not None
    if key in run.ended_loops:
        run.ended_loops.discard(key)
        if run.state.elements[key].active:
            end_early(run, key)
            return
    elif wants_round(run, body, loop):
        if run.activations >= run.settings.budget:
            scopes.hand_on(run, key)
            return
        begin_rounds(run, body, loop, items)
        if run.state.elements[key].active or wants_round(run, body, loop):
            return
    if run.state.elements[key].active == 0:
        attempt_leave(run, body, finish)


def end_early(run: Run, key: int) -> None:
    """The completion condition holds: the rounds that are left are ended."""
    row = run.state.elements[key]
    data = dict(row.data or {})
    data["total"] = data["created"]
    run.emit(ElementChanged(key, "active", data))
    scopes.empty(run, key)
    run.touched.add(key)


def wants_round(run: Run, body: At, loop: Loop) -> bool:
    """Whether another round has to begin now."""
    row = run.state.elements[body.key]
    created, total = counts(row)
    if loop.kind == "parallel":
        return created < total
    if row.active:
        return False
    if loop.kind == "sequential":
        return created < total
    if loop.maximum is not None and created >= loop.maximum:
        return False
    if created == 0 and not loop.test_before:
        return True
    lookup = over({"loopCounter": created}, run.lookup(body.key))
    return is_true(run, loop.condition, lookup, f"loop condition of {body.element.id}")


def counts(row: ElementInstance) -> tuple[int, int]:
    data = row.data or {}
    return int(str(data["created"])), int(str(data["total"]))


def begin_rounds(run: Run, body: At, loop: Loop, items: list[object] | None) -> None:
    """Begin one round, or for a parallel multi-instance as many as this transaction may."""
    created, total = counts(run.state.elements[body.key])
    last = total if loop.kind == "parallel" else created + 1
    first = created
    rounds = []
    while created < last and (created == first or run.activations < run.settings.budget):
        rounds.append((activate_round(run, body, created), created))
        run.activations += 1
        created += 1
    run.emit(ElementChanged(body.key, "active", {"total": total, "created": created}))
    for at, number in rounds:
        if body.key in run.ended_loops:
            break
        set_local(run, at.key, round_variables(run, body, loop, items, number))
        attempt(run, at, open_element)
    if loop.kind == "parallel" and created < total:
        scopes.hand_on(run, body.key)


def activate_round(run: Run, body: At, number: int) -> At:
    key = run.state.next_key()
    run.emit(ElementActivated(key, body.element.id, body.key, "active", {"round": number}))
    return At(body.element, body.key, key, True)


def round_variables(
    run: Run, body: At, loop: Loop, items: list[object] | None, number: int
) -> dict[str, object]:
    values: dict[str, object] = {"loopCounter": number + 1}
    if loop.item and (loop.collection is not None or loop.rounds is not None):
        if items is not None:
            values[loop.item] = items[number]
        else:
            values[loop.item] = run.state.slice(body.key, f"@{number // SLICE}")[number % SLICE]
    return values


def finish(run: Run, body: At) -> None:
    """All rounds are done: give the collected outputs to the scope around and go on."""
    loop = body.element.loop
    assert loop is not None
    if loop.rounds is not None:
        loop.rounds.gather(run, body)
    if loop.output_collection:
        spread(run, body, {loop.output_collection: run.state.outputs(body.key)})
    leave(run, body)
