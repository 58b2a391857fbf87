"""The files that a command line names: as they are, folders as what lies in them, ``-`` as the input."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from stepwell.cli.faults import WrongUse, missing_file

INPUT = Path("-")


def files(named: Sequence[Path]) -> list[Path]:
    """Every file meant, each once; raises ``WrongUse`` for one that is not there and for an empty folder."""
    return list(dict.fromkeys(path for name in named for path in _meant(name)))


def _meant(name: Path) -> Iterator[Path]:
    if name == INPUT or name.is_file():
        yield name
    elif name.is_dir():
        found = sorted(path for path in name.rglob("*") if path.suffix == ".bpmn" and path.is_file())
        if not found:
            raise WrongUse("file.missing", f"Expected BPMN files in '{name}' but found none.")
        yield from found
    else:
        raise missing_file(name)


def content(path: Path) -> bytes:
    """What stands in a file, or comes in."""
    return sys.stdin.buffer.read() if path == INPUT else path.read_bytes()


def title(path: Path) -> str:
    """What a file is called in messages."""
    return "input" if path == INPUT else str(path)
