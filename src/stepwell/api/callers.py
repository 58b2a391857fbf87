"""Who asks: found by what the request brings, a bearer or a session's cookie.

What was found once is remembered by the directory, so that a request costs a hash and a look.
"""

import hmac
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from stepwell.api.problems import HttpRejection
from stepwell.api.rooms import Rooms
from stepwell.errors import Forbidden, Unauthenticated
from stepwell.identity import STEPWELL, Actor, in_the_name_of
from stepwell.services import given
from stepwell.services.directory import Caller, Kind, digest

Headers = Mapping[bytes, bytes]

COOKIE = "stepwell"
SAFE_COOKIE = "__Host-stepwell"  # browsers take it from this very host only, and only encrypted
OWN_HEADER = b"stepwell-request"  # no page of another site can send it unasked
ACTOR_HEADER = b"stepwell-actor"
READS = frozenset({"GET", "HEAD", "OPTIONS"})
INSTALLATION = Caller(Actor(rights=STEPWELL.rights), "installation")
_BEARER = b"Bearer "


class Doorkeeper:
    """Finds who asks, and refuses what a page of another site could have made a browser send."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        token = rooms.settings.token
        self.installation = b"" if token is None else digest(token.get_secret_value())

    async def caller(self, scope: Any, headers: Headers) -> Caller:
        """Who asks; raises ``Unauthenticated`` and ``Forbidden``."""
        directory = self.rooms.directory
        if not directory.is_fresh(time.monotonic()):
            await self.rooms.read(directory.refresh)
        kind, secret = secret_of(headers, is_secure(scope, self.rooms))
        found = self.installed(secret) if kind == "api token" else None
        found = found or directory.remembered(secret, kind)
        found = found or await self.rooms.read_long(directory.caller, secret, kind)
        if found is None:
            raise Unauthenticated(
                "bearer.missing", "Expected a session, an API token or the installation's, but found another."
            )
        if scope["method"] not in READS:
            self.expect_may_change(found, scope, headers)
        named = headers.get(ACTOR_HEADER)
        return found if named is None else in_person(found, text_of(named))

    def installed(self, secret: bytes) -> Caller | None:
        return INSTALLATION if hmac.compare_digest(secret, self.installation) else None

    def expect_may_change(self, caller: Caller, scope: Any, headers: Headers) -> None:
        """Raise ``Forbidden`` for an API token that only reads, and for what no page of ours has sent."""
        if caller.reads_only:
            raise Forbidden("api-token.reads-only", "Expected an API token that may act, but this one reads.")
        if caller.kind == "session":
            expect_own_page(headers, self.rooms)
            if OWN_HEADER not in headers:
                raise Forbidden("request.foreign", "Expected the header Stepwell-Request, but found none.")


def secret_of(headers: Headers, secure: bool) -> tuple[Kind, bytes]:
    """The kind and the hash of what the request brings; raises ``Unauthenticated`` when it brings nothing."""
    given_bearer = headers.get(b"authorization")
    if given_bearer is not None and given_bearer.startswith(_BEARER):
        return "api token", digest(given_bearer[len(_BEARER) :])
    cookies = headers.get(b"cookie")
    if given_bearer is None and cookies is not None:
        secret = cookie_of(cookies, SAFE_COOKIE if secure else COOKIE)
        if secret:
            return "session", digest(secret)
    raise Unauthenticated("bearer.missing", "Expected a session or a token as bearer, but found none.")


def cookie_of(cookies: bytes, name: str) -> bytes:
    """The value of one cookie, empty if there is none."""
    wanted = name.encode() + b"="
    for part in cookies.split(b";"):
        if part.strip().startswith(wanted):
            return part.strip()[len(wanted) :]
    return b""


def is_secure(scope: Any, rooms: Rooms) -> bool:
    """Whether the browser speaks https with us, or with who stands before us."""
    address = rooms.settings.public_url
    return scope.get("scheme") == "https" or (address is not None and address.startswith("https:"))


def address_of(scope: Any, headers: Headers, rooms: Rooms) -> str:
    """Where the request comes from, as far as we or a proxy of ours can see."""
    forwarded = headers.get(b"x-forwarded-for")
    if rooms.settings.behind_proxy and forwarded:
        return text_of(forwarded).rpartition(",")[2].strip()
    client = scope.get("client")
    return str(client[0]) if client else ""


def expect_own_page(headers: Headers, rooms: Rooms) -> None:
    """Raise ``Forbidden`` when a browser says that the request comes from a page of another site."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        if site != b"same-origin":
            raise Forbidden("request.foreign", f"Expected a page of our own, but it is {text_of(site)}.")
        return
    origin = headers.get(b"origin")
    if origin is None:
        return
    ours = {text_of(headers.get(b"host", b"")), urlsplit(rooms.settings.public_url or "").netloc}
    if urlsplit(text_of(origin)).netloc not in ours - {""}:
        raise Forbidden("request.foreign", f"Expected a page of our own, but it is {text_of(origin)[:100]}.")


def in_person(caller: Caller, name: str) -> Caller:
    """The caller in somebody's name: a person only in their own, the installation's in anybody's."""
    if name in ("", caller.actor.name):
        return caller
    if caller.kind == "installation" and not caller.actor.name:
        return Caller(in_the_name_of(given.text(name, "actor")), "installation")
    raise Forbidden(
        "actor.other", f"Expected actor to be {caller.actor.name}, who asks, but found {name[:100]!r}."
    )


def text_of(header: bytes) -> str:
    """A header's value; raises ``HttpRejection`` for one that is no text."""
    try:
        return header.decode()
    except UnicodeDecodeError:
        raise HttpRejection(400, "request.invalid", "Expected headers in UTF-8, but found others.") from None
