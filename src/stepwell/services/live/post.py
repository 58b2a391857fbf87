"""Between the servers of one database: what this one did goes out soon after its commit, what others did comes in.

Going out: a thread that works out the events of what was committed in the last 20 milliseconds, if anybody on
any server wants them. Nothing of it happens in a transaction. Coming in: a thread that listens as long as
somebody is interested here.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from stepwell.errors import Rejection
from stepwell.services.batch import Batch
from stepwell.services.live.event import LiveEvent
from stepwell.services.live.found import events_of
from stepwell.services.live.wire import Receiver, Sender
from stepwell.store import Store, live
from stepwell.store.channel import Channel, Ear

TOGETHER = 0.02  # seconds in which what is committed goes out together
ASKED_FOR = 0.25  # seconds that an answer whether somebody wants it is taken for true
SETTLED = 1.0  # seconds after which all servers know that this one wants it
WANTS_FOR = 30_000_000  # microseconds
RENEWED = 10.0  # seconds after which a server says again that it wants it, or that it lives
PAUSE = 1.0  # seconds before the next attempt when the database does not answer

Tell = Callable[[Sequence[LiveEvent]], None]


def complain(what: str, error: Exception) -> None:
    """Tell operators of something that mends itself (the logger is slow to import)."""
    import structlog

    structlog.get_logger().warning(what, reason=str(error))


class Outbox:
    """What goes out. ``tell`` is given the events when ``is_wanted`` here; ``reset`` is called when some were lost."""

    def __init__(self, store: Store, channel: Channel, server: str) -> None:
        self.store = store
        self.channel = channel
        self.server = server
        self.sender = Sender(server)
        self.is_wanted: Callable[[], bool] = lambda: False
        self.tell: Tell = lambda _events: None
        self.reset: Callable[[], None] = lambda: None
        self.queue: deque[Batch | LiveEvent] = deque()
        self.bell = threading.Event()
        self.is_closing = threading.Event()
        self.mutex = threading.Lock()
        self.thread: threading.Thread | None = None
        self._others: tuple[float, bool] = (float("-inf"), False)

    def put(self, *found: Batch | LiveEvent) -> None:
        """Something was committed; costs next to nothing. From any thread."""
        self.queue.extend(found)
        if not self.bell.is_set():
            self.bell.set()
            if self.thread is None:
                self.start()

    def start(self) -> None:
        """Begin to work, if that has not been done."""
        with self.mutex:
            if self.thread is None and not self.is_closing.is_set():
                self.thread = threading.Thread(target=self._work, name="live out", daemon=True)
                self.thread.start()

    def close(self) -> None:
        """Let out what is there, and end."""
        with self.mutex:
            self.is_closing.set()
            self.bell.set()
        if self.thread is not None:
            self.thread.join(5.0)
        self.channel.close()

    def _work(self) -> None:
        while not (self.is_closing.is_set() and not self.queue):
            if self.bell.wait(RENEWED):
                self.is_closing.wait(TOGETHER)
            self.bell.clear()
            self._attempt()
        if self.sender.number:
            self._send([self.sender.message(is_last=True)])

    def _attempt(self) -> None:
        try:
            if self.queue:
                self._let_out()
            elif self.do_others_want():
                self._send([self.sender.message()])
        except Exception as error:  # noqa: BLE001 - who listens reads anew, others with the next message
            complain("live events not told", error)
            self.sender.skip()
            self.reset()

    def _let_out(self) -> None:
        found = [self.queue.popleft() for _ in range(len(self.queue))]
        is_wanted, do_others = self.is_wanted(), self.do_others_want()
        if not is_wanted and not do_others:
            return
        events = [event for one in found for event in (events_of(one) if isinstance(one, Batch) else (one,))]
        if is_wanted:
            self.tell(events)
        if do_others:
            self._send([*self.sender.packed(events)])

    def _send(self, messages: Sequence[str]) -> None:
        if messages:
            self.channel.send(messages)

    def do_others_want(self) -> bool:
        """Whether another server wants to hear of changes, as it was a moment ago."""
        asked_at, answer = self._others
        now = time.monotonic()
        if now - asked_at >= ASKED_FOR:
            with self.store.reading() as session:
                answer = live.is_wanted(session, self.server)
            self._others = (now, answer)
        return answer


class Inbox:
    """What comes in, while ``is_wanted``. ``reset`` is called when something may have been missed."""

    def __init__(self, store: Store, channel: Channel, server: str) -> None:
        self.store = store
        self.channel = channel
        self.server = server
        self.receiver = Receiver(server)
        self.is_wanted: Callable[[], bool] = lambda: False
        self.tell: Tell = lambda _events: None
        self.reset: Callable[[], None] = lambda: None
        self.is_closing = threading.Event()
        self.thread: threading.Thread | None = None

    def open(self) -> None:
        """Listen from now on, unless it does already."""
        if (self.thread is None or not self.thread.is_alive()) and not self.is_closing.is_set():
            self.thread = threading.Thread(target=self._work, name="live in", daemon=True)
            self.thread.start()

    def close(self) -> None:
        """End."""
        self.is_closing.set()
        if self.thread is not None:
            self.thread.join(5.0)

    @property
    def goes_on(self) -> bool:
        return self.is_wanted() and not self.is_closing.is_set()

    def _work(self) -> None:
        while self.goes_on:
            try:
                with self.channel.listening() as ear:
                    self._listen(ear)
            except Rejection as error:
                complain("live events of other servers not heard", error)
                self.is_closing.wait(PAUSE)

    def _listen(self, ear: Ear) -> None:
        """Hear what others tell. At first not all of them know that it is wanted: then everybody reads anew."""
        self.receiver.begin()
        self._want()
        wanted_at = time.monotonic()
        is_settled = False
        while self.goes_on:
            for message in ear.hear(0.5 if is_settled else SETTLED / 4):
                self._hear(message)
            now = time.monotonic()
            if not is_settled and now - wanted_at >= SETTLED:
                is_settled = True
                self.reset()
            if now - wanted_at >= RENEWED:
                self._want()
                wanted_at = now
                if self.receiver.lost():
                    self.reset()
        self._want_no_more()

    def _hear(self, message: str) -> None:
        events, is_gap = self.receiver.take(message)
        if is_gap:
            self.reset()
        if events:
            self.tell(events)

    def _want(self) -> None:
        with self.store.transaction() as tx:
            live.want(tx.session, self.server, tx.now + WANTS_FOR)

    def _want_no_more(self) -> None:
        with self.store.transaction() as tx:
            live.want_no_more(tx.session, self.server)
