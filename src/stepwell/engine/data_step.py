"""Data steps: what one asks for, evaluated when it is entered, and kept on its job until it is done."""

from msgspec import Struct, msgpack

from stepwell import feel
from stepwell.engine import mapping, timing
from stepwell.engine.definition import Lookup
from stepwell.engine.events import JobCreated
from stepwell.engine.mapping import over
from stepwell.engine.record_filter import filled
from stepwell.engine.record_work import SELECTED, TYPES, Records
from stepwell.engine.rows import Job
from stepwell.engine.run import At, Run


class Asked(Struct, frozen=True, array_like=True, omit_defaults=True):
    """What a data step asks for, and how far it has come. Fields of bytes are encoded FEEL values.

    ``given`` are the variables that expressions need beside the selected record. ``person``: whose rights count;
    None: the system's. ``phase``: empty before the first look; ``look`` while records are counted, ``touch`` while
    slices of them are touched, ``these`` when exactly ``ids`` are to be. Records behind the id ``after`` up to
    ``highest`` are left, of the filter as it was ``at`` a time; ``count`` are those counted or touched.
    """

    record_type: str
    mode: str = ""
    field: str = ""
    sort: tuple[str, ...] = ()
    limit: int | None = None
    source: str = ""
    at_most: int | None = None
    all_or_nothing: bool = False
    filter: bytes = b""
    values: bytes = b""
    given: bytes = b""
    person: str | None = None
    starter: str = ""
    depth: int = 0
    phase: str = ""
    after: int = 0
    highest: int = 0
    at: int = 0
    count: int = 0
    ids: tuple[int, ...] = ()

    @property
    def selected_type(self) -> str:
        """The record type to which the filter belongs."""
        return self.source or self.record_type


pack = msgpack.Encoder().encode
_decode = msgpack.Decoder(Asked).decode


def asked_of(job: Job) -> Asked:
    """What the job of a data step asks for."""
    return _decode(job.args)


def is_data_step(job: Job) -> bool:
    return job.type in TYPES


def has_begun(job: Job) -> bool:
    """Whether records were touched: then a retry goes on behind them; otherwise it begins anew, with other values."""
    asked = asked_of(job)
    return asked.phase == "touch" and asked.count > 0


def create(run: Run, at: At, type: str, records: Records, again: tuple[int, str]) -> None:
    """Make the job of a data step; ``again`` is how often and how much later it is tried again if it breaks."""
    run.activate(at)
    lookup = over(mapping.inputs(run, at), run.lookup(at.key or at.scope))
    args = pack(asked(run, records, lookup))
    retries, backoff = again
    seconds = timing.duration_due(backoff, 0) / 1_000_000
    job = Job(
        run.state.next_key(),
        at.key,
        at.element.id,
        type,
        run.now,
        retries=retries,
        backoff=seconds,
        args=args,
    )
    run.emit(JobCreated(job))


def asked(run: Run, records: Records, lookup: Lookup) -> Asked:
    """Evaluate what the author wrote; raises ``Stuck`` and ``FeelError``."""
    starter = run.state.instance.starter
    return Asked(
        records.record_type,
        records.mode,
        records.field,
        records.sort,
        records.limit,
        records.source,
        records.at_most,
        records.all_or_nothing,
        b"" if records.filter is None else feel.encode(filled(records.filter, lookup, run.time)),
        b"" if records.is_of_each else feel.encode(values(run, records, lookup)),
        feel.encode(variables(records, lookup)) if records.is_of_each else b"",
        starter if run.definition.rights == "starter" else None,
        starter,
        run.depth,
    )


def values(run: Run, records: Records, lookup: Lookup) -> dict[str, object]:
    """What each field becomes."""
    return {
        item.field: None if item.value is None else item.value.value(lookup, run.time)
        for item in records.values
    }


def variables(records: Records, lookup: Lookup) -> dict[str, object]:
    """The variables that its values read, as they are now."""
    expressions = [item.value.expression for item in records.values if item.value is not None]
    names = {name for expression in expressions if expression is not None for name in expression.names}
    found = {name: lookup(name) for name in sorted(names - {SELECTED})}
    return {name: value for name, value in found.items() if value is not feel.MISSING}
