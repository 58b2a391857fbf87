"""What is measured: every workload for every system in every setting, and how many calls that takes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bench import models
from bench.case import Case
from bench.records_data import QUESTIONS
from bench.setup import BPMN_ENGINE

SUBMITTERS = (1, 16, 64, 256)
DATABASES = {"sqlite": "sqlite full", "postgresql": "postgresql"}
PROCESSES = ("W1", "W2", "W3", "W4")
STEPWELL = "bench.measures.processes"
WORK_ON_MANY = ("counted", "changed")
IN_THE_BROWSER = {
    "scripts": "scripts of the first load",
    "paint": "largest contentful paint, 4x slower",
    "next": "from Save to the next step, p95",
    "told": "new step in another browser, p95",
    "rows": "first rows of 10000 steps",
    "longest": "longest task while 10000 steps scroll",
    "frames": "frames while 10000 steps scroll, p95",
}


@dataclass(frozen=True)
class Sizes:
    """Calls per workload: of a system with one caller, and of Stepwell by its number of submitters."""

    peers: Mapping[tuple[str, str], int]
    stepwell: Mapping[str, Mapping[int, int]]
    http_seconds: int = 10
    instances: int = 100_000
    waiting: int = 1_000_000
    records: int = 1_000_000
    commits: int = 3000
    completions: int = 4000
    hot: int = 100
    million_seconds: int = 40
    steps_of_one: int = 10_000


FULL = Sizes(
    peers={
        ("spiffworkflow", "W1"): 1000,
        ("spiffworkflow", "W2"): 2000,
        ("spiffworkflow", "W3"): 400,
        ("spiffworkflow", "W4"): 20,
        ("bpmn-engine", "W1"): 300,
        ("bpmn-engine", "W2"): 500,
        ("bpmn-engine", "W3"): 100,
        ("bpmn-engine", "W4"): 10,
        ("viewflow", "W2"): 2000,
        ("viewflow", "W5"): 200,
        ("dbos", "W2"): 300,
    },
    stepwell={
        "W1": {0: 10_000, 1: 2000, 16: 10_000, 64: 20_000, 256: 20_000},
        "W2": {0: 10_000, 1: 2000, 16: 10_000, 64: 20_000, 256: 20_000},
        "W3": {0: 2000, 1: 400, 16: 2000, 64: 4000, 256: 4000},
        "W4": {0: 400, 1: 200, 16: 600, 64: 1000, 256: 1000},
        "W5": {0: 2000},
    },
)
QUICK = Sizes(
    peers={
        ("spiffworkflow", "W1"): 250,
        ("spiffworkflow", "W2"): 300,
        ("spiffworkflow", "W3"): 70,
        ("spiffworkflow", "W4"): 6,
    },
    stepwell={
        "W1": {0: 5000, 1: 300, 64: 6000},
        "W2": {0: 1500, 1: 300, 64: 6000},
        "W3": {0: 300, 1: 60, 64: 600},
        "W4": {0: 40, 1: 20, 64: 120},
    },
    commits=800,
)


def quick() -> list[Case]:
    """W1 to W4 at 1 and 64 submitters and in memory, beside SpiffWorkflow and the bare disk."""
    cases = [_fsync(QUICK)]
    for workload in PROCESSES:
        cases += _spiffworkflow(workload, QUICK)
        cases += [_stepwell(workload, "sqlite", submitters, QUICK) for submitters in (1, 64)]
    return [*cases, _in_memory("W1", QUICK)]


def full() -> list[Case]:
    """Everything."""
    processes = chain.from_iterable(_processes(workload) for workload in PROCESSES)
    return [
        *processes,
        *_commits(),
        *_w5(),
        *_records(),
        *_http(),
        *_steps(),
        *_waits(),
        *_growth(),
        *_footprint(),
        _web(),
    ]


def chosen(cases: Iterable[Case], workloads: Iterable[str], systems: Iterable[str]) -> list[Case]:
    """The cases of these workloads and systems; an empty choice is all of them."""
    only, who = set(workloads), set(systems)
    return [
        case
        for case in cases
        if case.workload in (only or {case.workload}) and case.system in (who or {case.system})
    ]


def _processes(workload: str) -> Iterator[Case]:
    yield from _spiffworkflow(workload, FULL)
    yield from _bpmn_engine(workload)
    if workload == "W2":
        yield _peer("viewflow", "W2", "sqlite full 1 submitters", {"database": "sqlite"})
        for database in DATABASES:
            given = {"database": database, "submitters": 16}
            yield _peer("dbos", "W2", f"{DATABASES[database].split()[0]} 16 submitters", given)
    yield _in_memory(workload, FULL)
    for database in DATABASES:
        yield from (_stepwell(workload, database, submitters, FULL) for submitters in SUBMITTERS)


def _stepwell(workload: str, database: str, submitters: int, sizes: Sizes) -> Case:
    given = {
        "database": database,
        "submitters": submitters,
        "count": sizes.stepwell[workload][submitters],
    }
    return Case(workload, "stepwell", f"{DATABASES[database]} {submitters} submitters", STEPWELL, given)


def _in_memory(workload: str, sizes: Sizes) -> Case:
    given = {"database": "memory", "submitters": 1, "count": sizes.stepwell[workload][0]}
    return Case(workload, "stepwell", "memory", STEPWELL, given)


def _spiffworkflow(workload: str, sizes: Sizes) -> Iterator[Case]:
    for setting, database in (("sqlite full 1 submitters", "sqlite"), ("memory", "memory")):
        if database == "sqlite" or workload in {"W1", "W4"}:
            yield _peer("spiffworkflow", workload, setting, {"database": database}, sizes)


def _bpmn_engine(workload: str) -> Iterator[Case]:
    xml = {"W1": models.w1(models.JAVASCRIPT), "W2": models.w2(), "W3": models.w3()}
    given = {
        "xml": xml.get(workload) or models.w4(models.JAVASCRIPT),
        "waits": {"W2": 1, "W3": 5}.get(workload, 0),
        "count": FULL.peers["bpmn-engine", workload],
    }
    for setting, database in (("sqlite full 1 submitters", "sqlite"), ("memory", "memory")):
        if database == "sqlite" or workload in {"W1", "W4"}:
            yield Case(workload, "bpmn-engine", setting, BPMN_ENGINE, given | {"database": database})


def _peer(system: str, workload: str, setting: str, given: Mapping[str, object], sizes: Sizes = FULL) -> Case:
    count = sizes.peers[system, workload]
    return Case(workload, system, setting, f"bench.peers.{system}", {**given, "count": count})


def _commits() -> Iterator[Case]:
    yield _fsync(FULL)
    for system, database, setting in (
        ("sqlite3", "sqlite", "sqlite full one connection"),
        ("psycopg", "postgresql", "postgresql one connection"),
    ):
        given = {"database": database, "count": FULL.commits}
        yield Case("commit", system, setting, "bench.measures.commits", given)


def _fsync(sizes: Sizes) -> Case:
    given = {"database": "fsync", "count": sizes.commits}
    return Case("commit", "sqlite3", "fsync 4 KB", "bench.measures.commits", given)


def _w5() -> Iterator[Case]:
    given = {"tasks": 100_000, "count": FULL.peers["viewflow", "W5"]}
    yield Case("W5", "viewflow", "100000 open", "bench.peers.viewflow", given, keep="viewflow-inbox")
    yield _inbox("sqlite", 100_000, "100000 open")
    yield _inbox("sqlite", FULL.waiting, f"{FULL.waiting} open")
    yield _inbox("postgresql", 100_000, "postgresql 100000 open")
    yield _inbox("sqlite", 100_000, "100000 open, 50 roles", every_role=True)
    yield _inbox("postgresql", 100_000, "postgresql 100000 open, 50 roles", every_role=True)


def _inbox(database: str, tasks: int, setting: str, *, every_role: bool = False) -> Case:
    given = {
        "database": database, "tasks": tasks, "count": FULL.stepwell["W5"][0], "every_role": every_role,
    }  # fmt: skip
    return Case("W5", "stepwell", setting, "bench.measures.inbox", given, keep=f"inbox-{tasks}")


def _records() -> Iterator[Case]:
    for database, setting in DATABASES.items():
        yield _of_records(database, "pages", FULL.records, f"{setting} {FULL.records} records")
        yield _of_records(database, "import", 0, f"{setting} import of 10000")


def _of_records(database: str, what: str, records: int, setting: str) -> Case:
    settings = [f"{setting}, {name}" for name in QUESTIONS] if what == "pages" else [setting]
    given = {"database": database, "what": what, "records": records, "count": 500, "settings": settings}
    keep = f"records-{records}" if records else ""
    return Case("records", "stepwell", setting, "bench.measures.records", given, keep=keep)


def _http() -> Iterator[Case]:
    for system, setting, database in (
        ("litestar-noop", "64 connections", ""),
        ("fastapi-get", "64 connections", ""),
        ("stepwell", "sqlite full 64 connections", "sqlite"),
        ("stepwell", "postgresql 64 connections", "postgresql"),
    ):
        given = {"system": system, "database": database, "connections": 64, "seconds": FULL.http_seconds}
        yield Case("http", system, setting, "bench.measures.http", given)


def _steps() -> Iterator[Case]:
    """A bare completion over HTTP, and one with a page, a data step and the next step."""
    for database, connections in (("sqlite", 1), ("postgresql", 1), ("postgresql", 64)):
        for kind in ("bare", "paged"):
            count = FULL.completions if connections > 1 else FULL.completions // 4
            given = {"database": database, "connections": connections, "kind": kind, "count": count}
            yield Case(
                "steps",
                "stepwell",
                f"{kind}, {DATABASES[database]} {connections} connections",
                "bench.measures.steps",
                given,
            )


def _waits() -> Iterator[Case]:
    """What commands wait for while others have the same records, or work on very many of them."""
    hot = {"database": "postgresql", "servers": 3, "callers": 24, "records": 200, "count": FULL.hot}
    yield Case("hot", "stepwell", "postgresql 3 servers, 200 records", "bench.measures.hot", hot)
    for database, setting in DATABASES.items():
        given = {
            "database": database,
            "records": FULL.records,
            "seconds": FULL.million_seconds,
            "settings": [f"{setting}, while {FULL.records} records are {what}" for what in WORK_ON_MANY],
        }
        keep = f"records-{FULL.records}"
        yield Case(
            "million", "stepwell", f"{setting} {FULL.records}", "bench.measures.million", given, keep=keep
        )


def _web() -> Case:
    """The web app in a browser."""
    settings = list(IN_THE_BROWSER.values())
    given = {"database": "sqlite", "steps": FULL.steps_of_one, "settings": settings}
    return Case("web", "stepwell", "chromium", "bench.measures.web", given)


def _growth() -> Iterator[Case]:
    for size in (1000, 10_000):
        yield _grown("fork", f"{size} tasks", {"kind": "fork", "size": size})
    for size in (10, 10_000):
        yield _grown("fork", f"{size} siblings", {"kind": "siblings", "size": size})
    for size in (10, 10_000):
        yield _grown("loop", f"multi-instance {size} children", {"kind": "children", "size": size})
    for kind, what in (("sequential", "sequential items"), ("iterations", "iterations")):
        settings = [f"{what} 1-100", f"{what} 9900-10000"]
        yield _grown("loop", what, {"kind": kind, "size": 10_000, "settings": settings})


def _grown(workload: str, setting: str, given: Mapping[str, object]) -> Case:
    return Case(workload, "stepwell", setting, "bench.measures.growth", {"database": "sqlite", **given})


def _footprint() -> Iterator[Case]:
    for database in DATABASES:
        for state in ("waiting W2", "finished W3"):
            given = {"database": database, "state": state, "count": FULL.instances}
            yield Case("disk", "stepwell", f"{database} {state} instance", "bench.measures.disk", given)
    keep = f"inbox-{FULL.waiting}"
    given = {"tasks": FULL.waiting, "count": 1000, "database": "sqlite"}
    yield Case("memory", "stepwell", f"{FULL.waiting} open", "bench.measures.memory", given, keep=keep)
    for what in ("help", "server ready"):
        yield Case("cli", "stepwell", what, "bench.measures.cli", {"what": what, "database": "sqlite"})
