"""What callers send about records. An unknown field is refused; which values fit, the record types know."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from stepwell.identity.record_access import Extent, RecordRight
from stepwell.services.records.views import ViewContent

Label = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")]
Revision = Annotated[int, Meta(ge=1, le=2**53)]
Example = dict[str, Any]


def example(**given: Any) -> Meta:
    """What a value may look like, in the API's description."""
    return Meta(extra_json_schema={"examples": [given]})


class RecordBody(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The body of a command on records."""


Definition = Annotated[
    dict[str, Any],
    Meta(
        description="The record type as an author writes it; docs/records.md says what a field can be.",
        extra_json_schema={
            "examples": [
                {
                    "name": "contact",
                    "label": "Contact",
                    "title": "name",
                    "fields": [
                        {"name": "name", "type": "text", "required": True},
                        {"name": "email", "type": "text", "unique": True},
                        {"name": "account", "type": "link", "to": "account", "on_delete": "clear"},
                    ],
                }
            ]
        },
    ),
]


class AddRecordType(RecordBody, frozen=True):
    """A new record type."""

    definition: Definition


class ChangeRecordType(RecordBody, frozen=True):
    """How a record type is to be. A renamed field says what it ``was``. ``with_data``: the values of fields that
    go may be lost.
    """

    definition: Definition
    with_data: bool = False


class RemoveRecordType(RecordBody, frozen=True):
    """``with_data``: also when there are records, which are lost."""

    with_data: bool = False


class RoleRight(RecordBody, frozen=True):
    """What a role (``*``: everybody) may do with the records of a type."""

    role: Annotated[str, Meta(min_length=1, max_length=255)]
    see: Extent = "all"
    add: bool = False
    change: Extent = "none"
    delete: Extent = "none"

    def right(self) -> RecordRight:
        """The same for the policies."""
        return RecordRight(role=self.role, see=self.see, add=self.add, change=self.change, delete=self.delete)


class SetRecordRights(RecordBody, frozen=True):
    """All rights for the records of a type; who is not named has none."""

    rights: Annotated[
        list[RoleRight],
        Meta(
            max_length=500,
            extra_json_schema={
                "examples": [
                    [{"role": "Sales", "see": "all", "add": True, "change": "own", "delete": "none"}]
                ]
            },
        ),
    ]


Values = Annotated[
    dict[str, Any],
    Meta(
        description="Values by field. A decimal may be a text, so that nothing of it gets lost.",
        extra_json_schema={"examples": [{"name": "Ada", "email": "ada@example.org", "account": "17"}]},
    ),
]


class AddRecord(RecordBody, frozen=True):
    """The values of a new record; fields that are not named get their defaults."""

    values: Values = {}


class ChangeRecord(RecordBody, frozen=True):
    """New values; fields that are not named stay. ``revision`` is the one that was seen: if somebody saved since,
    nothing is changed and the answer shows both.
    """

    values: Values
    revision: Revision | None = None


class DeleteRecord(RecordBody, frozen=True):
    """``revision`` is the one that was seen."""

    revision: Revision | None = None


class AddSavedView(RecordBody, frozen=True):
    """A list to keep. ``subject`` is a record type, or another list of the web app."""

    subject: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_-]*$")]
    label: Label
    content: Annotated[
        ViewContent,
        Meta(
            extra_json_schema={
                "examples": [
                    {
                        "columns": ["name", "account"],
                        "filter": {"field": "account.city", "op": "=", "value": "Oslo"},
                        "sort": ["name"],
                    }
                ]
            }
        ),
    ] = field(default_factory=ViewContent)
    shared: bool = False


class ChangeSavedView(RecordBody, frozen=True):
    """How a kept list is to be."""

    label: Label
    content: ViewContent = field(default_factory=ViewContent)
    shared: bool = False


class Nothing(RecordBody, frozen=True):
    """Nothing more to say."""
