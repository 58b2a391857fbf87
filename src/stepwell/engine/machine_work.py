"""Work for machines: jobs of connectors."""

from stepwell import feel
from stepwell.engine import mapping, timing
from stepwell.engine.events import JobCreated
from stepwell.engine.rows import Job
from stepwell.engine.run import At, Run


def create_job(run: Run, at: At, type: str, retries: int, waits: tuple[str, str]) -> None:
    """Give the element's work to a connector; ``waits`` are time-out and back-off as ISO 8601 durations."""
    run.activate(at)
    args = feel.encode(mapping.inputs(run, at))
    timeout, backoff = (timing.duration_due(wait, 0) / 1_000_000 for wait in waits)
    job = Job(
        run.state.next_key(), at.key, at.element.id, type, run.now,
        retries=retries, timeout=timeout, backoff=backoff, args=args,
    )  # fmt: skip
    run.emit(JobCreated(job))
