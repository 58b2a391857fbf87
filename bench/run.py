"""Runs cases in rounds and gathers what they say."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.case import Case, NotMeasuredError, Place, clear, measure
from bench.results import Row, Sample, combine
from dev.postgresql import PostgresqlMissingError, start

ROUNDS = 3
ONCE = ("disk", "memory")
"""Workloads whose figure does not vary: one round is enough for what takes minutes to build."""
ON_DISK = "/var/tmp"
"""Unlike the other folder for temporary files never in memory, and any user may enter it."""
SERVER = {"shared_buffers": "512MB", "fsync": "on", "synchronous_commit": "on"}


@dataclass
class Outcome:
    """What a run brought: samples of all rounds, and in words what could not be measured."""

    samples: list[Sample] = field(default_factory=list)
    not_measured: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        return combine(self.samples)


Measure = Callable[[Case, Place], list[Sample]]


@dataclass(frozen=True)
class Pace:
    """How often, and for how long at most: no round begins that would probably end later."""

    rounds: int = ROUNDS
    seconds: float = float("inf")
    by_workload: bool = True


def run(cases: Sequence[Case], out: Path, postgresql: str = "", pace: Pace = Pace()) -> Outcome:
    """Measures the cases. In a round each system of a workload has its turn, so that all see the same machine."""
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="work-", dir=out))
    with ExitStack() as stack:
        place = _place(cases, folder, postgresql, stack)
        stack.callback(clear, place)
        return rounds(cases, place, pace)


def rounds(cases: Sequence[Case], place: Place, pace: Pace, how: Measure = measure) -> Outcome:
    """The rounds themselves, with a progress bar; ``how`` measures one case once."""
    outcome = Outcome()
    began = time.monotonic()
    parts = [list(part) for _, part in groupby(cases, lambda case: case.workload if pace.by_workload else "")]
    with _progress() as progress:
        shown = progress.add_task("", total=sum(_times(case, pace) for case in cases))
        for part in parts:
            part_began = time.monotonic()
            for number in range(pace.rounds):
                spent = time.monotonic() - part_began
                if number and time.monotonic() - began + spent / number > pace.seconds:
                    progress.update(shown, description=f"stopped after {number} rounds: time is up")
                    break
                for case in part:
                    if number < _times(case, pace):
                        progress.update(shown, description=case.title)
                        _try(case, place, how, outcome)
                        progress.advance(shown)
    return outcome


def _try(case: Case, place: Place, how: Measure, outcome: Outcome) -> None:
    if case.title in outcome.not_measured:
        return
    try:
        outcome.samples += how(case, place)
    except NotMeasuredError as error:
        outcome.not_measured[case.title] = str(error)


def _times(case: Case, pace: Pace) -> int:
    return 1 if case.workload in ONCE else pace.rounds


def _place(cases: Iterable[Case], folder: Path, postgresql: str, stack: ExitStack) -> Place:
    if postgresql or not any(case.on_postgresql for case in cases):
        return Place(folder, postgresql)
    try:
        home = stack.enter_context(TemporaryDirectory(prefix="stepwell-bench-", dir=ON_DISK))
        cluster = start(Path(home), settings=SERVER)
        stack.callback(cluster.stop)
        return Place(folder, cluster.url)
    except PostgresqlMissingError as error:
        return Place(folder, why_no_postgresql=str(error))


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:<48}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
