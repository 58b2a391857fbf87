"""Whatever others do between the slices of a step, no record is touched twice and none is forgotten."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import stepwell
from stepwell.identity import STEPWELL
from stepwell.library import Engine
from stepwell.services.inline.budget import Limits
from stepwell.services.records import requests
from stepwell.services.requests import request_for
from stepwell.store.jobs import Claim
from tests.services.inline.drawing import filter_of, line, step, user, values

TYPE: dict[str, Any] = {
    "name": "shelf",
    "fields": [
        {"name": "city", "type": "text", "indexed": True},
        {"name": "count", "type": "integer", "default": 0},
    ],
}
UP = step("up", "change", values(count="= selected.count + 1") + filter_of("city = Rome"), type="shelf")
BEGIN = 12
Meanwhile = list[list[tuple[str, int]]]
deeds = st.lists(
    st.lists(st.tuples(st.sampled_from(["add", "delete", "leave", "come"]), st.integers(1, 30)), max_size=4),
    max_size=8,
)


def do(engine: Engine, deed: str, id: int) -> None:
    """What somebody does to a record that is there, or may be."""
    place = ("shelf", str(id))
    wishes = {
        "add": requests.add(STEPWELL, "shelf", {"city": "Rome"}),
        "delete": requests.delete(STEPWELL, place),
        "leave": requests.change(STEPWELL, place, {"city": "Oslo"}),
        "come": requests.change(STEPWELL, place, {"city": "Rome"}),
    }
    try:
        engine.submit(wishes[deed])
    except stepwell.NotFound:
        return


def slice_once(engine: Engine) -> bool:
    """Let a worker do the next slice; False if there is none."""
    claimed = engine.store.claim_jobs(Claim(worker="w", limit=1, lock_seconds=60))
    for one in claimed:
        request = request_for(one)
        assert request is not None
        engine.submit(request)
    return bool(claimed)


@given(deeds)
def test_each_record_that_stays_is_touched_once_and_none_twice(meanwhile: Meanwhile) -> None:
    with stepwell.open("sqlite://") as engine:
        engine.records.put_type(TYPE)
        for number in range(BEGIN):
            engine.records.add("shelf", {"city": "Rome" if number % 4 else "Oslo"})
        engine._driver.lanes[0].corridor.limits = Limits(records=3)
        engine.deploy(line(UP, user("look")))
        engine.start("p")
        moved: set[int] = set()
        for deeds in [*meanwhile, []]:
            slice_once(engine)
            moved |= {id for _, id in deeds}
            for deed, id in deeds:
                do(engine, deed, id)
        while slice_once(engine):
            pass
        assert [task.element for task in engine.tasks().items] == ["look"]
        assert_once(engine, moved)


def assert_once(engine: Engine, moved: set[int]) -> None:
    found = {
        int(record.id.partition("/")[2]): json.loads(str(record.values["count"]))
        for record in engine.records.page("shelf", limit=200).items
    }
    for id, count in found.items():
        was_meant = id <= BEGIN and (id - 1) % 4 != 0
        if id > BEGIN:
            assert count == 0
        elif id in moved:
            assert count in (0, 1)
        else:
            assert count == int(was_meant)
