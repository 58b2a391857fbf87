"""One transaction: load, decide elsewhere, save, commit."""

from collections.abc import Sequence

from stepwell.store import loading, saving, statements
from stepwell.store.loading import Loaded, Target
from stepwell.store.saving import Save
from stepwell.store.session import Began, Session


class Transaction:
    """What a service may do between the beginning and the commit; made by ``Store.transaction``."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._began: Began | None = None

    @property
    def began(self) -> Began:
        if self._began is None:
            self._began = self.session.began()
        return self._began

    @property
    def now(self) -> int:
        """The database's time when the transaction began, in microseconds since 1970 UTC."""
        return self.began.now

    @property
    def epoch(self) -> int:
        """Counts the changes of what is current: latest versions, start subscriptions."""
        return self.began.epoch

    def raise_epoch(self) -> None:
        """Tell every process that what is current has changed."""
        self.session.run(statements.RAISE_EPOCH)

    def new_instance_ids(self, count: int) -> list[int]:
        """Ids for new instances."""
        return list(self.session.numbers("process_instance_id", count)) if count else []

    def load(self, targets: Sequence[Target]) -> Loaded:
        """Lock and load the instances of ``targets`` with what commands on those usually need."""
        return loading.load(self.session, targets)

    def save(self, saves: Sequence[Save]) -> None:
        """Write what changed in each state, and its history. LookupError: a row was not as it was read."""
        saving.save(self.session, saves)
