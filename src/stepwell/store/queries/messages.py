"""Messages that wait for a receiver."""

from msgspec import Struct

from stepwell.store.session import Session
from stepwell.store.variables import decode

_SELECT = (
    "select id, name, correlation_key, message_id, published_at, expires_at, stamped, data from message"
    " where id < ? and stamped != 2 and expires_at >= ? order by id desc limit ?"
)


class MessageView(Struct, frozen=True):
    """A message; ``is_under_way`` when its receiver was found and has it in a moment."""

    id: int
    name: str
    correlation_key: str
    message_id: str
    published_at: int
    expires_at: int
    is_under_way: bool
    values: object


def page(session: Session, now: int, limit: int = 50, after: int = 1 << 62) -> list[MessageView]:
    """Messages that nobody has received yet, the newest first."""
    found = session.read(_SELECT, after, now, limit)
    return [MessageView(*(*row[:6], bool(row[6]), decode(row[7]))) for row in found]
