"""Random commands on random processes: memory, kept rows and history agree after each, and all can end."""

from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepwell.engine import scopes
from tests.engine.dice import Dice
from tests.engine.random_process import random_files
from tests.engine.walk import GOOD, Walk, memory
from tests.engine.world import read


def take(dice: Dice) -> None:
    """One walk, to its very end."""
    definitions = tuple(definition for xml in random_files(dice) for definition in read(xml))
    with patch.object(scopes, "TERMINATIONS", dice.pick((1000, 2, 5))):
        walk = Walk(definitions, dice, memory)
        walk.start(
            "p", {**GOOD, "x": dice.number(4), "again": dice.happens(30), "bad": dice.pick((1, "none"))}
        )
        for _ in range(dice.number(60)):
            if not walk.step():
                break
        walk.finish()


@given(st.integers(0, 2**32))
def test_every_walk_is_told_the_same_by_memory_rows_and_history(seed: int) -> None:
    take(Dice.seeded(seed))


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
)
@given(st.data())
def test_walks_that_can_be_made_shorter_when_they_fail(data: st.DataObject) -> None:
    take(Dice.drawn(data))
