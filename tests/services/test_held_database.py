"""A database file that another process holds for a while: requests wait for it, but not for ever."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import stepwell
from stepwell.errors import Unavailable
from stepwell.library import Engine
from stepwell.services import drivers, messages

Submit = Callable[[Engine], object]


def by_thread(engine: Engine) -> object:
    return engine.submit(messages.publish("news"))


def by_loop(engine: Engine) -> object:
    async def submit() -> object:
        return await engine.loop_driver().submit(messages.publish("news"))

    return asyncio.run(submit())


@contextmanager
def holding(path: Path, seconds: float) -> Iterator[None]:
    """Another connection that writes for so long."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    end = threading.Timer(seconds, other.rollback)
    end.start()
    yield
    end.cancel()
    end.join()
    other.close()


@pytest.mark.parametrize("submit", [by_thread, by_loop])
def test_a_request_waits_until_the_other_process_is_done(tmp_path: Path, submit: Submit) -> None:
    with stepwell.open(f"sqlite:///{tmp_path / 'held.db'}") as engine, holding(tmp_path / "held.db", 0.5):
        assert submit(engine)


@pytest.mark.parametrize("submit", [by_thread, by_loop])
def test_a_request_that_waited_long_enough_is_told_why(
    tmp_path: Path, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drivers, "HELD_TRIES", 2)
    with stepwell.open(f"sqlite:///{tmp_path / 'held.db'}") as engine, holding(tmp_path / "held.db", 30):
        with pytest.raises(Unavailable) as told:
            submit(engine)
        assert told.value.code == "database.busy"
