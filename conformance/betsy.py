"""The executable models of betsy: start, let a virtual clock run, compare what was logged.

A test passes when all its cases do. Every case has an engine of its own on a database in memory.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import stepwell
from conformance.betsy_models import VARIABLE, rewrite
from stepwell.errors import Invalid, StepwellError

START = 1_750_000_000_000_000  # the virtual clock begins here (microseconds)


@dataclass(slots=True)
class Clock:
    """A clock that moves only when told."""

    now: int = START

    def __call__(self) -> int:
        return self.now


@dataclass(slots=True)
class Result:
    """How one test went; ``cases`` holds (number, passed, expected, found) of each case."""

    id: str
    group: str
    caveat: str
    elements: list[str]
    cases: list[tuple[int, bool, list[str], list[str]]] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return all(case[1] for case in self.cases)


def run(suite: Path, group: str = "") -> list[Result]:
    """Run the executable tests (of one group)."""
    tests = json.loads((suite / "index.json").read_text())
    return [
        run_test(suite, test)
        for test in tests
        if test["group"] != "bpmn_constraints" and group in ("", test["group"])
    ]


def run_test(suite: Path, test: dict[str, Any]) -> Result:
    result = Result(test["id"], test["group"], test.get("caveat") or "", test["elements"])
    xml = rewrite((suite / test["file"]).read_bytes())
    for case in test["cases"]:
        expected = sorted(case["expected_trace"])
        found = sorted(unify(run_case(xml, case), expected))
        result.cases.append((case["number"], found == expected, expected, found))
    return result


def unify(trace: list[str], expected: list[str]) -> list[str]:
    """``ERROR`` stands for an error wherever it came; one marker counts, and only where it is expected."""
    found = [token for token in trace if token != "MARKER"]
    if "MARKER" in trace and "MARKER_exists" in expected:
        found.append("MARKER_exists")
    if "ERROR" in expected:
        errors = {"ERROR_deployment", "ERROR_runtime"}
        found = [token for token in found if token not in errors] + ["ERROR"] * bool(errors & set(found))
    return found


def run_case(xml: bytes, case: dict[str, Any]) -> list[str]:
    clock = Clock()
    with stepwell.open("sqlite://", clock=clock) as engine:
        try:
            engine.deploy(xml)
        except Invalid:
            return ["ERROR_deployment"]
        trace = []
        try:
            for process_id in case["start_first"]:
                engine.start(process_id, {VARIABLE.format(process_id): []})
                engine.work()
            engine.start(case["process_id"], {VARIABLE.format(case["process_id"]): [], **case["variables"]})
            advance(engine, clock, case["wait_ms_original"] * 1000)
        except StepwellError:
            trace.append("ERROR_runtime")
        return trace + logged(engine)


def advance(engine: "stepwell.Engine", clock: Clock, wait: int) -> None:
    """Let the virtual clock run to the end of the wait, stopping wherever something is due."""
    end = clock.now + wait
    engine.work()
    while (due := engine.store.next_due_at()) is not None and due <= end:
        clock.now = max(clock.now, due)
        engine.work()
    clock.now = end


def logged(engine: "stepwell.Engine") -> list[str]:
    """What all instances logged, and their incidents as the suite's words for errors."""
    trace = []
    for instance in engine.instances(limit=200).items:
        variables = engine.variables(instance.id)
        logged_here = variables.get(VARIABLE.format(instance.process_id))
        trace += [str(token) for token in logged_here or ()]  # type: ignore[attr-defined]
    for incident in engine.incidents(limit=200).items:
        if incident.code == "error.uncaught":
            trace.append("ERROR_thrownErrorEvent")
        elif incident.code != "join.waits-forever":
            trace.append("ERROR_runtime")
    return trace


def tell(results: list[Result], verbose: bool = True) -> str:
    """A line for each failure, the counts by group, and the closing line."""
    lines = []
    for result in results:
        for number, passed, expected, found in result.cases:
            if not passed and verbose:
                lines.append(f"  {result.id} case {number}: expected {expected}, found {found}")
    groups = Counter(result.group for result in results)
    for group, count in groups.items():
        passed_here = [result for result in results if result.group == group and result.passed]
        lines.append(f"{group}: {len(passed_here)} of {count}")
    disputed = [result for result in results if result.caveat == "disputed"]
    lines.append(f"disputed (counted above too): {sum(r.passed for r in disputed)} of {len(disputed)}")
    passed = sum(result.passed for result in results)
    return "\n".join([*lines, f"{passed} passed, {len(results) - passed} failed"])


def report(results: list[Result]) -> list[dict[str, Any]]:
    """The results as data."""
    return [
        {
            "id": result.id,
            "group": result.group,
            "caveat": result.caveat,
            "passed": result.passed,
            "cases": [
                {"number": number, "passed": passed, "expected": expected, "found": found}
                for number, passed, expected, found in result.cases
            ],
        }
        for result in results
    ]
