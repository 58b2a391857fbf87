"""What changes something: a body of JSON in, one request to the services, an answer out.

A command is declared once. ``front.py`` carries it out without the framework's machinery, which would cost
more than the work itself; ``described`` gives the same command to the framework, for the API's description.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, NamedTuple, get_type_hints

import msgspec
from litestar import Request, route
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, JSONBody
from msgspec import Struct

from stepwell.api import fitting
from stepwell.api.callers import in_person
from stepwell.api.headers import expect_none, wrong_headers
from stepwell.api.once import Keyed, once
from stepwell.api.problems import MEDIA_TYPE, HttpRejection, ProblemReport
from stepwell.api.rooms import Rooms
from stepwell.identity import Actor
from stepwell.services.directory import Caller

PREFIX = "/api/v1"
ID = "{id:str}"


class Asked(NamedTuple):
    """What a request says outside its body: who asks, the id in its path, and its idempotency key."""

    caller: Caller
    id: str = ""
    idempotency_key: str = ""

    @property
    def actor(self) -> Actor:
        """Whom the policies judge, and the history names."""
        return self.caller.actor


Method = Literal["POST", "PUT"]
Carry = Callable[[Rooms, Asked, Any], Awaitable[Struct]]


class Command(NamedTuple):
    """A route that changes something; ``read`` reads its body, ``carry_out`` does it."""

    method: Method
    path: str
    status: int
    carry_out: Carry
    body: type[Struct]
    answer: type[Struct]
    read: Callable[[bytes], Any]
    is_repeatable: bool
    is_secret: bool

    async def perform(self, rooms: Rooms, asked: Asked, given: Any) -> Struct:
        """Carry it out; repeated with the same key it changes nothing and answers as the first time."""
        if self.is_repeatable:
            return await self.carry_out(rooms, asked, given)
        name = f"{self.path} {asked.id}"
        keyed = Keyed(asked.actor.name, asked.idempotency_key, name, given, self.is_secret)
        return await once(rooms, keyed, self.answer, lambda: self.carry_out(rooms, asked, given))


def command(
    method: Method, path: str, *, status: int = 200, is_repeatable: bool = False, is_secret: bool = False
) -> Callable[[Carry], Command]:
    """Declare a command; body and answer are those of the function's annotations.

    The header ``Idempotency-Key`` makes a repetition answer as the first time; ``is_repeatable``: the command sees to
    that itself. ``is_secret``: its answer is kept nowhere, so a repetition is refused.
    """

    def declare(carry_out: Carry) -> Command:
        hints = get_type_hints(carry_out)
        body, answer = hints["given"], hints["return"]
        return Command(method, path, status, carry_out, body, answer, reader(body), is_repeatable, is_secret)

    return declare


def asked(caller: Caller, body: object, id: str, key: str) -> Asked:
    """What a request asks for; a body may say in whose name (``callers.in_person``)."""
    named: str = getattr(body, "actor", "")
    return Asked(in_person(caller, named) if named else caller, id, key)


def reader(body: type[Struct]) -> Callable[[bytes], Any]:
    """Reads a body; ``Invalid`` with everything that is wrong with it, msgspec.DecodeError if it is no JSON."""
    decode = msgspec.json.Decoder(body).decode

    def read(data: bytes) -> Any:
        try:
            return decode(data)
        except msgspec.ValidationError:
            raise fitting.refusal(body, data) from None
        except msgspec.DecodeError:
            if data.strip():
                raise
            raise HttpRejection(400, "body.not-json", "Expected a body of JSON, but it is empty.") from None

    return read


def failures(*more: int) -> dict[int, ResponseSpec]:
    """How the description shows what can go wrong, beside what always can."""
    texts = {400: "Not readable", 401: "Nobody known", 403: "Not allowed", 404: "Not there", 409: "Not in this state",
             413: "Too large", 415: "Not of this media type", 422: "Wrong input", 429: "Too often", 503: "Not now"}  # fmt: skip
    return {
        status: ResponseSpec(ProblemReport, generate_examples=False, description=texts[status], media_type=MEDIA_TYPE)
        for status in sorted({400, 401, 403, 404, 422, *more})
    }  # fmt: skip


def described(found: Command, tag: str) -> HTTPRouteHandler:
    """The command as a route of the framework."""
    body, answer = found.body, found.answer

    async def perform(
        request: Request[Any, Any, Any],
        rooms: NamedDependency[Rooms],
        data: JSONBody[body],  # type: ignore[valid-type]
        key: Annotated[str, HeaderParameter(name="Idempotency-Key", max_length=255)] = "",
    ) -> answer:  # type: ignore[valid-type]
        return await found.perform(rooms, _asked(request, data, key), data)

    async def read_first(request: Request[Any, Any, Any]) -> None:
        expect_none([*wrong_headers(request)])
        found.read(await request.body())  # the framework would tell the first fault only

    name: str = found.carry_out.__name__
    declare = route(
        found.path, http_method=found.method, status_code=found.status, tags=[tag], operation_id=name,
        summary=name.replace("_", " ").capitalize(), description=inspect.getdoc(found.carry_out),
        responses=failures(409, 413, 415, 503), guards=[only_json], before_request=read_first,
    )  # fmt: skip
    return declare(perform)


def _asked(request: Request[Any, Any, Any], body: object, key: str) -> Asked:
    """Parts of a path that are ids stand in its id with a slash between them: ``contact/17``."""
    caller: Caller = request.scope["caller"]  # type: ignore[typeddict-item]
    return asked(caller, body, "/".join(request.path_params.values()), key)


def only_json(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Refuse any other body on the long way too: a page of another site can not send JSON unasked."""
    media_type = connection.headers.get("content-type", "")
    if media_type.partition(";")[0].strip().lower() != "application/json":
        message = f"Expected a body of application/json, but found {media_type!r}."
        raise HttpRejection(415, "body.media-type", message)
