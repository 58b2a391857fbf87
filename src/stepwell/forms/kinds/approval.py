"""An approval (K6): what it is about, approve or reject, with a comment. The verdict is the outcome."""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from stepwell.forms.describe import FieldShown, component, literal
from stepwell.forms.kinds.made import Made, button, page

APPROVED: Final = "approved"
REJECTED: Final = "rejected"
Needed = Literal["one", "all", "any"] | int


class Approval(Struct, frozen=True):
    """``summary`` are the fields of the record that tell the approver what it is about, with their values."""

    label: str = ""
    summary: tuple[FieldShown, ...] = ()
    values: dict[str, object] = {}


def approval_page(approval: Approval) -> Made:
    """The summary to look at, a comment, and the two buttons."""
    shown = [{**component(field), "readonly": True} for field in approval.summary]
    for one in shown:
        one.pop("validate", None)
    about = {"type": "group", "label": literal(approval.label), "path": "record", "components": shown}
    comment = {"type": "textarea", "key": "comment", "label": "Comment"}
    buttons = button(APPROVED, "Approve"), button(REJECTED, "Reject", style="danger")
    return Made(
        page([about, comment] if shown else [comment], *buttons),
        {"record": approval.values},
        details=("comment",),
    )


def verdict(needed: Needed, votes: Sequence[str | None]) -> str | None:
    """The verdict of several approvers as soon as it is certain; None stands for who has not voted yet.

    ``one`` and ``any`` need one approval (``one``: from the first who votes, so a rejection decides too), ``all``
    everybody's, a number so many. It is rejected as soon as the approvals that are left can not be enough.
    """
    approved, left = votes.count(APPROVED), votes.count(None)
    if needed == "one":
        return next((vote for vote in votes if vote is not None), None)
    wanted = {"all": len(votes), "any": 1}.get(str(needed), needed)
    assert isinstance(wanted, int)
    if approved >= wanted:
        return APPROVED
    return REJECTED if approved + left < wanted else None
