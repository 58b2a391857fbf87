"""What happens to the data steps of an instance."""

from msgspec.structs import replace

from stepwell.engine.event import Event
from stepwell.engine.state import State


class RecordsTouched(Event, frozen=True, gc=False, tag=36):
    """A data step read, added, changed or deleted so many records in this transaction; ``verb`` says which."""

    key: int
    element: str
    verb: str
    record_type: str
    count: int


class JobWentOn(Event, frozen=True, gc=False, tag=37):
    """A part of the job is done, and kept with it; the rest is due at once."""

    key: int
    due_at: int
    args: bytes

    def apply(self, state: State) -> None:
        job = replace(state.jobs[self.key], due_at=self.due_at, args=self.args, failures=0, error="")
        state.jobs.put(self.key, job)
