"""The mail that sums up what is open, with servers that share, are off or die, and a mail server that is down."""

import threading
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from stepwell.errors import Unavailable
from stepwell.library import Engine
from stepwell.services import me
from stepwell.services.moments import micros
from stepwell.store.jobs import Claim
from tests.acceptance.office import office, ok
from tests.acceptance.posting import VIENNA, Post, at_work, step, text
from tests.acceptance.server import until
from tests.connectors.mailbox import Mailbox, free_port, served
from tests.worker.office import process

HOUR = 3600


def test_two_servers_send_one_mail(post: Post) -> None:
    for number in range(20):
        post.hire(f"p{number}", "clerks")
    post.begin(step('roles="clerks"'))
    post.clock.now = micros(datetime(2030, 3, 7, 7, tzinfo=ZoneInfo(VIENNA)))
    work_together(post.engine, post.reopen())
    receivers = sorted(mail["To"] for mail in post.mailbox.mails)
    assert receivers == sorted(f"p{number}@example.org" for number in range(20))


def work_together(*engines: Engine) -> None:
    """Let servers do at once what is due."""
    threads = [threading.Thread(target=work_on, args=[engine]) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_server_that_was_off_sends_one_mail_and_goes_on(post: Post) -> None:
    post.hire("ada")
    post.begin(step('user="ada"'))
    assert len(post.at("2030-03-12T15:00")) == 1  # for five mornings
    assert post.work(60) == []
    assert len(post.at("2030-03-13T07:00")) == 1


def test_what_was_missed_yesterday_waits_for_the_morning(post: Post) -> None:
    post.hire("ada")
    post.begin(step('user="ada"'))
    assert post.at("2030-03-08T05:00") == []
    assert len(post.at("2030-03-08T07:00")) == 1


def test_a_mail_whose_sender_died_is_sent_by_another_once_its_lock_ran_out(post: Post) -> None:
    post.hire("ada")
    post.begin(step('user="ada"'))
    post.clock.now = micros(datetime(2030, 3, 7, 7, tzinfo=ZoneInfo(VIENNA)))
    asked = Claim(worker="gone", limit=1, lock_seconds=60, work="digest")
    assert len(post.engine.store.claim_jobs(asked)) == 1
    assert post.work(30) == []
    assert len(post.work(31)) == 1


def test_a_mail_server_that_is_down_is_tried_again(database_url: str, mailbox: Mailbox) -> None:
    port = free_port()
    own = {
        "smtp_host": "localhost",
        "smtp_port": port,
        "smtp_from": "shop@example.com",
        "smtp_starttls": False,
    }
    with at_work(database_url, mailbox, **own) as post:
        for name in ("ada", "ben", "eve"):
            post.hire(name, "clerks")
        post.begin(step('roles="clerks"'))
        assert post.at("2030-03-07T07:00") == []
        with post.engine.store.reading() as session:
            kept = [
                error for (error,) in session.read("select error from job where type = 'digest'") if error
            ]
        assert kept
        assert all(f"localhost:{port}" in error for error in kept)
        for later in served(mailbox, port=port):
            assert later["smtp_port"] == port
            assert post.work(30) == []  # the server is left in peace for a while
            assert len(post.work(31)) == 3
            assert post.work(HOUR) == []
            assert len(post.at("2030-03-08T07:00")) == 3


def test_a_mail_server_that_is_down_is_in_nobodys_way(database_url: str, mailbox: Mailbox) -> None:
    """Whatever else a server does goes on, and one that could not send for a day sends one mail."""
    own = {"smtp_host": "localhost", "smtp_port": free_port(), "smtp_from": "shop@example.com"}
    with at_work(database_url, mailbox, **own) as post:
        post.hire("ada")
        timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
        waiting = f'<bpmn:intermediateCatchEvent id="wait">{timer}</bpmn:intermediateCatchEvent>'
        post.engine.deploy(process(waiting))
        id = post.engine.start("p").id
        post.begin(step('user="ada"'))
        for hour in range(24):
            assert post.work(HOUR) == [], hour
        assert post.engine.instance(id).status == "completed"
        for later in served(mailbox):
            mended = post.reopen(**later)
            post.clock.now += HOUR * 1_000_000
            mended.work()
            assert len(mailbox.mails) == 1


def test_an_address_that_is_refused_is_not_asked_again_before_the_next_morning(post: Post) -> None:
    post.hire("nobody")
    post.hire("ada")
    post.begin(step('user="nobody"'))
    post.begin(step('user="ada"'))
    assert [mail["To"] for mail in post.at("2030-03-07T07:00")] == ["ada@example.org"]
    due = ask(post, "select due_at, failures, error from job where type = 'digest' and element = 'nobody'")
    assert due[0][0] == micros(datetime(2030, 3, 8, 7, tzinfo=ZoneInfo(VIENNA)))
    assert "550" in due[0][2]


def work_on(engine: Engine) -> None:
    """Do what is due; one that finds the database held looks again, as it does in a server."""
    while True:
        with suppress(Unavailable):
            return engine.work()


def ask(post: Post, statement: str) -> list[Any]:
    with post.engine.store.reading() as session:
        return list(session.read(statement))


def test_without_a_mail_server_nothing_is_tried_and_all_stays_due(
    database_url: str, mailbox: Mailbox, mail_server: dict[str, Any]
) -> None:
    with at_work(database_url, mailbox) as post:
        post.hire("ada")
        post.begin(step('user="ada"'))
        assert post.at("2030-03-07T07:00") == []
        assert not me.load(post.engine.directory, post.engine.actor("ada"), post.settings).sends_mail
        mended = post.reopen(**mail_server)
        mended.work()
        assert len(mailbox.mails) == 1


def test_what_people_chose_before_there_were_mails_holds(post: Post) -> None:
    """The row that a migration leaves is due at once, and plans the first mail for the next morning."""
    post.hire("ada")
    post.begin(step('user="ada"'))
    with post.engine.store.transaction() as tx:
        tx.session.run("update job set due_at = 0, repeat = '' where type = 'digest'")
    assert post.work() == []
    assert len(post.at("2030-03-07T07:00")) == 1


def noon_zone() -> str:
    """A zone where it is about noon now, at whatever hour this runs."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}"


def test_a_server_sends_it_by_itself_with_links_to_where_it_listens(
    database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "mails"
    settings = {"mail_folder": str(folder), "smtp_from": "Shop <shop@example.com>"}
    with office(database_url, tmp_path, "visit", **settings) as at_work:
        ada = at_work.hire("ada", "clerks", email="ada@example.org", time_zone=noon_zone())
        step = at_work.start("visit", guest="Eve")
        set_to_daily = ok(ada.put("/me/settings", json={"digest": "daily"}))
        assert (set_to_daily["settings"]["digest"], set_to_daily["sends_mail"]) == ("daily", True)
        with at_work.engine.store.transaction() as tx:  # its morning has come
            assert tx.session.run("update job set due_at = 0 where type = 'digest'") == 1
        until(lambda: list(folder.glob("*.eml")), "the mail is there")
        [kept] = folder.glob("*.eml")
        mail: Any = message_from_bytes(kept.read_bytes(), policy=policy.default)
        link = f"{at_work.server.address}/tasks?step={step}"
        assert ("Visit of Eve" in text(mail), link in text(mail)) == (True, True)
        assert httpx.get(link, trust_env=False).status_code == 200
