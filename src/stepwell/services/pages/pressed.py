"""A button of a page, pressed with values that fit."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from stepwell import forms
from stepwell.engine import commands as c
from stepwell.engine.rows import UserTask
from stepwell.forms.kinds import Outcome, Taken
from stepwell.forms.kinds.made import ACTIVITY
from stepwell.forms.page import Page
from stepwell.services.requests import OnInstance


class CompleteTask(OnInstance, frozen=True, gc=False):
    """A step is done. ``page_values`` are what its page holds, None: what the command gives as variables.
    ``revision`` is that of the record over which they were typed, None: the one that the page showed.
    """

    button: str = ""
    page_values: Mapping[str, Any] | None = None
    revision: int | None = None


class Pressed(Struct, frozen=True):
    """A button of a page with values that fit; ``kept`` is the page as it is stored, ``record_type`` that of a page
    that adds a record.
    """

    task: UserTask
    page: Page
    kept: dict[str, Any]
    checked: forms.Checked
    taken: Taken
    record_type: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """The values of the page itself, without the result of an activity."""
        return {name: value for name, value in self.checked.values.items() if name != ACTIVITY}


def command_of(request: CompleteTask, pressed: Pressed, outcome: Outcome) -> c.CompleteUserTask:
    """The command with what the page gave; who waits for it, and the rest, stays as it was asked."""
    return msgspec.structs.replace(
        request.command,  # type: ignore[return-value]
        values=pressed.taken.values,
        outcome=outcome,
        button=pressed.checked.button.code,
    )
