"""The random walks of the core, with the rows in a real database: loaded and saved by every command."""

import os
from unittest.mock import patch

import pytest

from stepwell.engine import scopes
from tests.engine.dice import Dice
from tests.engine.random_process import random_files
from tests.engine.walk import GOOD, Walk
from tests.engine.world import read
from tests.store.instances import Clock, deploy, opened
from tests.store.kept import keeping


def take(url: str, seed: int) -> None:
    """One walk in an empty database."""
    dice = Dice.seeded(seed)
    definitions = tuple(definition for xml in random_files(dice) for definition in read(xml))
    with opened(url, Clock()) as store, patch.object(scopes, "TERMINATIONS", dice.pick((1000, 2, 5))):
        deploy(store, "p")
        walk = Walk(definitions, dice, keeping(store))
        walk.start(
            "p", {**GOOD, "x": dice.number(4), "again": dice.happens(30), "bad": dice.pick((1, "none"))}
        )
        for _ in range(dice.number(60)):
            if not walk.step():
                break
        walk.finish()


@pytest.mark.parametrize("seed", range(300 if os.environ.get("STEPWELL_NIGHTLY") else 8))
def test_every_walk_is_told_the_same_by_memory_tables_and_history(database_url: str, seed: int) -> None:
    take(database_url, seed)
