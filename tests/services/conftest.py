"""What the tests of services stand on."""

from collections.abc import Iterator

import pytest

import stepwell
from stepwell.library import Engine
from tests.store.instances import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(database_url: str, clock: Clock) -> Iterator[Engine]:
    with stepwell.open(database_url, clock=clock, upgrade=False) as found:
        yield found
