"""Records over HTTP: lists, single ones, what happened to them, what belongs to them, CSV files."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, post
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import HeaderParameter, PathParameter, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from stepwell.api import record_bodies as bodies
from stepwell.api.command import Asked, command, failures
from stepwell.api.problems import HttpRejection
from stepwell.api.reading import Id, Limit, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import searching
from stepwell.services.pages import approvals
from stepwell.services.pages.approvals import Approvals
from stepwell.services.records import exporting, reading, related, requests
from stepwell.services.records.importing import Imported
from stepwell.services.records.presenting import Record
from stepwell.services.records.reading import Counted, HistoryPage, ListAsked, Measure, Measured, RecordPage
from stepwell.services.records.related import Related
from stepwell.services.records.searching import Hits
from stepwell.services.records.verbs import Deleted

CSV = "text/csv"
LARGEST_FILE = 64 * 1024 * 1024
_NO_NUL = r"^[^\u0000]*$"

Type = Annotated[str, PathParameter(max_length=60, description="The name of a record type.")]
FilterText = Annotated[
    str | None,
    QueryParameter(
        name="filter", max_length=20_000, pattern=_NO_NUL,
        description='As JSON, such as {"all": [{"field": "account.city", "op": "=", "value": "Oslo"}]}.',
    ),
]  # fmt: skip
Names = Annotated[
    str | None,
    QueryParameter(
        max_length=2000, pattern=_NO_NUL, description="Fields with commas between them; all if not said."
    ),
]
Sort = Annotated[
    str,
    QueryParameter(
        max_length=300, pattern=_NO_NUL,
        description="Fields with commas between them, - before one that begins with the largest; newest first if not said.",
    ),
]  # fmt: skip
Search = Annotated[
    str, QueryParameter(max_length=200, pattern=_NO_NUL, description="Words that stand in the texts.")
]
After = Annotated[
    str | None, QueryParameter(max_length=16_000, description="What the page before gave as its `after`.")
]
Key = Annotated[str, HeaderParameter(name="Idempotency-Key", max_length=255)]
Answer = TypeVar("Answer")


class RelatedLists(Struct, frozen=True):
    """The lists that belong to a record."""

    items: tuple[Related, ...]


def _asked(type: str, filter: str | None, search: str, **more: Any) -> ListAsked:
    return ListAsked(type=type, filter=reading.plain_filter(filter), search=search, **more)


def field_names(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(name.strip() for name in text.split(",") if name.strip())


@read("/records/{type:str}", "records")
async def list_records(
    rooms: TheRooms,
    actor: TheActor,
    type: Type,
    filter_text: FilterText = None,
    sort: Sort = "",
    columns: Names = None,
    search: Search = "",
    limit: Limit = 50,
    after: After = None,
) -> RecordPage:
    """Records of a type that one may see: filtered, searched, sorted, a page at a time."""
    asked = _asked(
        type,
        filter_text,
        search,
        sort=field_names(sort) or (),
        columns=field_names(columns),
        limit=limit,
        after=after,
    )
    return await rooms.read_long(reading.page, rooms.store, actor, asked)


@read("/records/{type:str}/count", "records")
async def count_records(
    rooms: TheRooms, actor: TheActor, type: Type, filter_text: FilterText = None, search: Search = ""
) -> Counted:
    """How many records there are, exactly up to 10,000."""
    return await rooms.read_long(reading.count, rooms.store, actor, _asked(type, filter_text, search))


@read("/records/{type:str}/measure", "records")
async def measure_records(
    rooms: TheRooms,
    actor: TheActor,
    type: Type,
    what: Annotated[Measure, QueryParameter(description="What is worked out.")],
    field: Annotated[str, QueryParameter(min_length=1, max_length=60, pattern=_NO_NUL)],
    filter_text: FilterText = None,
    search: Search = "",
) -> Measured:
    """The sum, average, least or greatest of a field over records; exact, whatever their number."""
    asked = _asked(type, filter_text, search)
    return await rooms.read_long(reading.measure, rooms.store, actor, asked, what, field)


@read("/records/{type:str}/export", "records", media_type=CSV)
async def export_records(
    rooms: TheRooms,
    actor: TheActor,
    type: Type,
    filter_text: FilterText = None,
    sort: Sort = "",
    columns: Names = None,
    search: Search = "",
) -> Stream:
    """Records as a CSV file that an import of it would leave unchanged."""
    asked = _asked(type, filter_text, search, sort=field_names(sort) or (), columns=field_names(columns))
    pieces = exporting.export_csv(rooms.store, actor, asked)
    first = await asyncio.to_thread(next, pieces)
    headers = {
        "content-disposition": f'attachment; filename="{type}.csv"',
        "x-content-type-options": "nosniff",
    }
    return Stream(_rest(first, pieces), media_type=f"{CSV}; charset=utf-8", headers=headers)


def _rest(first: str, others: Iterator[str]) -> Iterator[bytes]:
    yield first.encode()
    for piece in others:
        yield piece.encode()


@read("/records/{type:str}/{id:str}", "records")
async def get_record(rooms: TheRooms, actor: TheActor, type: Type, id: Id) -> Record:
    """One record, with how the records are called to which it leads."""
    return await rooms.read(reading.load, rooms.store, actor, type, id)


@read("/records/{type:str}/{id:str}/history", "records")
async def get_record_history(
    rooms: TheRooms,
    actor: TheActor,
    type: Type,
    id: Id,
    limit: Limit = 50,
    after: Annotated[
        int | None, QueryParameter(ge=1, le=2**53, description="Only changes below this revision.")
    ] = None,
) -> HistoryPage:
    """Who changed what from what to what, and through which step of a process; the newest first."""
    return await rooms.read_long(reading.history_page, rooms.store, actor, (type, id), after, limit)


@read("/records/{type:str}/{id:str}/related", "records")
async def get_related_lists(rooms: TheRooms, actor: TheActor, type: Type, id: Id) -> RelatedLists:
    """Which records link to this one: through which fields, how many, and the filter that lists them."""
    return RelatedLists(await rooms.read_long(related.related, rooms.store, actor, (type, id)))


@read("/records/{type:str}/{id:str}/approvals", "records")
async def get_approvals(rooms: TheRooms, actor: TheActor, type: Type, id: Id) -> Approvals:
    """What was decided about a record in approvals, by whom, the newest first."""
    return await rooms.read_long(approvals.of_record, rooms.store, actor, (type, id))


@read("/search", "records")
async def search_everything(
    rooms: TheRooms,
    actor: TheActor,
    text: Annotated[str, QueryParameter(min_length=1, max_length=200, pattern=_NO_NUL)],
) -> Hits:
    """Steps that one has or may take, processes that one may run, and records of all types in whose texts all the
    words stand: at most ten of each. `kind` is `step`, `process` or `record`.
    """
    return await rooms.read_long(searching.search, rooms.store, actor, text)


@command("POST", "/records/{type:str}", status=201, is_repeatable=True)
async def add_record(rooms: Rooms, asked: Asked, given: bodies.AddRecord) -> Record:
    """Add a record. Everything that does not fit is told at once."""
    request = requests.add(asked.actor, asked.id, given.values, idempotency_key=asked.idempotency_key)
    return answer(await rooms.submit(request), Record)


@command("PUT", "/records/{type:str}/{id:str}", is_repeatable=True)
async def change_record(rooms: Rooms, asked: Asked, given: bodies.ChangeRecord) -> Record:
    """Give a record new values; 409 with theirs and yours when somebody saved since the revision that was seen."""
    request = requests.change(
        asked.actor, place(asked.id), given.values, given.revision, cancel_step=given.cancel_step,
        idempotency_key=asked.idempotency_key,
    )  # fmt: skip
    return answer(await rooms.submit(request), Record)


@command("POST", "/records/{type:str}/{id:str}/delete", is_repeatable=True)
async def delete_record(rooms: Rooms, asked: Asked, given: bodies.DeleteRecord) -> Deleted:
    """Delete a record; 409 with the places when others link to it and their links do not say what becomes of them."""
    request = requests.delete(
        asked.actor, place(asked.id), given.revision, idempotency_key=asked.idempotency_key
    )
    return answer(await rooms.submit(request), Deleted)


def place(id: str) -> tuple[str, str]:
    """The type and the number in a public id."""
    type, _, number = id.partition("/")
    return type, number


def answer(done: Any, kind: type[Answer]) -> Answer:
    """What the services kept as the answer."""
    return msgspec.json.decode(done.answer, type=kind)


@dataclass
class CsvBody(Operation):
    """An operation whose body is a CSV file."""

    def __post_init__(self) -> None:
        schema = Schema(
            type=OpenAPIType.STRING, description="A header with field names, then a line for each record."
        )
        content = OpenAPIMediaType(schema, example="name,email\nAda,ada@example.org\n")
        self.request_body = RequestBody({CSV: content}, required=True)


@post(
    "/records/{type:str}/import", status_code=200, tags=["records"], operation_id="import_records",
    summary="Import records", operation_class=CsvBody, responses=failures(409, 413, 415, 503),
    request_max_body_size=LARGEST_FILE,
)  # fmt: skip
async def import_records(
    request: Request[Any, Any, Any],
    rooms: TheRooms,
    actor: TheActor,
    type: Type,
    key_field: Annotated[
        str,
        QueryParameter(
            name="key", max_length=60, pattern=_NO_NUL, description="The column by which records are known."
        ),
    ] = "",
    trial: Annotated[bool, QueryParameter(description="Only say what would happen.")] = False,
    key: Key = "",
) -> Imported:
    """Add and change the records of a CSV file: all of it or nothing, every problem with its line."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != CSV:
        raise HttpRejection(415, "body.media-type", f"Expected a body of {CSV}, but found {media_type!r}.")
    try:
        text = (await request.body()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HttpRejection(
            400, "body.not-utf8", f"Expected a file in UTF-8, but byte {error.start} is none."
        ) from None
    wish = requests.import_csv(actor, type, text, key_field, is_trial=trial, idempotency_key=key)
    return answer(await rooms.submit_long(wish), Imported)
