"""What is held back until something is asked: as few statements as do the same."""

from collections.abc import Sequence

from stepwell.store.postgresql import statements
from stepwell.store.postgresql.arrays import LITERALS
from stepwell.store.postgresql.journey import Request
from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

Rows = tuple[Write, list[Tuple]]
JOINED = ("insert", "delete")


def packed(held: Sequence[Rows | Request]) -> list[Request]:
    """The statements for what was held back, in order.

    Rows to be inserted or deleted travel with those that the same statement had before, unless something between
    concerned their table: no table knows of another one.
    """
    made: list[Rows | Request] = []
    last: dict[str, int] = {}
    for what, given in held:
        if not isinstance(what, Write):
            made.append((what, given))
            last.clear()
            continue
        before = last.get(what.layout.name)
        if before is not None and made[before][0] is what and what.verb in JOINED:
            made[before][1].extend(given)  # type: ignore[union-attr]
        else:
            last[what.layout.name] = len(made)
            made.append((what, list(given)))
    return [_request(*one) if isinstance(one[0], Write) else one for one in made]


def _request(write: Write, rows: list[Tuple]) -> Request:
    text, places, types = statements.described(write)
    columns = list(zip(*rows, strict=True))
    arrays = [LITERALS[kind](columns[place]) for place, kind in zip(places, types, strict=True)]
    return text, [*arrays, len(rows)] if write.guard else arrays
