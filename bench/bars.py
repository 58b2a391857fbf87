"""Every bar that the issue sets, computed from the rows of one run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench.results import Row

KB = 1024
MB = 1024 * KB
MS = 0.001  # seconds
FSYNC_LIMIT_MS = 1.0
"""p99 bars count only when the raw fsync of the same run stayed below this in 99 of 100 cases."""

ONE = "sqlite full 1 submitters"
SIXTY_FOUR = "sqlite full 64 submitters"
FSYNC = ("commit", "commits", "sqlite3", "fsync 4 KB")


class Figures:
    """The rows of a run by their four words."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row.key: row for row in rows}

    def get(self, workload: str, measure: str, system: str, setting: str) -> Row | None:
        return self._rows.get((workload, measure, system, setting))


Key = tuple[str, str, str, str]
Part = Callable[[Row], float | None]


@dataclass(frozen=True)
class Bar:
    """One figure with a floor and an aim. ``rises`` tells whether more is better."""

    name: str
    floor: float
    aim: float
    of: Callable[[Figures], float | None]
    unit: str = "x"
    rises: bool = True
    latency: bool = False


@dataclass(frozen=True)
class Verdict:
    """What became of a bar: ``measured`` is None when the run has no figures for it."""

    bar: Bar
    measured: float | None
    counts: bool = True

    @property
    def word(self) -> str:
        """In one word, or few."""
        if self.measured is None:
            return "not measured"
        if not self.counts:
            return "does not count (fsync too slow)"
        if self._reaches(self.bar.aim):
            return "aim"
        return "ok" if self._reaches(self.bar.floor) else "short"

    def _reaches(self, limit: float) -> bool:
        assert self.measured is not None
        return self.measured >= limit if self.bar.rises else self.measured <= limit


def judge(rows: Iterable[Row]) -> list[Verdict]:
    """Every bar, in the order of the issue."""
    figures = Figures(rows)
    fsync = figures.get(*FSYNC)
    calm = fsync is not None and fsync.p99_ms is not None and fsync.p99_ms < FSYNC_LIMIT_MS
    return [Verdict(bar, bar.of(figures), calm or not bar.latency) for bar in BARS]


def rate(row: Row) -> float | None:
    return row.rate_per_s


def p50(row: Row) -> float | None:
    return row.p50_ms


def p99(row: Row) -> float | None:
    return row.p99_ms


def value(row: Row) -> float | None:
    return row.value


def one(part: Part, key: Key, per: float = 1.0) -> Callable[[Figures], float | None]:
    """A figure itself, in units of ``per``."""

    def compute(figures: Figures) -> float | None:
        row = figures.get(*key)
        found = part(row) if row else None
        return None if found is None else found / per

    return compute


def ratio(part: Part, above: Key, below: Key) -> Callable[[Figures], float | None]:
    """How many times the one figure is the other."""

    def compute(figures: Figures) -> float | None:
        upper, lower = one(part, above)(figures), one(part, below)(figures)
        return upper / lower if upper is not None and lower else None

    return compute


def _against_spiff(
    workload: str, measure: str, setting: str = SIXTY_FOUR
) -> Callable[[Figures], float | None]:
    """Stepwell in a setting against the one caller that SpiffWorkflow can serve, on the same storage."""
    theirs = ONE if setting.startswith("sqlite") else setting
    return ratio(rate, (workload, measure, "stepwell", setting), (workload, measure, "spiffworkflow", theirs))


def _against_psycopg(measure: str) -> Callable[[Figures], float | None]:
    ours = ("W2", measure, "stepwell", "postgresql 64 submitters")
    return ratio(rate, ours, ("commit", "commits", "psycopg", "postgresql one connection"))


def _over_http(system: str) -> Callable[[Figures], float | None]:
    ours = ("http", "starts", "stepwell", "sqlite full 64 connections")
    return ratio(rate, ours, ("http", "requests", system, "64 connections"))


def _growth(
    workload: str, measure: str, part: Part, settings: tuple[str, str]
) -> Callable[[Figures], float | None]:
    """How many times the second setting costs what the first costs."""
    small, big = settings
    return ratio(part, (workload, measure, "stepwell", big), (workload, measure, "stepwell", small))


def _disk(name: str, limits: tuple[float, float], setting: str) -> Bar:
    return Bar(name, *limits, one(value, ("disk", "bytes", "stepwell", setting), KB), "KB", rises=False)


INBOX = ("W5", "pages", "stepwell", "100000 open")
BIG_INBOX = ("W5", "pages", "stepwell", "1000000 open")
VIEWFLOW_QUEUE = ("W5", "pages", "viewflow", "100000 open")

BARS: tuple[Bar, ...] = (
    Bar("W2 starts, 64 submitters : SpiffWorkflow", 8, 15, _against_spiff("W2", "starts")),
    Bar("W2 completions, 64 submitters : SpiffWorkflow", 8, 15, _against_spiff("W2", "completions")),
    Bar("W2 starts, one caller : SpiffWorkflow", 1.3, 1.7, _against_spiff("W2", "starts", ONE)),
    Bar("W2 completions, one caller : SpiffWorkflow", 1.8, 2.3, _against_spiff("W2", "completions", ONE)),
    Bar("W1 durable, 64 submitters : SpiffWorkflow", 10, 25, _against_spiff("W1", "instances")),
    Bar("W1 in memory : SpiffWorkflow", 10, 25, _against_spiff("W1", "instances", "memory")),
    Bar("W3 task completions : SpiffWorkflow", 15, 25, _against_spiff("W3", "completions")),
    Bar("W4 durable with full history : SpiffWorkflow", 30, 80, _against_spiff("W4", "instances")),
    Bar("W2 starts, PostgreSQL, 64 submitters : psycopg commits", 2.7, 5, _against_psycopg("starts")),
    Bar(
        "W2 completions, PostgreSQL, 64 submitters : psycopg commits",
        2.2,
        3.5,
        _against_psycopg("completions"),
    ),
    Bar("W5 inbox page, 100,000 open : viewflow queue", 40, 80, ratio(rate, INBOX, VIEWFLOW_QUEUE)),
    Bar("W5 inbox page, 100,000 open, p99", 3, 1, one(p99, INBOX), "ms", rises=False, latency=True),
    Bar(
        "W5 inbox page, 100,000 open, a person of 50 roles, p99",
        3,
        1,
        one(p99, ("W5", "pages", "stepwell", "100000 open, 50 roles")),
        "ms",
        rises=False,
        latency=True,
    ),
    Bar("W5 p50, 1,000,000 open : 100,000", 1.5, 1.1, ratio(p50, BIG_INBOX, INBOX), rises=False),
    Bar("HTTP durable start : no-op POST", 0.5, 0.8, _over_http("litestar-noop")),
    Bar("HTTP durable start : FastAPI GET", 0.35, 0.5, _over_http("fastapi-get")),
    *(
        Bar(
            f"completing a step with its page, a data step and the next : bare, {title}",
            floor,
            aim,
            ratio(
                p50,
                ("steps", "completions", "stepwell", f"paged, {setting}"),
                ("steps", "completions", "stepwell", f"bare, {setting}"),
            ),
            rises=False,
        )
        for setting, title, floor, aim in (
            ("sqlite full 1 connections", "SQLite, one caller", 2.5, 1.8),
            ("postgresql 1 connections", "PostgreSQL, one caller", 2.5, 1.8),
            ("postgresql 64 connections", "PostgreSQL, 64 callers", 4, 2.5),
        )
    ),
    Bar(
        "fork into 10,000 user tasks : into 1,000",
        14,
        10,
        _growth("fork", "seconds", value, ("1000 tasks", "10000 tasks")),
        rises=False,
    ),
    Bar(
        "completing one of 10,000 siblings : one of 10",
        2,
        1.2,
        _growth("fork", "completions", p50, ("10 siblings", "10000 siblings")),
        rises=False,
    ),
    Bar(
        "completing one of 10,000 multi-instance children : one of 10",
        1.5,
        1.1,
        _growth("loop", "completions", p50, ("multi-instance 10 children", "multi-instance 10000 children")),
        rises=False,
    ),
    Bar(
        "sequential multi-instance, items 9,900-10,000 : 1-100",
        1.2,
        1.0,
        _growth("loop", "seconds", value, ("sequential items 1-100", "sequential items 9900-10000")),
        rises=False,
    ),
    Bar(
        "loop, iterations 9,900-10,000 : 1-100",
        1.2,
        1.0,
        _growth("loop", "seconds", value, ("iterations 1-100", "iterations 9900-10000")),
        rises=False,
    ),
    *(
        bar
        for database, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
        for bar in (
            _disk(f"disk per waiting W2 instance, {name}", (2, 1), f"{database} waiting W2 instance"),
            _disk(
                f"disk per finished five-task instance, {name}", (6, 4), f"{database} finished W3 instance"
            ),
        )
    ),
    Bar(
        "server memory, 1,000,000 waiting instances",
        300,
        150,
        one(value, ("memory", "bytes", "stepwell", "1000000 open"), MB),
        "MB",
        rises=False,
    ),
    *(
        Bar(
            f"page of 50 out of 1,000,000 records {name}, {title}, p99",
            20,
            5,
            one(p99, ("records", "pages", "stepwell", f"{setting} 1000000 records, {name}")),
            "ms",
            rises=False,
            latency=True,
        )
        for setting, title in (("sqlite full", "SQLite"), ("postgresql", "PostgreSQL"))
        for name in ("by city", "by city, sorted by income", "of a range, sorted by it")
    ),
    *(
        Bar(
            f"import of 10,000 records, {title}",
            5,
            2,
            one(value, ("records", "seconds", "stepwell", f"{setting} import of 10000")),
            "s",
            rises=False,
        )
        for setting, title in (("sqlite full", "SQLite"), ("postgresql", "PostgreSQL"))
    ),
    Bar(
        "longest command of 3 servers on 200 hot records, PostgreSQL",
        1,
        0.5,
        one(value, ("hot", "commands", "stepwell", "postgresql 3 servers, 200 records"), 1000),
        "s",
        rises=False,
        latency=True,
    ),
    *(
        Bar(
            f"longest command while 1,000,000 records are {what}, {title}",
            200,
            100,
            one(value, ("million", "commands", "stepwell", f"{setting}, while 1000000 records are {what}")),
            "ms",
            rises=False,
            latency=True,
        )
        for setting, title in (("sqlite full", "SQLite"), ("postgresql", "PostgreSQL"))
        for what in ("counted", "changed")
    ),
    Bar(
        "scripts of the first load, gzip",
        260,
        180,
        one(value, ("web", "bytes", "stepwell", "scripts of the first load"), KB),
        "KB",
        rises=False,
    ),
    *(
        Bar(name, floor, aim, one(value, ("web", "seconds", "stepwell", setting), per), unit, rises=False)
        for name, floor, aim, setting, per, unit in (
            (
                "largest contentful paint, processor 4x slower",
                2.5,
                1.2,
                "largest contentful paint, 4x slower",
                1,
                "s",
            ),
            ("from Save to the next step, p95", 300, 120, "from Save to the next step, p95", MS, "ms"),
            (
                "new step in the panel of another browser, p95",
                1000,
                200,
                "new step in another browser, p95",
                MS,
                "ms",
            ),
            ("first rows of a panel of 10,000 steps", 500, 200, "first rows of 10000 steps", MS, "ms"),
            (
                "longest task while 10,000 steps scroll",
                50,
                50,
                "longest task while 10000 steps scroll",
                MS,
                "ms",
            ),
            (
                "frames while 10,000 steps scroll, p95",
                50,
                20,
                "frames while 10000 steps scroll, p95",
                MS,
                "ms",
            ),
        )
    ),
    Bar("stepwell --help", 0.4, 0.2, one(value, ("cli", "seconds", "stepwell", "help")), "s", rises=False),
    Bar("server ready", 3, 1.5, one(value, ("cli", "seconds", "stepwell", "server ready")), "s", rises=False),
)
