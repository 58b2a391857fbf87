"""The command line: ``python -m bench``, ``python -m bench report``, ``python -m bench setup``."""

import json
import os
import shlex
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench import machine, plan, report, setup
from bench.bars import judge
from bench.results import DEFAULT_PATH, read, write
from bench.run import ROUNDS, Outcome, Pace, run

QUICK_SECONDS = 55.0
app = typer.Typer(
    add_completion=False, help="How fast Stepwell is, beside its peers and beside the bare disk."
)
console = Console()


@app.callback(invoke_without_command=True)
def measure(
    context: typer.Context,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="W1-W4 beside SpiffWorkflow in 60 s.")] = False,
    only: Annotated[str, typer.Option(help="Workloads, with commas: W2,http")] = "",
    systems: Annotated[str, typer.Option(help="Systems, with commas: stepwell,viewflow")] = "",
    rounds: Annotated[int, typer.Option(min=1, help="How often each figure is taken.")] = ROUNDS,
    out: Annotated[Path, typer.Option(help="Where the results go.")] = DEFAULT_PATH,
) -> None:
    """Measures, then shows the bars."""
    if context.invoked_subcommand:
        return
    cases = plan.chosen(plan.quick() if quick else plan.full(), _words(only), _words(systems))
    if not cases:
        console.print("Expected at least one case but the choice of --only and --systems leaves none.")
        raise typer.Exit(2)
    problems = [] if {case.system for case in cases} == {"stepwell"} else setup.set_up()
    began = time.monotonic()
    pace = Pace(rounds, QUICK_SECONDS, by_workload=False) if quick else Pace(rounds)
    outcome = run(cases, out.parent, os.environ.get("STEPWELL_TEST_POSTGRESQL", ""), pace)
    write(out, outcome.rows)
    _write_about(out, outcome, problems, time.monotonic() - began)
    for title, why in outcome.not_measured.items():
        console.print(f"not measured: {title}: {why}", style="yellow", markup=False)
    verdicts = judge(outcome.rows)
    asked_for = [one for one in verdicts if one.measured is not None] if only or systems else verdicts
    console.print(report.table(asked_for))


@app.command(name="report")
def show(
    path: Annotated[Path, typer.Argument(help="What a run wrote.")] = DEFAULT_PATH,
    *,
    markdown: Annotated[bool, typer.Option("--markdown", help="As a page, with every figure.")] = False,
) -> None:
    """Computes every bar from the results of a run."""
    if not path.exists():
        console.print(f"Expected results in {path} but there are none: run python -m bench first.")
        raise typer.Exit(1)
    if markdown:
        print(report.markdown(path), end="")
    else:
        console.print(report.table(judge(read(path))))


@app.command(name="setup")
def set_up() -> None:
    """Installs the peers beside the project, not into its environment."""
    for problem in setup.set_up():
        console.print(problem, style="yellow", markup=False)


def _words(given: str) -> list[str]:
    return [word.strip() for word in given.split(",") if word.strip()]


def _write_about(out: Path, outcome: Outcome, problems: list[str], seconds: float) -> None:
    about = {
        "command": shlex.join(["python", "-m", "bench", *sys.argv[1:]]),
        "on": datetime.now(UTC).date().isoformat(),
        "minutes": seconds / 60,
        "machine": machine.describe(),
        "not_measured": [*problems, *(f"{title}: {why}" for title, why in outcome.not_measured.items())],
    }
    report.about_path(out).write_text(json.dumps(about, indent=2) + "\n")


if __name__ == "__main__":
    app()
