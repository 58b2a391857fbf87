"""The components of form-js 1.23 and the two of ours: which properties each has, and what may stand in them.

The one table behind the check of a schema. ``PROPERTIES`` says what a value looks like, the same wherever the
property stands; ``COMPONENTS`` which properties a component has.
"""

from typing import Final

from msgspec import Struct

SCHEMA_VERSION: Final = 19
"""The newest version of the schema that form-js 1.23 writes."""


class Known(Struct, frozen=True):
    """A component: its properties, those that must be there, whether it has a value or holds others."""

    properties: frozenset[str]
    required: tuple[str, ...] = ()
    keyed: bool = False
    holds: bool = False


def _known(words: str, required: str = "", *, keyed: bool = False, holds: bool = False) -> Known:
    always = "type id properties layout conditional"
    own = frozenset(f"{always} {words}".split())
    return Known(own | {"key"} if keyed else own, tuple(required.split()), keyed, holds)


def _input(words: str = "", required: str = "key") -> Known:
    return _known(f"label description disabled readonly validate defaultValue {words}", required, keyed=True)


_OPTIONS = "values valuesKey valuesExpression"
_RECORDS = "recordType filter"
_HOLDER = "label path showOutline verticalAlignment components"

COMPONENTS: Final[dict[str, Known]] = {
    "textfield": _input("appearance"),
    "textarea": _input(),
    "number": _input("appearance increment decimalDigits serializeToString"),
    "checkbox": _input(),
    "radio": _input(_OPTIONS),
    "select": _input(f"{_OPTIONS} searchable"),
    "checklist": _input(_OPTIONS),
    "taglist": _input(_OPTIONS),
    "datetime": _input(
        "subtype dateLabel timeLabel use24h timeSerializingFormat timeInterval disallowPassedDates", "key subtype"
    ),
    "filepicker": _input("accept multiple"),
    "lookup": _input(f"{_RECORDS} createNew multiple searchable", "key recordType"),
    "recordlist": _input(f"{_RECORDS} columns rowCount choice", "recordType"),
    "expression": _known("expression computeOn", "key expression", keyed=True),
    "text": _known("text"),
    "html": _known("content"),
    "image": _known("source alt"),
    "button": _known("label action"),
    "spacer": _known("height"),
    "separator": _known(""),
    "iframe": _known("label url height security"),
    "table": _known("label dataSource rowCount columns columnsExpression", "dataSource"),
    "documentPreview": _known("label title dataSource maxHeight endpointKey", "dataSource"),
    "group": _known(_HOLDER, "components", holds=True),
    "dynamiclist": _known(
        f"{_HOLDER} isRepeating defaultRepetitions allowAddRemove disableCollapse nonCollapsedItems"
        " minRepetitions maxRepetitions",
        "path components",
        holds=True,
    ),
}  # fmt: skip

PROPERTIES: Final[dict[str, str]] = {
    **dict.fromkeys(
        "type id pattern patternErrorMessage recordType row prefixAdorner suffixAdorner endpointKey".split(), "text"
    ),
    **dict.fromkeys(
        "label description text content source alt url dateLabel timeLabel accept title dataSource".split(), "spoken"
    ),
    **dict.fromkeys(
        "use24h disallowPassedDates serializeToString searchable showOutline isRepeating allowAddRemove"
        " disableCollapse required createNew".split(),
        "flag",
    ),
    **dict.fromkeys("readonly disabled multiple".split(), "flag or FEEL"),
    **dict.fromkeys(
        "timeInterval decimalDigits rowCount defaultRepetitions nonCollapsedItems minRepetitions"
        " maxRepetitions".split(),
        "whole",
    ),
    **dict.fromkeys("minLength maxLength".split(), "whole or FEEL"),
    **dict.fromkeys("min max increment".split(), "number or FEEL"),
    **dict.fromkeys("height maxHeight".split(), "number"),
    **dict.fromkeys("valuesExpression columnsExpression expression hide".split(), "FEEL"),
    "key": "key",
    "path": "path",
    "valuesKey": "name",
    "properties": "anything",
    "defaultValue": "anything",
    "filter": "filter",
    "values": "options",
    "components": "components",
    "columns": "columns",
    "layout": "layout",
    "conditional": "conditional",
    "validate": "validate",
    "appearance": "appearance",
    "security": "security",
    "subtype": "date | time | datetime",
    "timeSerializingFormat": "utc_offset | utc_normalized | no_timezone",
    "verticalAlignment": "start | center | end",
    "action": "submit | reset",
    "computeOn": "change | presubmit",
    "choice": "none | single | multiple",
    "validationType": "email | phone | custom | ",
}  # fmt: skip

INSIDE: Final[dict[str, frozenset[str]]] = {
    "layout": frozenset({"row", "columns"}),
    "conditional": frozenset({"hide"}),
    "appearance": frozenset({"prefixAdorner", "suffixAdorner"}),
    "security": frozenset(
        "allowSameOrigin fullscreen geolocation camera microphone allowForms allowModals allowPopups"
        " allowTopNavigation".split()
    ),
}
"""What may stand in a property that is an object, the same for every component."""

_VALIDATE: Final[dict[str, str]] = {
    "textfield": "minLength maxLength pattern patternErrorMessage validationType",
    "textarea": "minLength maxLength",
    "number": "min max",
}
TOP: Final = frozenset(
    "type id components schemaVersion executionPlatform executionPlatformVersion versionTag exporter"
    " layout buttons".split()
)
BUTTON: Final = frozenset("code label style completes validates signal shownIf".split())
STYLES: Final = ("primary", "secondary", "danger")
PART: Final = frozenset({"title", "groups"})


def rules_of(component: str) -> frozenset[str]:
    """What ``validate`` of this component may ask."""
    return frozenset(f"required {_VALIDATE.get(component, '')}".split())
