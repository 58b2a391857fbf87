"""The post: what sends the digests of people, few at a time, so that it is in nobody's way."""

import asyncio
import time
from collections.abc import Callable

import structlog

from stepwell.config import Settings
from stepwell.connectors import Call, ConnectorError
from stepwell.connectors.email_send import Mail, post
from stepwell.errors import Unavailable
from stepwell.services.digests import letters
from stepwell.services.digests.letters import Letter
from stepwell.services.directory import Directory
from stepwell.services.requests import SettleDigest
from stepwell.store.jobs import ClaimedJob

AT_ONCE = 4  # mails under way
LOOK = 1.0  # seconds until it is looked again when nothing was due
PAUSE = 60.0  # seconds without a mail after one that could not be sent: the server is seldom down for one person alone
PATIENCE = 30.0  # seconds for each answer of the mail server

log = structlog.get_logger()


class Post:
    """Sends what is due to people. ``clock`` gives microseconds in place of this machine's time; ``address`` is where
    people reach the web app.
    """

    def __init__(
        self, directory: Directory, settings: Settings, clock: Callable[[], int] | None = None
    ) -> None:
        self.directory = directory
        self.settings = settings
        self.clock = clock or _now
        self.address = settings.public_url or settings.local_address(settings.port)
        self.rests_until = 0

    def room(self, under_way: int) -> int:
        """How many more mails can be under way; none where none can be sent, so that they stay due."""
        if not self.settings.sends_mail or self.clock() < self.rests_until:
            return 0
        return AT_ONCE - under_way

    def rest(self, seconds: float) -> None:
        """Take nothing for a while."""
        self.rests_until = max(self.rests_until, self.clock() + round(seconds * 1_000_000))

    async def send(self, claimed: ClaimedJob) -> SettleDigest:
        """Send the mail that is due for somebody, if there is anything to say; whatever happens becomes a request."""
        try:
            letter = await asyncio.to_thread(letters.due, self.directory, claimed.job, self.address)
            if letter is not None:
                await post(self.call(claimed, letter), mail(letter))
        except ConnectorError as error:
            return self.failed(claimed, error.message, may_retry=error.may_retry)
        except Unavailable as error:
            return self.failed(claimed, error.message, may_retry=True)
        except Exception as error:
            log.exception("digest failed", person=claimed.job.element)
            return self.failed(claimed, f"{type(error).__name__}: {error}", may_retry=True)
        return SettleDigest(claimed=claimed)

    def call(self, claimed: ClaimedJob, letter: Letter) -> Call:
        """One attempt: the mail of one day has the same key however often it is tried."""
        key = f"digest{claimed.job.key}-{letter.day}"
        return Call(key, 0, claimed.job.element, claimed.attempt, PATIENCE, self.settings)

    def failed(self, claimed: ClaimedJob, message: str, *, may_retry: bool) -> SettleDigest:
        """Tell operators, and leave the mail server in peace for a while."""
        job = claimed.job
        log.warning("digest not sent", person=job.element, failures=job.failures + 1, reason=message)
        if may_retry:
            self.rest(PAUSE)
        return SettleDigest(claimed=claimed, failure=message, may_retry=may_retry)


def mail(letter: Letter) -> Mail:
    """The mail that a letter is: no reply of a machine is wanted, and programs find where it is chosen (RFC 3834, 2369)."""
    headers = {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{letter.settings}>"}
    return Mail(to=letter.to, subject=letter.subject, text=letter.text, html=letter.html, headers=headers)


def _now() -> int:
    return time.time_ns() // 1000
