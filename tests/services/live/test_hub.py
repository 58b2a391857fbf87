"""Who is told what on one server, and what those hear who were away."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from stepwell.errors import TooOften
from stepwell.identity import Actor
from stepwell.services.live import hub as module
from stepwell.services.live.event import LiveEvent
from stepwell.services.live.hub import MOST_STREAMS, MOST_WAITING, Hub, Listener

NOW = 1_000_000_000_000_000
ANN = Actor("ann", frozenset({"clerks"}))
BOB = Actor("bob")
OLGA = Actor("olga", rights=frozenset({"operate"}))


def story(tale: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def tell() -> None:
        asyncio.run(tale())

    tell.__name__, tell.__doc__ = tale.__name__, tale.__doc__
    return tell


def hub() -> Hub:
    return Hub("here", lambda: NOW)


def event(id: str = "17-3", *to: str, name: str = "task-created", until: int = 0) -> LiveEvent:
    return LiveEvent(name, frozenset(to or ("role:clerks",)), {"id": id}, until)  # type: ignore[arg-type]


async def heard(listener: Listener) -> list[tuple[str, str]]:
    """The name of each event that waits for a listener, and what it is about."""
    found = []
    for block in (await listener.wait(0)).decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if line)
        if lines.get("event", "mark") != "mark":
            data = lines["data"].removeprefix('{"id":"').removesuffix('"}')
            found.append((lines["event"], data))
    return found


async def last_id(listener: Listener) -> str:
    text = (await listener.wait(0)).decode()
    return [line for line in text.split("\n") if line.startswith("id: ")][-1].removeprefix("id: ")


@story
async def test_who_begins_is_greeted_and_has_an_id_to_come_back_with() -> None:
    assert (await hub().join(ANN).wait(0)).startswith(b"id: here-1\nevent: hello\n")


@story
async def test_an_event_reaches_those_it_is_for() -> None:
    place = hub()
    ann, bob, olga = (place.join(who) for who in (ANN, BOB, OLGA))
    place.publish([event("1-1"), event("2-1", "user:bob"), event("3-1", "*"), event("4", "operators")])
    assert [await heard(one) for one in (ann, bob, olga)] == [
        [("hello", "{}"), ("task-created", "1-1"), ("task-created", "3-1")],
        [("hello", "{}"), ("task-created", "2-1"), ("task-created", "3-1")],
        [("hello", "{}"), ("task-created", "3-1"), ("task-created", "4")],
    ]


@story
async def test_who_is_meant_by_two_names_hears_it_once() -> None:
    place = hub()
    ann = place.join(ANN)
    place.publish([event("1-1", "role:clerks", "user:ann", "*")])
    assert await heard(ann) == [("hello", "{}"), ("task-created", "1-1")]


@story
async def test_who_comes_back_hears_what_was_missed() -> None:
    place = hub()
    ann = place.join(ANN)
    before = await last_id(ann)
    place.leave(ann)
    place.publish([event("1-1"), event("2-1", "user:bob"), event("3-1")])
    assert await heard(place.join(ANN, before)) == [("task-created", "1-1"), ("task-created", "3-1")]


@story
async def test_who_missed_nothing_is_told_nothing() -> None:
    place = hub()
    ann = place.join(ANN)
    place.publish([event("1-1")])
    assert await heard(place.join(ANN, await last_id(ann))) == []


@story
async def test_silence_moves_the_id_on() -> None:
    """So who hears nothing for long need not read everything again."""
    place = hub()
    place.publish([event("1-1", "user:bob")])
    assert place.mark() == b"id: here-1\nevent: mark\ndata: {}\n\n"


@pytest.mark.parametrize(
    "after", ["there-1", "here-0", "here-2", "here--1", "here-x", "here-", "here-" + "9" * 40]
)
def test_an_id_of_which_nothing_is_known_lets_read_anew(after: str) -> None:
    async def tale() -> None:
        assert await heard(hub().join(ANN, after)) == [("reset", "{}")]

    asyncio.run(tale())


@story
async def test_events_older_than_a_quarter_of_an_hour_let_read_anew() -> None:
    place = hub()
    ann = place.join(ANN)
    before = await last_id(ann)
    place.publish([event("1-1")])
    after_it = f"here-{place.number}"
    place.kept[0] = place.kept[0]._replace(at=place.kept[0].at - module.KEPT - 1)
    place.prune()
    assert await heard(place.join(ANN, before)) == [("reset", "{}")]
    assert await heard(place.join(ANN, after_it)) == []


@story
async def test_a_server_to_which_nobody_listened_for_long_knows_nothing_any_more() -> None:
    place = hub()
    ann = place.join(ANN)
    before = await last_id(ann)
    place.leave(ann)
    assert place.is_wanted()
    place.left_at -= module.KEPT
    assert not place.is_wanted()
    assert await heard(place.join(ANN, before)) == [("reset", "{}")]


@story
async def test_what_is_worthless_later_is_not_told_again() -> None:
    place = hub()
    ann = place.join(ANN)
    before = await last_id(ann)
    place.publish([event("1-1", "user:ann", name="step-to-open", until=NOW + 1), event("2-1")])
    assert await heard(ann) == [("step-to-open", "1-1"), ("task-created", "2-1")]
    assert await heard(place.join(ANN, before)) == [("task-created", "2-1")]


@story
async def test_what_is_worthless_already_is_not_told() -> None:
    place = hub()
    ann = place.join(ANN)
    place.publish([event("1-1", name="step-to-open", until=NOW - 1)])
    assert await heard(ann) == [("hello", "{}")]


@story
async def test_who_does_not_let_steps_open_is_told_of_none() -> None:
    place = hub()
    quiet, loud = place.join(ANN, opens_steps=False), place.join(ANN)
    place.publish([event("1-1", name="step-to-open", until=NOW + 1)])
    assert [len(await heard(one)) for one in (quiet, loud)] == [1, 2]
    place.be(quiet, ANN, opens_steps=True)
    place.publish([event("1-1", name="step-to-open", until=NOW + 1)])
    assert await heard(quiet) == [("step-to-open", "1-1")]


@story
async def test_who_is_slow_is_told_to_read_anew() -> None:
    place = hub()
    ann = place.join(ANN)
    place.publish([event(f"{number}-1") for number in range(MOST_WAITING + 5)])
    found = await heard(ann)
    assert found[0] == ("reset", "{}")
    assert found[-1] == ("task-created", f"{MOST_WAITING + 4}-1")


@story
async def test_other_roles_count_from_now_on() -> None:
    place = hub()
    ann = place.join(ANN)
    place.be(ann, BOB)
    place.publish([event("1-1"), event("2-1", "user:bob")])
    assert await heard(ann) == [("hello", "{}"), ("task-created", "2-1")]
    place.leave(ann)
    assert place.listeners == {}


@story
async def test_who_has_a_step_open_is_told_of_it() -> None:
    place = hub()
    bob = place.join(BOB)
    place.note_present("1-1", {"bob": NOW + 1, "ann": NOW + 1})
    place.note_present("2-1", {"bob": NOW - 1})
    place.publish([event("1-1", name="task-done"), event("2-1", name="task-done"), event("3-1")])
    assert await heard(bob) == [("hello", "{}"), ("task-done", "1-1")]


@story
async def test_nobody_has_too_many_streams() -> None:
    place = hub()
    streams = [place.join(ANN) for _ in range(MOST_STREAMS)]
    with pytest.raises(TooOften):
        place.expect_room(ANN)
    place.expect_room(BOB)
    place.leave(streams[0])
    place.expect_room(ANN)


@story
async def test_when_the_server_ends_all_streams_do() -> None:
    place = hub()
    ann = place.join(ANN)
    await ann.wait(0)
    waiting = asyncio.create_task(ann.wait(60))
    await asyncio.sleep(0)
    place.close()
    assert await asyncio.wait_for(waiting, 1) == b""
    assert (ann.is_over, place.join(BOB).is_over) == (True, True)
