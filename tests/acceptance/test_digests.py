"""The mail that sums up what is open, with a real mail server and a clock that moves when told."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

import stepwell
from stepwell.config import Settings
from stepwell.errors import Unavailable
from stepwell.identity import STEPWELL, Role
from stepwell.library import Engine
from stepwell.services import me, people, roles
from stepwell.services.me import SettingsChange
from stepwell.services.moments import micros
from stepwell.services.people import NewPerson, PersonChange
from stepwell.services.user_tasks import Later, Receiver
from stepwell.store import notifications
from stepwell.store.jobs import Claim
from stepwell.store.notifications import About
from tests.connectors.mailbox import Mailbox, free_port, served
from tests.store.instances import Clock
from tests.worker.office import process

ADDRESS = "https://work.example.org"
VIENNA = "Europe/Vienna"
HOUR = 3600


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
                roles.add(self.engine.store, Role(role), STEPWELL)
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


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[dict[str, Any]]:
    yield from served(mailbox)


@pytest.fixture
def place(database_url: str, mailbox: Mailbox, server: dict[str, Any]) -> Iterator[Post]:
    with at_work(database_url, mailbox, **server) as found:
        yield found


def text(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def titles(said: str) -> list[str]:
    """The steps that a mail names."""
    steps = said.partition("See all steps")[0]
    return [line[2:] for line in steps.splitlines() if line.startswith("- ")]


def test_a_daily_mail_comes_each_morning_where_the_person_is(place: Post) -> None:
    place.hire("ada", zone=VIENNA)
    place.hire("ken", zone="Asia/Tokyo")
    place.begin(step('user="ada"'))
    place.begin(step('user="ken"'))
    assert place.at("2030-03-07T06:59:59", "Asia/Tokyo") == []
    assert [mail["To"] for mail in place.at("2030-03-07T07:00", "Asia/Tokyo")] == ["ken@example.org"]
    assert place.at("2030-03-07T06:59:59") == []
    assert [mail["To"] for mail in place.at("2030-03-07T07:00")] == ["ada@example.org"]
    assert place.at("2030-03-07T23:59") != []  # the next morning in Tokyo
    assert [mail["To"] for mail in place.at("2030-03-08T07:00")] == ["ada@example.org"]


def test_the_morning_stays_at_seven_when_the_clocks_change(place: Post) -> None:
    place.hire("ada")
    place.begin(step('user="ada"'))
    assert len(place.at("2030-03-30T07:00")) == 1
    assert place.at("2030-03-31T06:59") == []
    assert len(place.at("2030-03-31T07:00")) == 1


def test_a_weekly_mail_comes_on_mondays(place: Post) -> None:
    place.hire("ada", digest="weekly")
    place.begin(step('user="ada"'))
    mornings = [f"2030-03-{day:02}T07:00" for day in range(7, 20)]
    assert [at for at in mornings if place.at(at)] == ["2030-03-11T07:00", "2030-03-18T07:00"]


def test_it_says_what_is_open_and_leads_there(place: Post) -> None:
    place.hire("ada", "clerks", display_name="Ada Byron")
    late = place.begin(step('user="ada"', "2030-03-06T18:00:00+01:00", "Call &lt;Eve&gt;"))
    today = place.begin(step('user="ada"', "2030-03-07T15:30:00+01:00", "Answer"))
    week = place.begin(step('roles="clerks"', "2030-03-08T09:00:00+01:00", "Count"))
    later = place.begin(step('user="ada"', "2030-03-11T09:00:00+01:00", "Plan"))
    [mail] = place.at("2030-03-07T07:00")
    assert mail["Subject"] == "Stepwell: 4 open steps, 1 overdue"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == f"<{ADDRESS}/settings>"
    lines = [line.strip() for line in text(mail).splitlines() if line.strip()]
    links = {name: f"{ADDRESS}/tasks?step={name}" for name in (late, today, week, later)}
    assert lines[0] == "Hello Ada Byron,"
    assert lines[1:5] == ["Overdue (1)", "- Call <Eve>", "p · due Wed 6 Mar, 18:00", links[late]]
    assert lines[5:9] == ["Due today (1)", "- Answer", "p · due 15:30", links[today]]
    assert lines[9:13] == [
        "Due this week (1)", "- Count", "p · due Fri 8 Mar, 09:00 · offered to clerks", links[week],
    ]  # fmt: skip
    assert lines[13:17] == ["Other open steps (1)", "- Plan", "p · due Mon 11 Mar, 09:00", links[later]]
    assert lines[17] == f"See all steps: {ADDRESS}/tasks"
    assert f"every morning at 07:00 ({VIENNA})" in lines[-2]
    assert lines[-1].endswith(f"{ADDRESS}/settings")
    html = text(mail, "html")
    assert f'<a href="{links[late]}">Call &lt;Eve&gt;</a>' in html
    assert '<html lang="en">' in html


def test_of_many_steps_the_first_are_named_and_all_are_counted(place: Post) -> None:
    place.hire("ada")
    place.engine.deploy(step('user="ada"'))
    for _ in range(12):
        place.engine.start("p")
    [mail] = place.at("2030-03-07T07:00")
    assert mail["Subject"] == "Stepwell: 12 open steps"
    assert "Other open steps (12)" in text(mail)
    assert (text(mail).count("- Check"), "and 2 more" in text(mail)) == (10, True)
    for _ in range(90):
        place.engine.start("p")
    [mail] = place.at("2030-03-08T07:00")
    assert mail["Subject"] == "Stepwell: 99+ open steps"
    assert "Other open steps (99+)" in text(mail)


def test_what_was_told_and_not_read_is_said_too(place: Post) -> None:
    place.hire("ada")
    with place.engine.store.transaction() as tx:
        notifications.add(tx.session, [("ada", About("comment", 1, 1, "Call Eve"))], tx.now)
    [mail] = place.at("2030-03-07T07:00")
    assert mail["Subject"] == "Stepwell: 1 unread notification"
    assert "- New comment: Call Eve" in text(mail)
    assert f"{ADDRESS}/notifications" in text(mail)


def test_with_nothing_open_no_mail_comes_and_later_ones_do(place: Post) -> None:
    place.hire("ada")
    assert place.at("2030-03-07T07:00") == []
    place.begin(step('user="ada"'))
    assert place.at("2030-03-07T12:00") == []
    assert len(place.at("2030-03-08T07:00")) == 1


def test_who_chose_nothing_was_disabled_or_has_no_address_gets_no_mail(place: Post) -> None:
    place.hire("ada", "clerks", digest="none")
    place.hire("ben", "clerks")
    place.hire("eve", "clerks", email="")
    place.begin(step('roles="clerks"'))
    people.set_active(place.engine.store, "ben", is_active=False, actor=STEPWELL)
    assert place.at("2030-03-07T07:00") == []
    people.set_active(place.engine.store, "ben", is_active=True, actor=STEPWELL)
    people.change(place.engine.store, "eve", PersonChange(email="eve@example.org"), STEPWELL)
    assert {mail["To"] for mail in place.at("2030-03-08T07:00")} == {"ben@example.org", "eve@example.org"}
    place.set("ben", digest="none")
    assert [mail["To"] for mail in place.at("2030-03-09T07:00")] == ["eve@example.org"]


def test_it_speaks_the_language_that_the_person_reads_now(place: Post) -> None:
    place.hire("ada")
    place.begin(step('user="ada"', "2030-03-06T18:00:00+01:00"))
    assert text(place.at("2030-03-07T07:00")[0]).startswith("Hello ada,")
    place.set("ada", language="de-AT")
    [mail] = place.at("2030-03-08T07:00")
    assert mail["Subject"] == "Stepwell: 1 offener Schritt, 1 überfällig"
    assert "fällig Mi. 6.3., 18:00" in text(mail)
    assert '<html lang="de">' in text(mail, "html")


def test_another_zone_or_choice_holds_from_the_next_mail_on(place: Post) -> None:
    place.hire("ada")
    place.begin(step('user="ada"'))
    place.set("ada", time_zone="Asia/Tokyo")
    assert len(place.at("2030-03-07T07:00", "Asia/Tokyo")) == 1
    place.set("ada", digest="weekly")
    assert place.at("2030-03-08T07:00", "Asia/Tokyo") == []
    assert len(place.at("2030-03-11T07:00", "Asia/Tokyo")) == 1


def test_t1_d5_a_mail_says_nothing_of_what_the_panel_does_not_show(place: Post) -> None:
    place.hire("ada", "clerks")
    place.hire("ben", "clerks")
    place.hire("eve")
    place.begin(step('user="ben"', title="Bens own"))
    claimed = place.begin(step('roles="clerks"', title="Claimed by Ben"))
    place.engine.claim(claimed, "ben")
    moved = place.begin(step('user="ada"', title="Handed on"))
    place.engine.reassign(moved, Receiver("ben"))
    postponed = place.begin(step('user="ada"', title="For later"))
    tomorrow = datetime(2030, 3, 8, 7, tzinfo=ZoneInfo(VIENNA))
    place.engine.postpone(postponed, Later(start_at=tomorrow))
    place.begin(step('roles="clerks"', title="Offered"))
    mails = {mail["To"].partition("@")[0]: text(mail) for mail in place.at("2030-03-07T07:00")}
    said = {name: titles(found) for name, found in mails.items()}
    assert said["ada"] == ["Offered"]
    assert sorted(said["ben"]) == ["Bens own", "Claimed by Ben", "Handed on", "Offered"]
    assert "eve" not in said
    [mine] = [mail for mail in place.at("2030-03-08T07:00") if mail["To"] == "ada@example.org"]
    assert titles(text(mine)) == ["Offered", "For later"]


def test_two_servers_send_one_mail(place: Post) -> None:
    for number in range(20):
        place.hire(f"p{number}", "clerks")
    place.begin(step('roles="clerks"'))
    place.clock.now = micros(datetime(2030, 3, 7, 7, tzinfo=ZoneInfo(VIENNA)))
    work_together(place.engine, place.reopen())
    receivers = sorted(mail["To"] for mail in place.mailbox.mails)
    assert receivers == sorted(f"p{number}@example.org" for number in range(20))


def work_together(*engines: Engine) -> None:
    """Let servers do at once what is due."""
    threads = [threading.Thread(target=work_on, args=[engine]) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_server_that_was_off_sends_one_mail_and_goes_on(place: Post) -> None:
    place.hire("ada")
    place.begin(step('user="ada"'))
    assert len(place.at("2030-03-12T15:00")) == 1  # for five mornings
    assert place.work(60) == []
    assert len(place.at("2030-03-13T07:00")) == 1


def test_what_was_missed_yesterday_waits_for_the_morning(place: Post) -> None:
    place.hire("ada")
    place.begin(step('user="ada"'))
    assert place.at("2030-03-08T05:00") == []
    assert len(place.at("2030-03-08T07:00")) == 1


def test_a_mail_whose_sender_died_is_sent_by_another_once_its_lock_ran_out(place: Post) -> None:
    place.hire("ada")
    place.begin(step('user="ada"'))
    place.clock.now = micros(datetime(2030, 3, 7, 7, tzinfo=ZoneInfo(VIENNA)))
    asked = Claim(worker="gone", limit=1, lock_seconds=60, work="digest")
    assert len(place.engine.store.claim_jobs(asked)) == 1
    assert place.work(30) == []
    assert len(place.work(31)) == 1


def test_a_mail_server_that_is_down_is_tried_again(database_url: str, mailbox: Mailbox) -> None:
    port = free_port()
    own = {
        "smtp_host": "localhost",
        "smtp_port": port,
        "smtp_from": "shop@example.com",
        "smtp_starttls": False,
    }
    with at_work(database_url, mailbox, **own) as place:
        for name in ("ada", "ben", "eve"):
            place.hire(name, "clerks")
        place.begin(step('roles="clerks"'))
        with capture_logs() as complaints:
            assert place.at("2030-03-07T07:00") == []
        assert {one["event"] for one in complaints} == {"digest not sent"}
        assert all(f"localhost:{port}" in one["reason"] for one in complaints)
        for later in served(mailbox, port=port):
            assert later["smtp_port"] == port
            assert place.work(30) == []  # the server is left in peace for a while
            assert len(place.work(31)) == 3
            assert place.work(HOUR) == []
            assert len(place.at("2030-03-08T07:00")) == 3


def test_a_mail_server_that_is_down_is_in_nobodys_way(database_url: str, mailbox: Mailbox) -> None:
    """Whatever else a server does goes on, and one that could not send for a day sends one mail."""
    own = {"smtp_host": "localhost", "smtp_port": free_port(), "smtp_from": "shop@example.com"}
    with at_work(database_url, mailbox, **own) as place:
        place.hire("ada")
        timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
        waiting = f'<bpmn:intermediateCatchEvent id="wait">{timer}</bpmn:intermediateCatchEvent>'
        place.engine.deploy(process(waiting))
        id = place.engine.start("p").id
        place.begin(step('user="ada"'))
        for hour in range(24):
            assert place.work(HOUR) == [], hour
        assert place.engine.instance(id).status == "completed"
        for later in served(mailbox):
            mended = place.reopen(**later)
            place.clock.now += HOUR * 1_000_000
            mended.work()
            assert len(mailbox.mails) == 1


def test_an_address_that_is_refused_is_not_asked_again_before_the_next_morning(place: Post) -> None:
    place.hire("nobody")
    place.hire("ada")
    place.begin(step('user="nobody"'))
    place.begin(step('user="ada"'))
    assert [mail["To"] for mail in place.at("2030-03-07T07:00")] == ["ada@example.org"]
    due = ask(place, "select due_at, failures, error from job where type = 'digest' and element = 'nobody'")
    assert due[0][0] == micros(datetime(2030, 3, 8, 7, tzinfo=ZoneInfo(VIENNA)))
    assert "550" in due[0][2]


def work_on(engine: Engine) -> None:
    """Do what is due; one that finds the database held looks again, as it does in a server."""
    while True:
        with suppress(Unavailable):
            return engine.work()


def ask(place: Post, statement: str) -> list[Any]:
    with place.engine.store.reading() as session:
        return list(session.read(statement))


def test_without_a_mail_server_nothing_is_tried_and_all_stays_due(
    database_url: str, mailbox: Mailbox, server: dict[str, Any]
) -> None:
    with at_work(database_url, mailbox) as place:
        place.hire("ada")
        place.begin(step('user="ada"'))
        assert place.at("2030-03-07T07:00") == []
        assert not me.load(place.engine.directory, place.engine.actor("ada"), place.settings).sends_mail
        mended = place.reopen(**server)
        mended.work()
        assert len(mailbox.mails) == 1


def test_what_people_chose_before_there_were_mails_holds(place: Post) -> None:
    """The row that a migration leaves is due at once, and plans the first mail for the next morning."""
    place.hire("ada")
    place.begin(step('user="ada"'))
    with place.engine.store.transaction() as tx:
        tx.session.run("update job set due_at = 0, repeat = '' where type = 'digest'")
    assert place.work() == []
    assert len(place.at("2030-03-07T07:00")) == 1
