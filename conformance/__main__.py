"""``python -m conformance constraints SUITES``: run a third-party suite and tell what passed."""

import argparse
from pathlib import Path

from conformance import betsy_constraints


def main() -> int:
    """The exit code is 0 when every model that breaks a rule was refused."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    suites = parser.add_subparsers(dest="suite", required=True)
    constraints = suites.add_parser("constraints", help="models that break one static rule, and valid ones")
    constraints.add_argument(
        "path", type=Path, help="the folder with betsy, bpmnspector, miwg, spiff, paed01"
    )
    arguments = parser.parse_args()
    report = betsy_constraints.run(arguments.path)
    print(betsy_constraints.tell(report))
    return 1 if report.missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
