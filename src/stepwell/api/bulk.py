"""Many at once: a command for each of a list, and a report with a row for each; one failure stops no other."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable

from msgspec import Struct

from stepwell.api import problems
from stepwell.services.given import LONGEST

MOST = 200


class Row(Struct, frozen=True, omit_defaults=True):
    """What became of one: ``is_done``, else the ``code`` and the ``message`` of what went wrong.

    ``instance_id`` is the instance that was started, where that was asked.
    """

    id: str
    is_done: bool
    code: str = ""
    message: str = ""
    instance_id: str = ""


class Report(Struct, frozen=True):
    """A row for each, in the order in which they were named, and how many were done and were not."""

    items: tuple[Row, ...]
    done: int
    failed: int


async def each(ids: Iterable[str], carry_out: Callable[[str], Awaitable[str]]) -> Report:
    """Do it for each id, in transactions that they share; ``carry_out`` gives the id of a new instance, if any."""
    rows = await asyncio.gather(*(_row(id, carry_out) for id in dict.fromkeys(ids)))
    done = sum(row.is_done for row in rows)
    return Report(tuple(rows), done, len(rows) - done)


async def _row(id: str, carry_out: Callable[[str], Awaitable[str]]) -> Row:
    try:
        return Row(id, True, instance_id=await carry_out(id))
    except Exception as error:  # noqa: BLE001 - every one becomes a row, ours are logged there
        found = problems.report(error)
        parts = dict.fromkeys([found.detail, *(part.message for part in found.problems)])
        return Row(id, False, found.code, " ".join(parts))


def key_for(key: str, id: str) -> str:
    """The idempotency key of one of many; none without one for all."""
    found = f"{key}/{id}" if key else ""
    return found if len(found) <= LONGEST else hashlib.sha256(found.encode()).hexdigest()
