"""What ``stepwell serve`` tells the person who started it, and the application it brings to try."""

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

from stepwell import __version__, beginning
from stepwell.config import Settings
from stepwell.identity import RIGHTS, STEPWELL, Role, in_the_name_of
from stepwell.library import Engine
from stepwell.services import passwords, people, roles

APPLICATION, PROCESS = "harbour", "order"
ADMINISTRATOR, ADMINISTRATORS = beginning.FIRST, "administrators"
MAILS = "stepwell-mail"
MAIL_SENDER = "Stepwell <stepwell@example.org>"
_DEFAULT_DATABASE = Settings.model_fields["database_url"].default


def with_secret(settings: Settings) -> Settings:
    """The settings with a token; a new one unless the installation has its own."""
    if settings.token is not None:
        return settings
    return settings.model_copy(update={"token": SecretStr(secrets.token_urlsafe(24))})


def for_demo(settings: Settings) -> Settings:
    """The settings with a token, and a folder for mails, with a sender, where there is no server for them."""
    settings = with_secret(settings)
    if settings.smtp_host is not None or settings.mail_folder is not None:
        return settings
    sender = settings.smtp_from or MAIL_SENDER
    return settings.model_copy(update={"mail_folder": MAILS, "smtp_from": sender})


def demo_folder() -> Path:
    """Where the application to try lies: in the package, or beside the sources."""
    packed = Path(str(files("stepwell") / "demo"))
    return packed if packed.exists() else Path(__file__).parents[2] / "demo"


def demo_file() -> Path:
    """Where the process to try first lies."""
    return demo_folder() / "processes" / f"{PROCESS}.bpmn"


def deploy(engine: Engine) -> None:
    """Deploy the application to try, unless it is there in this version; a newer one takes its place."""
    if _deployed_version(engine) != _version():
        engine.applications.deploy(demo_folder())


def _version() -> str:
    from stepwell.services.applications import yaml_text

    return str(yaml_text.read((demo_folder() / "app.yaml").read_bytes()).value["version"])


def _deployed_version(engine: Engine) -> str:
    from stepwell.store import applications

    with engine.store.reading() as session:
        found = applications.fetch(session, APPLICATION)
    return found.version if found else ""


def demo_people(engine: Engine) -> tuple[str, ...]:
    """The login names of the people whom the application to try brought."""
    from stepwell.store import applications

    with engine.store.reading() as session:
        file = applications.files(session, APPLICATION).get("users.yaml")
    return tuple(key for key in file.brought if "/" not in key) if file else ()


def others(engine: Engine) -> tuple[str, ...]:
    """What else than the application to try the database holds."""
    from stepwell.services.applications import resetting

    return resetting.others(engine.store, APPLICATION)


def reset(engine: Engine) -> None:
    """Let the application to try be as at the beginning: what it brought and what became of it is deleted first."""
    from stepwell.services.applications import resetting

    actor = in_the_name_of("stepwell demo --reset")
    beginning.note(engine, beginning.RESET)
    resetting.take_away(engine.store, engine.submit, APPLICATION, engine.settings, actor)
    engine.applications.deploy(demo_folder(), actor=actor)


def begin(engine: Engine) -> None:
    """Let the people of the application to try find work that waits for them, unless it is set otherwise."""
    if engine.settings.demo_work:
        _have_administrator(engine)
        beginning.begin(engine)


def with_login(engine: Engine) -> str:
    """A person with every right, and a password that is new at every start; gives the password.

    The people of the demonstration have the same one: everybody who sees it may be any of them.
    """
    password = secrets.token_urlsafe(12)
    _have_administrator(engine)
    kept = passwords.hashed(password, ADMINISTRATOR)
    for name in (ADMINISTRATOR, *demo_people(engine)):
        people.keep_password(engine.store, name, kept, by=STEPWELL)
    return password


def _have_administrator(engine: Engine) -> None:
    if roles.find(engine.store, ADMINISTRATORS) is None:
        roles.add(engine.store, Role(ADMINISTRATORS, "Administrators", rights=frozenset(RIGHTS)), STEPWELL)
    if engine.directory.find(ADMINISTRATOR) is None:
        new = people.NewPerson(name=ADMINISTRATOR, display_name="Administrator", roles=(ADMINISTRATORS,))
        people.add(engine.store, new, STEPWELL)


def plain(settings: Settings, engine: Engine) -> Callable[[int], None]:
    """One line when the server is ready, and a hint when nobody can use it yet."""

    def tell(port: int) -> None:
        console = Console(highlight=False)
        address = settings.local_address(port)
        console.print(
            Text.assemble(("Stepwell is ready: ", "bold green"), f"{address}  (API: {address}/docs)")
        )
        if settings.token is None and not people.has_login(engine.store):
            text = "Nobody can log in yet: stepwell user add NAME, see docs/people.md, or set STEPWELL_TOKEN."
            console.print(Text(text, "yellow"))

    return tell


def demo(settings: Settings, engine: Engine) -> Callable[[int], None]:
    """Where to look, who may log in, the token, and three commands to try."""
    password, others = with_login(engine), demo_people(engine)

    def tell(port: int) -> None:
        console = Console(highlight=False, soft_wrap=True)
        address = settings.local_address(port)
        console.print()
        console.print(Text.assemble(("  Stepwell ", "bold green"), f"{__version__} is ready: {address}"))
        console.print()
        console.print(_facts(settings, f"{address}/docs", (password, *others)))
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


def _facts(settings: Settings, docs: str, login: tuple[str, ...]) -> Table:
    password, *others = login
    table = Table.grid(padding=(0, 3))
    table.add_row("  The API, to read and to try", Text(docs, "bold"))
    assert settings.token is not None
    table.add_row("  Log in as", Text.assemble((ADMINISTRATOR, "bold"), "  with  ", (password, "bold")))
    table.add_row("  Or, with the same, as", Text(", ".join(others), "bold"))
    table.add_row("  Its token", Text(settings.token.get_secret_value(), "bold"))
    if settings.mail_folder is not None:
        table.add_row("  Mails are kept in", Text(settings.mail_folder))
    table.add_row("  The data", Text(shown(settings.database_url)))
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


def shown(url: str) -> str:
    """A database without its password."""
    if url.startswith("sqlite:///"):
        return str(Path(url.removeprefix("sqlite:///")).resolve())
    head, at, tail = url.rpartition("@")
    return url if not at else f"{head.rpartition(':')[0] if head.count(':') > 1 else head}@{tail}"
