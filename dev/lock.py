"""Writes requirements.lock anew: exact versions with hashes for every platform, and no address of any registry.

``python -m dev.lock`` keeps what is locked already; ``python -m dev.lock --upgrade`` takes the newest.
"""

import subprocess
import sys

QUIET = ["--no-emit-index-url", "--no-header", "--no-annotate"]


def main() -> int:
    command = ["uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--generate-hashes"]
    command += [*QUIET, "--output-file", "requirements.lock", *sys.argv[1:]]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
