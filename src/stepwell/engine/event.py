"""What every event is."""

from typing import ClassVar

from msgspec import Struct

from stepwell.engine.state import State


class Event(Struct, frozen=True, gc=False, array_like=True):
    """A fact. ``leaves`` is true for facts that concern something outside the instance's own rows."""

    leaves: ClassVar[bool] = False

    def apply(self, state: State) -> None:
        """Change the state; nothing by default."""
