"""What people wrote about steps: rows beside the state, without lock and without history."""

from msgspec import Struct

from stepwell.store.columns import layout
from stepwell.store.session import Session

COMMENT = layout("task_comment", 3, "instance_id:int key:int id:int at:int author:text content:text")
_COLUMNS = ", ".join(COMMENT.names)
_ADD = f"insert into task_comment ({_COLUMNS}) values (?, ?, ?, ?, ?, ?)"
_PAGE = (
    f"select {_COLUMNS} from task_comment where instance_id = ? and key = ? and id > ? order by id limit ?"
)
SEQUENCE = "task_comment_id"


class Comment(Struct, frozen=True):
    """What somebody wrote about the step with a key of an instance."""

    instance_id: int
    key: int
    id: int
    at: int
    author: str
    content: str


def add(session: Session, comment: Comment) -> None:
    """Keep a comment."""
    row = (
        comment.instance_id,
        comment.key,
        comment.id,
        comment.at,
        comment.author,
        comment.content,
    )
    session.run(_ADD, *row)


def new_id(session: Session) -> int:
    """The id of the next comment."""
    return int(session.numbers(SEQUENCE, 1)[0])


def page(session: Session, place: tuple[int, int], after: int, limit: int) -> list[Comment]:
    """The comments on a step, the oldest first, behind the id ``after``."""
    return [Comment(*row) for row in session.read(_PAGE, *place, after, limit)]
