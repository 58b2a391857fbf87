"""email.send against a real mail server."""

import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from stepwell.connectors import ConnectorError
from tests.connectors.conftest import do
from tests.connectors.mailbox import Mailbox, served

PLAIN: dict[str, Any] = {"to": "ada@example.org", "subject": "Hello", "text": "Good day"}


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[dict[str, Any]]:
    yield from served(mailbox)


@pytest.fixture
def secure_server(mailbox: Mailbox, certificate: ssl.SSLContext) -> Iterator[dict[str, Any]]:
    yield from served(mailbox, tls_context=certificate, require_starttls=True)


def send(settings: dict[str, Any], **arguments: object) -> Any:
    return do("email.send", settings, **{**PLAIN, **arguments})


def failed(settings: dict[str, Any], **arguments: object) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        send(settings, **arguments)
    return caught.value


def test_a_mail_arrives(server: dict[str, Any], mailbox: Mailbox) -> None:
    send(server)
    (mail,) = mailbox.mails
    assert (mail["to"], mail["subject"], mail.get_content().strip()) == (
        "ada@example.org",
        "Hello",
        "Good day",
    )


def test_the_sender_is_that_of_the_settings(server: dict[str, Any], mailbox: Mailbox) -> None:
    send(server)
    assert (mailbox.mails[0]["from"], mailbox.envelopes[0].mail_from) == (
        "Shop <shop@example.com>", "shop@example.com",
    )  # fmt: skip


def test_the_author_may_name_another_sender(server: dict[str, Any], mailbox: Mailbox) -> None:
    send(server, **{"from": "Zoë <zoe@example.com>"})
    assert mailbox.mails[0]["from"] == "Zoë <zoe@example.com>"


def test_everybody_named_receives_it(server: dict[str, Any], mailbox: Mailbox) -> None:
    send(
        server,
        to=["a@example.org", "B <b@example.org>"],
        cc="c@example.org, d@example.org",
        bcc="e@example.org",
    )
    assert mailbox.envelopes[0].rcpt_tos == [f"{name}@example.org" for name in "abcde"]


def test_nobody_sees_who_gets_a_blind_copy(server: dict[str, Any], mailbox: Mailbox) -> None:
    send(server, bcc="e@example.org")
    assert b"e@example.org" not in bytes(mailbox.envelopes[0].original_content or b"").replace(b"ada@e", b"")


def test_html_stands_beside_the_text(server: dict[str, Any], mailbox: Mailbox) -> None:
    send(server, html="<p>Good day</p>")
    body = mailbox.mails[0].get_body(("html",))
    assert body is not None
    assert body.get_content().strip() == "<p>Good day</p>"


def test_an_answer_goes_where_it_is_wanted(server: dict[str, Any], mailbox: Mailbox) -> None:
    send(server, reply_to="desk@example.com")
    assert mailbox.mails[0]["reply-to"] == "desk@example.com"


@pytest.mark.parametrize(("attachment", "data"), [
    ({"name": "Größe.csv", "content": "a;ü", "type": "text/csv"}, "a;ü".encode()),
    ({"name": "Größe.csv", "base64": "AAEC", "type": "image/png"}, b"\0\1\2"),
])  # fmt: skip
def test_a_file_travels_along(
    server: dict[str, Any], mailbox: Mailbox, attachment: dict[str, str], data: bytes
) -> None:
    send(server, attachments=[attachment])
    (part,) = mailbox.mails[0].iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("Größe.csv", attachment["type"])
    assert part.get_payload(decode=True) == data


def test_a_file_that_is_kept_here_travels_along(
    server: dict[str, Any], mailbox: Mailbox, tmp_path: Path
) -> None:
    id = "0123456789abcdef" * 2
    (tmp_path / id[:2]).mkdir()
    (tmp_path / id[:2] / id).write_bytes(b"the offer")
    attachment = {"name": "offer.txt", "file": id}
    send(server | {"files_url": str(tmp_path)}, attachments=[attachment])
    (part,) = mailbox.mails[0].iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == ("offer.txt", b"the offer")


@pytest.mark.parametrize("id", ["../../../../../../../../etc/hosts", "0123456789abcdef" * 2, "", "é" * 32])
def test_a_file_that_is_not_kept_here_is_refused(
    server: dict[str, Any], mailbox: Mailbox, tmp_path: Path, id: str
) -> None:
    attachment = {"name": "offer.txt", "file": id}
    assert not failed(server | {"files_url": str(tmp_path)}, attachments=[attachment]).may_retry
    assert mailbox.envelopes == []


@pytest.mark.parametrize("attachment", [
    {"name": "a"}, {"name": "a", "content": "b", "base64": "Yg=="}, {"name": "a", "base64": "*"}, {"content": "x"},
    {"name": "a", "content": "b", "type": "text"}, {"name": "a\r\nX: y", "content": "b"}, {"name": "a", "contnt": "b"},
])  # fmt: skip
def test_a_wrong_attachment_is_refused(
    server: dict[str, Any], mailbox: Mailbox, attachment: dict[str, str]
) -> None:
    assert not failed(server, attachments=[attachment]).may_retry
    assert mailbox.envelopes == []


def test_a_repetition_has_the_same_message_id(server: dict[str, Any], mailbox: Mailbox) -> None:
    assert send(server)["message_id"] == send(server)["message_id"] == mailbox.mails[1]["message-id"]


def test_the_message_id_begins_with_the_idempotency_key(server: dict[str, Any]) -> None:
    assert send(server)["message_id"].startswith("<7-3.")


def test_another_mail_has_another_message_id(server: dict[str, Any]) -> None:
    assert send(server)["message_id"] != send(server, text="Good night")["message_id"]


@pytest.mark.parametrize("arguments", [
    {"subject": "Hi\r\nBcc: x@example.org"}, {"to": "a@example.org\nBcc: x@example.org"},
    {"reply_to": "a@example.org\rX: y"}, {"from": "Shop\n <a@example.org>"}, {"subject": "a\0b"},
])  # fmt: skip
def test_a_text_that_would_begin_another_header_is_refused(
    server: dict[str, Any], mailbox: Mailbox, arguments: dict[str, str]
) -> None:
    error = failed(server, **arguments)
    assert "to be one line" in error.message
    assert not error.may_retry


@pytest.mark.parametrize(
    "to", ["ada", "ada@", "@example.org", "a b@example.org", "ada@example.org; bob@example.org"]
)
def test_what_is_no_address_is_refused(server: dict[str, Any], to: str) -> None:
    assert "Expected to to be e-mail addresses" in failed(server, to=to).message


@pytest.mark.parametrize("to", ["", []])
def test_a_mail_to_nobody_is_refused(server: dict[str, Any], to: object) -> None:
    assert "somebody to send to" in failed(server, to=to).message


def test_without_a_sender_nothing_is_sent(server: dict[str, Any]) -> None:
    assert "STEPWELL_SMTP_FROM" in failed({**server, "smtp_from": None}).message


def test_without_a_mail_server_it_is_an_incident_at_once() -> None:
    error = failed({"smtp_from": "a@example.org"})
    assert "STEPWELL_SMTP_HOST" in error.message
    assert not error.may_retry


def test_a_mail_server_that_is_not_there_is_tried_again(server: dict[str, Any]) -> None:
    assert failed({**server, "smtp_port": 1}).may_retry


@pytest.mark.parametrize(("to", "may_retry"), [("nobody@example.org", False), ("busy@example.org", True)])
def test_a_refused_receiver_is_tried_again_if_the_server_says_so(
    server: dict[str, Any], to: str, may_retry: bool
) -> None:
    assert failed(server, to=to).may_retry is may_retry


def test_who_was_refused_while_others_were_not_stands_in_the_result(server: dict[str, Any]) -> None:
    assert send(server, cc="nobody@example.org")["refused"] == ["nobody@example.org"]


@pytest.mark.usefixtures("trusted")
def test_a_mail_travels_encrypted_when_asked_for(secure_server: dict[str, Any], mailbox: Mailbox) -> None:
    send(secure_server)
    assert len(mailbox.mails) == 1


def test_a_server_that_can_not_encrypt_gets_nothing(server: dict[str, Any], mailbox: Mailbox) -> None:
    failed({**server, "smtp_starttls": True})
    assert mailbox.envelopes == []


def test_a_server_nobody_vouches_for_gets_nothing(secure_server: dict[str, Any], mailbox: Mailbox) -> None:
    failed(secure_server)
    assert mailbox.envelopes == []


def test_mails_are_kept_in_a_folder_where_one_is_named(tmp_path: Path) -> None:
    settings = {"mail_folder": str(tmp_path / "mails"), "smtp_from": "shop@example.com"}
    for _ in range(2):  # a repetition is the same mail
        assert do("email.send", settings, **PLAIN)["refused"] == []
    [kept] = (tmp_path / "mails").iterdir()
    message = message_from_bytes(kept.read_bytes(), policy=policy.default)  # type: ignore[arg-type]
    assert (message["To"], message["Subject"]) == ("ada@example.org", "Hello")


def test_a_folder_that_can_not_be_written_fails_the_attempt(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("a file")
    settings = {"mail_folder": str(tmp_path / "mails"), "smtp_from": "shop@example.com"}
    with pytest.raises(ConnectorError, match="Expected to keep the mail"):
        do("email.send", settings, **PLAIN)
