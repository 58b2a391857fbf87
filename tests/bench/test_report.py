"""What people read."""

import json
from io import StringIO
from pathlib import Path

from rich.console import Console

from bench import report
from bench.bars import judge
from bench.results import Row, write

ROWS = [
    Row("W2", "starts", "stepwell", "sqlite full 64 submitters", 12_000.0, 1.5, 3.0, runs=(12_000.0,)),
    Row("W2", "starts", "spiffworkflow", "sqlite full 1 submitters", 1000.0, 0.7, 1.2, runs=(1000.0,)),
    Row("cli", "seconds", "stepwell", "help", value=0.31, unit="s", runs=(0.31,)),
]


def written(folder: Path) -> Path:
    path = folder / "results.json"
    write(path, ROWS)
    return path


def shown() -> str:
    console = Console(width=160, record=True, file=StringIO())
    console.print(report.table(judge(ROWS)))
    return console.export_text()


def test_the_table_has_floor_aim_measured_and_verdict() -> None:
    (line,) = [line for line in shown().splitlines() if "W2 starts, 64 submitters" in line]
    assert [cell.strip() for cell in line.split("│")[2:6]] == ["8x", "15x", "12x", "ok"]


def test_units_stand_beside_the_figures() -> None:
    (line,) = [line for line in shown().splitlines() if "stepwell --help" in line]
    assert "0.31 s" in line


def test_the_page_lists_every_row(tmp_path: Path) -> None:
    page = report.markdown(written(tmp_path))
    assert "| W2 | starts | spiffworkflow | sqlite full 1 submitters | 1,000 |" in page


def test_the_page_names_machine_and_command(tmp_path: Path) -> None:
    path = written(tmp_path)
    about = {"command": "python -m bench", "on": "2026-11-24", "minutes": 61.2, "machine": {"cores": "2"}}
    report.about_path(path).write_text(json.dumps(about | {"not_measured": ["dbos: no server"]}))
    page = report.markdown(path)
    assert "`python -m bench` on 2026-11-24, 61 minutes" in page
    assert "not measured: dbos: no server" in page


def test_a_page_without_the_file_beside_it_has_the_bars_all_the_same(tmp_path: Path) -> None:
    assert report.markdown(written(tmp_path)).startswith("| bar | floor | aim | measured | verdict |")
