"""Oneself over HTTP: logging in and out, settings, sessions and API tokens."""

from typing import Annotated, Any

from litestar import Request, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody, QueryParameter
from litestar.response import Response
from msgspec import Struct
from msgspec.structs import asdict

from stepwell.api import bodies, callers
from stepwell.api.command import Asked, command, failures, reader
from stepwell.api.front import expect_json
from stepwell.api.reading import After, Limit, Text, TheActor, TheCaller, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.errors import Forbidden, Invalid, Problem, Unauthenticated
from stepwell.services import api_tokens, logins, me
from stepwell.services.api_tokens import ApiTokens, NewApiToken
from stepwell.services.logins import Attempt, LoginSession
from stepwell.services.me import Me, PasswordChange, SettingsChange


class Done(Struct, frozen=True):
    """It is so now."""

    is_done: bool = True


class Sessions(Struct, frozen=True):
    """Where a person is logged in."""

    items: tuple[LoginSession, ...]


_read_login = reader(bodies.LogIn)


async def _expect_login(request: Request[Any, Any, Any]) -> None:
    """The framework would take any media type, and tell the first fault only."""
    expect_json(request.headers.get("content-type", "").encode())
    _read_login(await request.body())


@post(
    "/login", status_code=200, tags=["me"], operation_id="log_in", summary="Log in",
    responses=failures(413, 415, 429, 503), before_request=_expect_login,
)  # fmt: skip
async def log_in(
    request: Request[Any, Any, Any], rooms: TheRooms, data: JSONBody[bodies.LogIn]
) -> Response[Me]:
    """Begin a session in this browser: the answer sets its cookie. No login is needed, of course.

    What changes something in a session has to come with the header `Stepwell-Request`, with any value.
    """
    headers = dict(request.scope["headers"])
    callers.expect_own_page(headers, rooms)
    address = callers.address_of(request.scope, headers, rooms)
    rooms.gate.expect_open(address)
    attempt = Attempt(data.name, data.password, address, callers.text_of(headers.get(b"user-agent", b"")))
    try:
        made = await rooms.read_long(logins.login, rooms.store, attempt, rooms.settings)
    except Unauthenticated:
        rooms.gate.failed(address)
        raise
    found = await rooms.read(me.load, rooms.directory, rooms.directory.actor(made.person), rooms.settings)
    return Response(found, cookies=[_cookie(request, rooms, made.secret, round(made.seconds))])


@post(
    "/logout", status_code=200, tags=["me"], operation_id="log_out", summary="Log out", responses=failures(503),
)  # fmt: skip
async def log_out(request: Request[Any, Any, Any], rooms: TheRooms, caller: TheCaller) -> Response[Done]:
    """End this session; its cookie is worthless at once. Nothing happens to an API token."""
    await rooms.read_long(logins.logout, rooms.store, caller)
    return Response(Done(), cookies=[_cookie(request, rooms, "", 0)])


def _cookie(request: Request[Any, Any, Any], rooms: Rooms, value: str, seconds: int) -> Cookie:
    secure = callers.is_secure(request.scope, rooms)
    name = callers.SAFE_COOKIE if secure else callers.COOKIE
    return Cookie(name, "/", value, seconds, httponly=True, secure=secure, samesite="lax")


@read("/me", "me")
async def get_me(rooms: TheRooms, actor: TheActor) -> Me:
    """Who one is here: name, roles, rights and settings."""
    return await rooms.read(me.load, rooms.directory, actor, rooms.settings)


@command("PUT", "/me/settings")
async def change_settings(rooms: Rooms, asked: Asked, given: bodies.ChangeSettings) -> Me:
    """Set something for oneself; what is not said stays."""
    found = asdict(given)
    del found["actor"]
    changed = SettingsChange(**found)
    return await rooms.read_long(me.change_settings, rooms.directory, changed, asked.actor, rooms.settings)


@command("PUT", "/me/password")
async def change_password(rooms: Rooms, asked: Asked, given: bodies.ChangePassword) -> Done:
    """Change one's own password; all sessions end but this one."""
    changed = PasswordChange(given.old, given.new)
    await rooms.read_long(me.change_password, rooms.directory, changed, asked.caller, rooms.settings)
    return Done()


@read("/me/sessions", "me")
async def list_sessions(rooms: TheRooms, caller: TheCaller) -> Sessions:
    """Where one is logged in."""
    return Sessions(await rooms.read(logins.sessions, rooms.store, caller))


@command("POST", "/sessions/{id:str}/end")
async def end_session(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Done:
    """End one of one's own sessions."""
    await rooms.read_long(logins.end_session, rooms.store, asked.actor.name, asked.id, asked.actor)
    return Done()


@read("/api-tokens", "me")
async def list_api_tokens(
    rooms: TheRooms,
    actor: TheActor,
    person: Text = None,
    of_everybody: Annotated[bool, QueryParameter(description="Those of all people, by person.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> ApiTokens:
    """One's own API tokens, or for administrators those of a `person` or `of_everybody`. No secret is shown again."""
    if of_everybody and person is not None:
        message = "Expected a person or of_everybody, but found both."
        raise Invalid("parameters.invalid", message, [Problem("parameter.excluded", message, field="person")])
    whose = "" if of_everybody else person or actor.name
    return await rooms.read(api_tokens.page, rooms.store, whose, api_tokens.Page(limit, after), actor)


@command("POST", "/api-tokens", status=201, is_secret=True)
async def add_api_token(rooms: Rooms, asked: Asked, given: bodies.AddApiToken) -> NewApiToken:
    """Make an API token of one's own. Its secret is in this answer and never again; it begins with `stw_`.

    `read` sees what the person sees, `act` also works as a participant, `all` has all rights of the person.
    """
    if asked.caller.kind == "api token":
        message = "Expected a person who logged in, but this is an API token, and those make no others."
        raise Forbidden("api-token.forbidden", message)
    return await rooms.read_long(
        api_tokens.add,
        rooms.directory,
        asked.actor.name,
        api_tokens.Wanted(given.name, given.scope, given.days),
    )


@command("POST", "/api-tokens/{id:str}/revoke")
async def revoke_api_token(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Done:
    """Make an API token worthless at once."""
    await rooms.read_long(api_tokens.revoke, rooms.store, asked.id, asked.actor)
    return Done()
