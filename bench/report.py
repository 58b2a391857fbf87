"""The bars of a run as a table for people or for a page."""

import json
from collections.abc import Iterable
from pathlib import Path

from rich.table import Table

from bench.bars import Bar, Verdict, judge
from bench.results import Row, read

HEADINGS = ("bar", "floor", "aim", "measured", "")
_STYLES = {"aim": "bold green", "ok": "green", "short": "bold red"}


def table(verdicts: Iterable[Verdict]) -> Table:
    """For a terminal."""
    shown = Table(title="Bars", title_justify="left")
    for heading in HEADINGS:
        shown.add_column(
            heading, justify="left" if heading in {"bar", ""} else "right", no_wrap=heading != "bar"
        )
    for verdict in verdicts:
        shown.add_row(*_cells(verdict), style=_STYLES.get(verdict.word, "dim"))
    return shown


def markdown(path: Path) -> str:
    """For ``docs/performance.md``: the machine, the command, the bars, and every figure."""
    rows = read(path)
    parts = [_about(path), _grid((*HEADINGS[:-1], "verdict"), map(_cells, judge(rows)))]
    parts.append(
        _grid(
            ("workload", "measure", "system", "setting", "per second", "p50 ms", "p99 ms", "value", "runs"),
            map(_figures, rows),
        )
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def about_path(path: Path) -> Path:
    """Beside the results: the machine, the command, and what could not be measured."""
    return path.with_name(f"{path.stem}-about.json")


def _about(path: Path) -> str:
    beside = about_path(path)
    if not beside.exists():
        return ""
    about = json.loads(beside.read_text())
    lines = [f"- command: `{about['command']}` on {about['on']}, {about['minutes']:.0f} minutes"]
    lines += [f"- {name}: {said}" for name, said in about["machine"].items()]
    lines += [f"- not measured: {line}" for line in about["not_measured"]]
    return "\n".join(lines)


def _cells(verdict: Verdict) -> tuple[str, ...]:
    bar = verdict.bar
    measured = "–" if verdict.measured is None else _amount(verdict.measured, bar)
    return bar.name, _amount(bar.floor, bar), _amount(bar.aim, bar), measured, verdict.word


def _amount(number: float, bar: Bar) -> str:
    digits = f"{number:.3g}" if number < 1000 else f"{number:,.0f}"
    return f"{digits}x" if bar.unit == "x" else f"{digits} {bar.unit}"


def _figures(row: Row) -> tuple[str, ...]:
    amount = "" if row.value is None else f"{row.value:,.4g} {row.unit}"
    return (
        *row.key,
        _number(row.rate_per_s),
        _number(row.p50_ms),
        _number(row.p99_ms),
        amount,
        " / ".join(_number(run) for run in row.runs),
    )


def _number(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def _grid(headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    named = list(headings)
    lines = [named, ["---"] * len(named), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
