"""Pages with an author's own fields: auto-generated ones (K4) and those drawn beforehand (K5).

The pressed button is the outcome; the values become variables, all by their key or those that the parameters name.
"""

from typing import Any

from msgspec import Struct

from stepwell.forms.describe import FieldShown, components
from stepwell.forms.kinds.made import Made, button


class DrawnPage(Struct, frozen=True):
    """The schema of the author, or ``fields`` to make one of; ``given`` are the values that go in.

    ``buttons`` stand in for those of the schema. An auto-generated page without any has Save.
    """

    schema: dict[str, Any] | None = None
    fields: tuple[FieldShown, ...] = ()
    buttons: tuple[dict[str, Any], ...] = ()
    given: dict[str, object] = {}


def drawn_page(drawn: DrawnPage) -> Made:
    """The page as it is drawn, with its buttons."""
    schema = (
        {"type": "default", "components": components(drawn.fields)}
        if drawn.schema is None
        else dict(drawn.schema)
    )
    if drawn.buttons:
        schema["buttons"] = list(drawn.buttons)
    elif drawn.schema is None:
        schema["buttons"] = [button("save", "Save")]
    return Made(schema, drawn.given, gives_variables=True)
