"""What callers send about records. An unknown field is refused; which values fit, the record types know."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from stepwell.api.bodies import Body
from stepwell.identity.policies.record import Extent, RecordRight
from stepwell.services.records.views import ViewContent

Label = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")]
Revision = Annotated[int, Meta(ge=1, le=2**53)]
Definition = Annotated[
    dict[str, Any],
    Meta(description="The record type as an author writes it; docs/records.md says what a field can be."),
]


class AddRecordType(Body, frozen=True):
    """A new record type."""

    definition: Definition


class ChangeRecordType(Body, frozen=True):
    """How a record type is to be. A renamed field says what it ``was``. ``with_data``: the values of fields that
    go may be lost.
    """

    definition: Definition
    with_data: bool = False


class RemoveRecordType(Body, frozen=True):
    """``with_data``: also when there are records, which are lost."""

    with_data: bool = False


class RoleRight(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a role (``*``: everybody) may do with the records of a type."""

    role: Annotated[str, Meta(min_length=1, max_length=255)]
    see: Extent = "all"
    add: bool = False
    change: Extent = "none"
    delete: Extent = "none"

    def right(self) -> RecordRight:
        """The same for the policies."""
        return RecordRight(role=self.role, see=self.see, add=self.add, change=self.change, delete=self.delete)


class SetRecordRights(Body, frozen=True):
    """All rights for the records of a type; who is not named has none. ``seen`` are those that were there before, as
    they were seen: if somebody gave others since, nothing is changed and the answer shows both.
    """

    rights: Annotated[list[RoleRight], Meta(max_length=500)]
    seen: Annotated[list[RoleRight], Meta(max_length=500)] | None = None


Values = Annotated[
    dict[str, Any],
    Meta(description="Values by field. A decimal may be a text, so that nothing of it gets lost."),
]


class AddRecord(Body, frozen=True):
    """The values of a new record; fields that are not named get their defaults."""

    values: Values = field(default_factory=dict)


class ChangeRecord(Body, frozen=True):
    """New values; fields that are not named stay. ``revision`` is the one that was seen: if somebody saved since,
    nothing is changed and the answer shows both. ``cancel_step``: cancelling an activity ends the step that waits for it.
    """

    values: Values
    revision: Revision | None = None
    cancel_step: bool = False


class DeleteRecord(Body, frozen=True):
    """``revision`` is the one that was seen."""

    revision: Revision | None = None


class AddSavedView(Body, frozen=True):
    """A list to keep. ``subject`` is a record type, or another list of the web app."""

    subject: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_-]*$")]
    label: Label
    content: ViewContent = field(default_factory=ViewContent)
    shared: bool = False


class ChangeSavedView(Body, frozen=True):
    """How a kept list is to be."""

    label: Label
    content: ViewContent = field(default_factory=ViewContent)
    shared: bool = False
