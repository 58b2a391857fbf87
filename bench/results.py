"""The results of a run: rows with fixed words, kept as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

WORKLOADS = (
    "W1",
    "W2",
    "W3",
    "W4",
    "W5",
    "records",
    "http",
    "steps",
    "hot",
    "million",
    "commit",
    "fork",
    "loop",
    "disk",
    "memory",
    "cli",
    "web",
)
MEASURES = (
    "starts",
    "completions",
    "instances",
    "pages",
    "jobs",
    "commits",
    "requests",
    "commands",
    "seconds",
    "bytes",
)
SYSTEMS = (
    "stepwell",
    "spiffworkflow",
    "viewflow",
    "dbos",
    "bpmn-engine",
    "sqlite3",
    "psycopg",
    "litestar-noop",
    "fastapi-get",
)
OUT = Path(__file__).parent / "out"
DEFAULT_PATH = OUT / "results.json"


@dataclass(frozen=True)
class Sample:
    """One figure of one run. Rates have ``rate_per_s`` and latencies in ms; seconds, bytes and the longest of some have ``value``."""

    workload: str
    measure: str
    system: str
    setting: str
    rate_per_s: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    value: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        for word, known in (
            (self.workload, WORKLOADS),
            (self.measure, MEASURES),
            (self.system, SYSTEMS),
        ):
            if word not in known:
                raise ValueError(f"Expected one of {', '.join(known)} but got {word}")

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes figures of several runs comparable."""
        return self.workload, self.measure, self.system, self.setting

    @property
    def figure(self) -> float:
        """The rate, else the value, else the usual latency."""
        return next(one for one in (self.rate_per_s, self.value, self.p50_ms) if one is not None)


@dataclass(frozen=True)
class Row(Sample):
    """The medians of several runs; ``runs`` keeps the figure of each."""

    runs: tuple[float, ...] = ()


def combine(samples: Iterable[Sample]) -> list[Row]:
    """One row per key, in the order in which the keys came."""
    grouped: dict[tuple[str, str, str, str], list[Sample]] = {}
    for sample in samples:
        grouped.setdefault(sample.key, []).append(sample)
    return [_row(group) for group in grouped.values()]


def write(path: Path, rows: Iterable[Row]) -> None:
    """Writes the rows as a list, one to a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(_rounded(asdict(row))) for row in rows)
    path.write_text(f"[\n{lines}\n]\n" if lines else "[]\n")


def read(path: Path) -> list[Row]:
    """The rows of a file that ``write`` made."""
    return [Row(**(row | {"runs": tuple(row["runs"])})) for row in json.loads(path.read_text())]


def _row(group: list[Sample]) -> Row:
    first = group[0]
    return Row(
        *first.key,
        rate_per_s=_median(sample.rate_per_s for sample in group),
        p50_ms=_median(sample.p50_ms for sample in group),
        p99_ms=_median(sample.p99_ms for sample in group),
        value=_median(sample.value for sample in group),
        unit=first.unit,
        runs=tuple(sample.figure for sample in group),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _rounded(fields: dict[str, object]) -> dict[str, object]:
    return {name: _round(value) for name, value in fields.items()}


def _round(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_round(one) for one in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value
