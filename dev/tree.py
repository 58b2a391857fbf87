"""What must hold for the tree as a whole: no host in a lock file, no path of a machine, no dead link."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from dev.form import direct_dependencies

ROOT = Path(__file__).parents[1]
NAMES_HOSTS = {"uv.lock", "pylock.toml"}
EVERYWHERE = {"/", "/bin", "/home", "/opt", "/root", "/srv", "/tmp", "/usr", "/usr/src", "/var", "/var/tmp"}
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def complaints(files: dict[Path, str]) -> Iterator[str]:
    """What is wrong with ``files``, text by path relative to the repository."""
    machine = [f"{folder}/" for folder in (ROOT, ROOT.parent) if str(folder) not in EVERYWHERE]
    for path, text in files.items():
        yield from (f"{path}: names {place}, a path of this machine" for place in machine if place in text)
        if path.name in NAMES_HOSTS:
            yield f"{path}: names registry hosts, requirements.lock is the lock file"
        if path.name == "requirements.lock" and "://" in text:
            yield f"{path}: names a host"
        if path.name == "package-lock.json" and '"resolved": "http' in text:
            yield f"{path}: names registry hosts, see omit-lockfile-registry-resolved"
        if path.suffix == ".md":
            yield from dead_links(path, text)


def dead_links(path: Path, text: str) -> Iterator[str]:
    """Links from the page at ``path`` to files that are not there."""
    for target in LINK.findall(text):
        if (
            "://" not in target
            and not target.startswith("mailto:")
            and not (ROOT / path.parent / target).exists()
        ):
            yield f"{path}: links to {target}, which is not there"


def unexplained(project: str, page: str) -> Iterator[str]:
    """Direct dependencies for which docs/dependencies.md gives no reason."""
    for name in direct_dependencies(project):
        if f"| {name} |" not in page:
            yield f"docs/dependencies.md: says nothing about {name}"


def tracked() -> dict[Path, str]:
    """The text files of the commit to come."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = {}
    for name in filter(None, listed.stdout.split("\0")):
        try:
            files[Path(name)] = (ROOT / name).read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return files


def main() -> int:
    found = list(complaints(tracked()))
    found += unexplained((ROOT / "pyproject.toml").read_text(), (ROOT / "docs/dependencies.md").read_text())
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
