"""``python -m conformance SUITE PATH``: run third-party models and tell what passed.

``betsy PATH``: executable models with an expected trace; with ``--group bpmn_constraints`` models that break
one static rule and must be refused, with the false alarms on valid models beside them. ``models``: models of
others are deployable, or refused with problems.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from conformance import betsy, betsy_constraints, models

_FOLDER = "the folder with betsy, bpmnspector, miwg, spiff, paed01"


def main() -> int:
    """The exit code is 0 when nothing failed."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    suites = parser.add_subparsers(dest="suite", required=True)
    executable = suites.add_parser("betsy", help="executable models, or those that must be refused")
    executable.add_argument("path", type=Path, help="the folder of betsy, its siblings beside it")
    executable.add_argument("--group", default="", help="activities, gateways, …, or bpmn_constraints")
    executable.add_argument("--json", type=Path, help="also write the results there")
    executable.set_defaults(run=run_betsy)
    others = suites.add_parser("models", help="how many models of others can be deployed")
    others.add_argument("path", type=Path, help=_FOLDER)
    others.add_argument("--json", type=Path, help="also write the counts there")
    others.set_defaults(run=run_models)
    arguments = parser.parse_args()
    code: int = arguments.run(arguments)
    return code


def run_betsy(arguments: argparse.Namespace) -> int:
    if arguments.group == "bpmn_constraints":
        return run_constraints(arguments)
    results = betsy.run(arguments.path, arguments.group)
    write(arguments.json, json.dumps(betsy.report(results), indent=1).encode())
    print(betsy.tell(results))
    return 0 if all(result.passed for result in results) else 1


def run_constraints(arguments: argparse.Namespace) -> int:
    report = betsy_constraints.run(arguments.path.parent)
    write(arguments.json, json.dumps(asdict(report), indent=1).encode())
    print(betsy_constraints.tell(report))
    return 1 if report.missed else 0


def write(path: Path | None, data: bytes) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data + b"\n")


def run_models(arguments: argparse.Namespace) -> int:
    counts = models.run(arguments.path)
    write(arguments.json, models.as_json(counts))
    print(models.tell(counts))
    return 1 if any(counted.crashed for counted in counts.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
