"""``python -m conformance SUITE PATH``: run third-party models and tell what passed.

``constraints``: models that break one static rule must be refused, valid ones not. ``models``: models of
others are deployable, or refused with problems.
"""

import argparse
from pathlib import Path

from conformance import betsy_constraints, models

_FOLDER = "the folder with betsy, bpmnspector, miwg, spiff, paed01"


def main() -> int:
    """The exit code is 0 when nothing failed."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    suites = parser.add_subparsers(dest="suite", required=True)
    constraints = suites.add_parser("constraints", help="models that break one static rule, and valid ones")
    constraints.add_argument("path", type=Path, help=_FOLDER)
    constraints.set_defaults(run=run_constraints)
    others = suites.add_parser("models", help="how many models of others can be deployed")
    others.add_argument("path", type=Path, help=_FOLDER)
    others.add_argument("--json", type=Path, help="also write the counts there")
    others.set_defaults(run=run_models)
    arguments = parser.parse_args()
    code: int = arguments.run(arguments)
    return code


def run_constraints(arguments: argparse.Namespace) -> int:
    report = betsy_constraints.run(arguments.path)
    print(betsy_constraints.tell(report))
    return 1 if report.missed else 0


def run_models(arguments: argparse.Namespace) -> int:
    counts = models.run(arguments.path)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_bytes(models.as_json(counts) + b"\n")
    print(models.tell(counts))
    return 1 if any(counted.crashed for counted in counts.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
