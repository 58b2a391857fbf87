"""A real mail server on this machine."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Keeps what arrives; refuses receivers called nobody, for now those called busy."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith(("nobody", "busy")):
            return "550 unknown" if address.startswith("nobody") else "450 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            message_from_bytes(bytes(envelope.original_content or b""), policy=policy.default)  # type: ignore[misc]
            for envelope in self.envelopes
        ]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def served(mailbox: Mailbox, port: int = 0, **options: Any) -> Iterator[dict[str, Any]]:
    """The settings of an installation that uses a running mail server."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port or free_port(), **options)
    controller.start()
    yield {
        "smtp_host": "localhost", "smtp_port": controller.port, "smtp_from": "Shop <shop@example.com>",
        "smtp_starttls": "tls_context" in options,
    }  # fmt: skip
    controller.stop()
