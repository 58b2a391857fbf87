"""``make check``: runs every check, also after one has failed, and says at the end which did."""

import os
import subprocess
import sys
import time
from pathlib import Path

CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary"],
    "house": ["lint-imports", "--no-logo"],
    "form": [sys.executable, "-m", "dev.form"],
    "words": [sys.executable, "-m", "dev.words"],
    "tree": [sys.executable, "-m", "dev.tree"],
    "docs": [sys.executable, "-m", "dev.docs", "--check"],
    "web": [sys.executable, "-m", "dev.web", "check"],
}


def main() -> int:
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        command,
        env=os.environ
        | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": "src"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode or name == "form":
        print(done.stdout.rstrip())
    print(f"{name:8} {'failed' if done.returncode else 'ok':6} {time.monotonic() - began:5.1f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
