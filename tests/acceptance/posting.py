"""An installation with a mail server, and people to whom it sends what is open for them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import stepwell
from stepwell.config import Settings
from stepwell.identity import STEPWELL, Role
from stepwell.library import Engine
from stepwell.services import me, people, roles
from stepwell.services.me import SettingsChange
from stepwell.services.moments import micros
from stepwell.services.people import NewPerson
from tests.connectors.mailbox import Mailbox
from tests.store.instances import Clock
from tests.worker.office import process

ADDRESS = "https://work.example.org"
VIENNA = "Europe/Vienna"


def step(assigned: str, due: str = "", title: str = "Check") -> bytes:
    timing = f'<stepwell:timing due="{due}"/>' if due else ""
    inner = f"<stepwell:assignment {assigned}/>{timing}"
    return process(
        f'<bpmn:userTask id="look" name="{title}"><bpmn:extensionElements>{inner}</bpmn:extensionElements></bpmn:userTask>'
    )


@dataclass
class Post:
    """An installation with a mail server, and the time there."""

    url: str
    settings: Settings
    mailbox: Mailbox
    clock: Clock
    engine: Engine
    open: ExitStack

    def hire(self, name: str, *given: str, digest: str = "daily", zone: str = VIENNA, **more: Any) -> None:
        """Somebody new who chose how often a mail comes."""
        for role in given:
            if role not in self.engine.directory.tree().roles:
                roles.add(self.engine.store, Role(role, label=role.title()), STEPWELL)
        known = {"email": f"{name}@example.org", "time_zone": zone, "roles": given, **more}
        people.add(self.engine.store, NewPerson(name=name, **known), STEPWELL)
        self.set(name, digest=digest)

    def set(self, name: str, **settings: Any) -> None:
        me.change_settings(
            self.engine.directory, SettingsChange(**settings), self.engine.actor(name), self.settings
        )

    def begin(self, file: bytes) -> str:
        """A new instance of a process with one step; gives the id of the step."""
        self.engine.deploy(file)
        return self.engine.start("p").user_tasks[0].id

    def at(self, moment: str, zone: str = VIENNA) -> list[EmailMessage]:
        """Let it become this time, do what is due, and give the mails that came of it."""
        self.clock.now = micros(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)))
        return self.work()

    def work(self, seconds: float = 0) -> list[EmailMessage]:
        self.clock.now += round(seconds * 1_000_000)
        before = len(self.mailbox.mails)
        self.engine.work()
        return self.mailbox.mails[before:]

    def reopen(self, **settings: Any) -> Engine:
        """Another server on the same database."""
        given = self.settings.model_copy(update=settings)
        return self.open.enter_context(
            stepwell.open(self.url, settings=given, clock=self.clock, upgrade=False)
        )


@contextmanager
def at_work(url: str, mailbox: Mailbox, **settings: Any) -> Iterator[Post]:
    clock = Clock(micros(datetime(2030, 3, 6, 12, tzinfo=ZoneInfo(VIENNA))))  # a Wednesday
    known = Settings(**{"database_url": url, "public_url": ADDRESS, **settings})
    with ExitStack() as stack:
        engine = stack.enter_context(stepwell.open(url, settings=known, clock=clock, upgrade=False))
        yield Post(url, known, mailbox, clock, engine, stack)


def text(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def titles(said: str) -> list[str]:
    """The steps that a mail names."""
    steps = said.partition("See all steps")[0]
    return [line[2:] for line in steps.splitlines() if line.startswith("- ")]
