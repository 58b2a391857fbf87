"""``email.send``: send a mail through the installation's server."""

import asyncio
import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from pathlib import Path
from typing import Any

import aiosmtplib
from msgspec import Struct

from stepwell.config import Settings
from stepwell.connectors.connector import Call, connector
from stepwell.connectors.errors import ConnectorError
from stepwell.connectors.files import Files, is_id
from stepwell.errors import NotFound

IMPLICIT_TLS = 465  # the port on which TLS comes before the first word
PERMANENT = 500  # replies from here on stay the same however often one asks


class Attachment(Struct, forbid_unknown_fields=True):
    """A file: its ``content`` as text, its bytes in ``base64``, or ``file``, the id of one that is kept here; ``type`` is its
    media type.
    """

    name: str
    content: str | None = None
    base64: str | None = None
    file: str | None = None
    type: str = ""


class Mail(Struct, frozen=True, kw_only=True):
    """A mail to send: what the connector is given, and further ``headers``."""

    to: str | list[str]
    subject: str
    text: str = ""
    html: str | None = None
    cc: str | list[str] | None = None
    bcc: str | list[str] | None = None
    sender: str | None = None
    reply_to: str | list[str] | None = None
    attachments: list[Attachment] | None = None
    headers: dict[str, str] = {}


@connector("email.send")
async def email_send(
    call: Call,
    *,
    to: str | list[str],
    subject: str,
    text: str = "",
    html: str | None = None,
    cc: str | list[str] | None = None,
    bcc: str | list[str] | None = None,
    from_: str | None = None,
    reply_to: str | list[str] | None = None,
    attachments: list[Attachment] | None = None,
) -> dict[str, object]:
    """Send a mail. The result has ``message_id`` and ``refused``, the receivers the server would not take.

    Every attempt has the same ``Message-ID``, so that a repetition can be recognised.

    Arguments:
        to: One address, several separated by commas, or a list.
        subject: One line.
        text: The mail as plain text.
        html: The same for readers who see HTML.
        cc: Who gets a copy.
        bcc: Who gets a copy that nobody sees.
        from: The sender; otherwise STEPWELL_SMTP_FROM.
        reply_to: Where an answer goes, if not to the sender.
        attachments: A list of contexts with name, content (text), base64 or file (the id of an attachment), and type (such as text/csv).
    """
    mail = Mail(
        to=to, subject=subject, text=text, html=html, cc=cc, bcc=bcc, sender=from_, reply_to=reply_to,
        attachments=attachments,
    )  # fmt: skip
    return await post(call, mail)


async def post(call: Call, mail: Mail) -> dict[str, object]:
    """Send a mail; gives what the connector gives."""
    sender = addresses("from", mail.sender or call.settings.smtp_from or "")
    if len(sender) != 1:
        raise refusal("one sender ('from' or STEPWELL_SMTP_FROM)", mail.sender or "none")
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    given = {"to": mail.to, "cc": mail.cc, "bcc": mail.bcc}
    copies = {name: addresses(name, value or []) for name, value in given.items()}
    for name, value in {**copies, "reply-to": addresses("reply_to", mail.reply_to or [])}.items():
        if value and name != "bcc":
            message[name.title()] = value
    message["Subject"] = one_line("subject", mail.subject)
    message["Date"] = localtime()
    for name, text in mail.headers.items():
        message[name] = one_line(name, text)
    files = Files(call.settings.files_url, call.settings.max_attachment_bytes)
    await asyncio.to_thread(fill, message, (mail.text, mail.html), mail.attachments or [], files)
    message["Message-ID"] = message_id(call.idempotency_key, sender[0].domain, message)
    receivers = [address.addr_spec for listed in copies.values() for address in listed]
    if not receivers:
        raise refusal("somebody to send to", "nobody")
    refused = await send(call, message, sender[0].addr_spec, receivers)
    return {"message_id": str(message["Message-ID"]), "refused": refused}


def addresses(name: str, value: str | list[str]) -> list[Address]:
    """The addresses in texts such as ``Ada <ada@example.org>, b@example.org``."""
    found: list[Address] = []
    for text in [value] if isinstance(value, str) else value:
        if text.strip():
            parsed = parse(one_line(name, text))
            if not parsed:
                raise refusal(f"{name} to be e-mail addresses", text)
            found.extend(parsed)
    return found


def parse(text: str) -> Sequence[Address]:
    """The addresses of one line; none if any of it is something else."""
    try:
        header: Any = SMTP.header_factory("to", text)
    except Exception:  # noqa: BLE001 - the standard parser stumbles over some of what is no address
        return ()
    whole = all(address.username and address.domain for address in header.addresses)
    return header.addresses if whole and not header.defects else ()


def one_line(name: str, text: str) -> str:
    """A text that begins no further header."""
    if any(char in text for char in "\r\n\0"):
        raise refusal(f"{name} to be one line", text)
    return text


def fill(
    message: EmailMessage, texts: tuple[str, str | None], attachments: Iterable[Attachment], files: Files
) -> None:
    text, html = texts
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for attachment in attachments:
        kind = attachment.type or ("application/octet-stream" if attachment.content is None else "text/plain")
        main, _, sub = one_line("type", kind).partition("/")
        if not (main.isalpha() and sub) or main in ("multipart", "message"):
            raise refusal("an attachment's type such as text/csv", kind)
        name = one_line("name", attachment.name)
        message.add_attachment(data_of(attachment, files), maintype=main, subtype=sub, filename=name)


def data_of(attachment: Attachment, files: Files) -> bytes:
    given = [one for one in (attachment.content, attachment.base64, attachment.file) if one is not None]
    if len(given) != 1:
        raise refusal(
            f"attachment {attachment.name} to have one of content, base64 and file", str(len(given))
        )
    if attachment.file is not None:
        return kept(attachment.file, files)
    if attachment.content is not None:
        return attachment.content.encode()
    try:
        return base64.b64decode(attachment.base64 or "", validate=True)
    except binascii.Error:
        raise refusal(f"attachment {attachment.name} to be base64", "something else") from None


def kept(id: str, files: Files) -> bytes:
    """The contents of a file that is kept here."""
    if not is_id(id):
        raise refusal("the id of an attachment", id)
    try:
        return b"".join(files.pieces(id))
    except NotFound as lost:
        raise ConnectorError(lost.message, may_retry=False) from None


def message_id(key: str, domain: str, message: EmailMessage) -> str:
    """The same for every attempt, another one for what another installation of the same sender sends."""
    digest = hashlib.sha256()
    for name in ("From", "To", "Cc", "Subject"):
        digest.update(f"{name}:{message[name]}\n".encode())
    body = message.get_body(("plain",))
    digest.update(body.get_content().encode() if body is not None else b"")
    return f"<{key}.{digest.hexdigest()[:16]}@{domain}>"


async def send(call: Call, message: EmailMessage, sender: str, receivers: list[str]) -> list[str]:
    """Hand the mail to the server; gives those receivers that it refused while it took others."""
    settings = call.settings
    if settings.mail_folder is not None:
        await asyncio.to_thread(keep, Path(settings.mail_folder), message)
        return []
    if settings.smtp_host is None:
        raise ConnectorError("Expected a mail server (STEPWELL_SMTP_HOST), but none is set.", may_retry=False)
    try:
        async with server(settings, call.timeout) as session:
            refused, _ = await session.send_message(message, sender=sender, recipients=receivers)
    except aiosmtplib.SMTPRecipientsRefused as error:
        codes = [reply.code for reply in error.recipients]
        raise failure(settings, error, may_retry=min(codes, default=0) < PERMANENT) from None
    except aiosmtplib.SMTPResponseException as error:
        raise failure(settings, error, may_retry=error.code < PERMANENT) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise failure(settings, error) from None
    return sorted(refused)


def keep(folder: Path, message: EmailMessage) -> None:
    """Keep the mail as a file; an attempt that is repeated keeps the same one."""
    name = "".join(sign for sign in str(message["Message-ID"]) if sign.isalnum() or sign in ".-@")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.eml").write_bytes(message.as_bytes(policy=SMTP))
    except OSError as error:
        raise ConnectorError(f"Expected to keep the mail in {folder}, but: {error.strerror}") from None


def server(settings: Settings, timeout: float) -> aiosmtplib.SMTP:
    """The mail server. With STARTTLS asked for, nothing is said in the open but the greeting."""
    implicit = settings.smtp_port == IMPLICIT_TLS
    password = settings.smtp_password
    return aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        username=settings.smtp_username,
        password=None if password is None else password.get_secret_value(),
        use_tls=implicit,
        start_tls=settings.smtp_starttls and not implicit,
        timeout=timeout,
    )


def failure(settings: Settings, error: Exception, *, may_retry: bool = True) -> ConnectorError:
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    return ConnectorError(f"Expected mail server {where} to take the mail, but: {error}", may_retry=may_retry)


def refusal(expected: str, found: str) -> ConnectorError:
    return ConnectorError(f"Expected {expected}, but found {found[:100]!r}.", may_retry=False)
