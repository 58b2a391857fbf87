"""What ``stepwell serve`` tells the person who started it, and the process it brings to try."""

import secrets
import shlex
import shutil
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stepwell import __version__
from stepwell.config import Settings
from stepwell.identity import RIGHTS, STEPWELL, Role
from stepwell.library import Engine
from stepwell.services import people, roles

PROCESS = "order"
ADMINISTRATOR, ADMINISTRATORS = "admin", "administrators"
_DEFAULT_DATABASE = Settings.model_fields["database_url"].default


def with_secret(settings: Settings) -> Settings:
    """The settings with a token; a new one unless the installation has its own."""
    if settings.token is not None:
        return settings
    return settings.model_copy(update={"token": SecretStr(secrets.token_urlsafe(24))})


TEAMS = ("managers", "clerks")  # who do the steps of the process to try


def demo_file() -> Path:
    """Where the process to try lies: in the package, or beside the sources."""
    packed = Path(str(files("stepwell") / "demo" / "order.bpmn"))
    return packed if packed.exists() else Path(__file__).parents[2] / "demo" / "order.bpmn"


def deploy(engine: Engine) -> None:
    """Deploy the process to try, unless there is one of its id."""
    if not engine.definitions(PROCESS, limit=1).items:
        engine.deploy(demo_file(), actor="stepwell serve --demo")


def with_login(engine: Engine) -> str:
    """A person with every right, and a password that is new at every start; gives the password."""
    password = secrets.token_urlsafe(12)
    if roles.find(engine.store, ADMINISTRATORS) is None:
        roles.add(engine.store, Role(ADMINISTRATORS, rights=frozenset(RIGHTS)), STEPWELL)
    for name in TEAMS:
        if roles.find(engine.store, name) is None:
            roles.add(engine.store, Role(name), STEPWELL)
    if engine.directory.find(ADMINISTRATOR) is None:
        given = (ADMINISTRATORS, *TEAMS)
        new = people.NewPerson(name=ADMINISTRATOR, display_name="Administrator", roles=given)
        people.add(engine.store, new, STEPWELL)
    people.set_password(engine.store, ADMINISTRATOR, password, STEPWELL)
    return password


def plain(settings: Settings, engine: Engine) -> Callable[[int], None]:
    """One line when the server is ready, and a hint when nobody can use it yet."""

    def tell(port: int) -> None:
        console = Console(highlight=False)
        address = _address(settings, port)
        console.print(
            Text.assemble(("Stepwell is ready: ", "bold green"), f"{address}  (API: {address}/docs)")
        )
        if settings.token is None and not people.has_login(engine.store):
            text = "Nobody can log in yet: stepwell user add NAME, see docs/people.md, or set STEPWELL_TOKEN."
            console.print(Text(text, "yellow"))

    return tell


def demo(settings: Settings, engine: Engine) -> Callable[[int], None]:
    """Where to look, who may log in, the token, and three commands to try."""
    password = with_login(engine)

    def tell(port: int) -> None:
        console = Console(highlight=False, soft_wrap=True)
        address = _address(settings, port)
        console.print()
        console.print(Text.assemble(("  Stepwell ", "bold green"), f"{__version__} is ready: {address}"))
        console.print()
        console.print(_facts(settings, f"{address}/docs", password))
        console.print()
        console.print(
            Text.assemble("  Try the process ", (PROCESS, "bold"), " in another terminal, in this folder:")
        )
        console.print()
        for words, command in _commands(settings):
            console.print(Text(f"    # {words}", "dim"))
            console.print(Text(f"    {command}", "bold cyan"))
        console.print()
        console.print(Text("  Ctrl-C ends the server; the data stays.", "dim"))
        console.print()

    return tell


def _facts(settings: Settings, docs: str, password: str) -> Table:
    table = Table.grid(padding=(0, 3))
    table.add_row("  The API, to read and to try", Text(docs, "bold"))
    assert settings.token is not None
    table.add_row("  Log in as", Text.assemble((ADMINISTRATOR, "bold"), "  with  ", (password, "bold")))
    table.add_row("  Its token", Text(settings.token.get_secret_value(), "bold"))
    table.add_row("  The data", Text(_shown(settings.database_url)))
    return table


def _commands(settings: Settings) -> list[tuple[str, str]]:
    """None of them names an id: what the next instance will be called is not known before its start."""
    url = settings.database_url
    called = program(url if url != _DEFAULT_DATABASE else "")
    return [
        (
            "start it: it adds up, branches, and waits five seconds",
            f"{called} start {PROCESS} --set amount=50",
        ),
        ("see the path that the newest instance took, and where it waits", f"{called} show"),
        ("see what waits for a person, and the command that completes it", f"{called} tasks"),
    ]


def program(database: str = "") -> str:
    """How to call this very program, on a database if one is named. A password is left to the environment."""
    is_said = database and urlsplit(database).password is None
    return _program() + (f" --database {shlex.quote(database)}" if is_said else "")


def _program() -> str:
    """How this very program is called from the folder it was started in."""
    path = Path(sys.argv[0])
    found = shutil.which("stepwell")
    if path.name != "stepwell" or (found and Path(found).resolve() == path.resolve()):
        return "stepwell"
    return str(
        path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path
    )


def _address(settings: Settings, port: int) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _shown(url: str) -> str:
    """A database without its password."""
    if url.startswith("sqlite:///"):
        return str(Path(url.removeprefix("sqlite:///")).resolve())
    head, at, tail = url.rpartition("@")
    return url if not at else f"{head.rpartition(':')[0] if head.count(':') > 1 else head}@{tail}"
