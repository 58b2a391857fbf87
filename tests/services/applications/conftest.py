"""What tests of applications ask for."""

from collections.abc import Iterator

import pytest

import stepwell
from stepwell.library import Engine
from tests.services.applications.small import Texts, application


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with stepwell.open(database_url, upgrade=False) as found:
        yield found


@pytest.fixture
def texts() -> Texts:
    return application()
