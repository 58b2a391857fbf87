"""What can go wrong with an expression: its text, its evaluation, or the size of its work."""

from stepwell.errors import StepwellError

LONGEST_SHOWN = 80  # characters of an expression


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """The line and column, both from 1, of the 0-based ``position`` in ``text``."""
    before = text[: max(position, 0)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _shown(text: str) -> str:
    """A text in one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"


class FeelSyntaxError(StepwellError):
    """The text is no FEEL expression. ``position`` counts from 0, ``line`` and ``column`` from 1."""

    def __init__(self, message: str, text: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.line, self.column = line_and_column(text, position)

    def __str__(self) -> str:
        return f"{self.message.removesuffix('.')} (line {self.line}, column {self.column})."


class FeelError(StepwellError):
    """An expression could not be evaluated; ``text`` is what was evaluated, once that is known.

    ``position`` counts from 0 and is -1 while unknown; ``line`` and ``column`` count from 1 and are 0 then.
    """

    def __init__(self, message: str, position: int = -1) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.line = 0
        self.column = 0
        self.text = ""

    def locate(self, text: str) -> None:
        """Work out line and column in ``text``, once."""
        if self.position >= 0 and not self.line:
            self.line, self.column = line_and_column(text, self.position)
            self.text = text

    def move(self, start: int, text: str) -> None:
        """Tell the place in ``text``, in which the expression begins at ``start``."""
        if self.position >= 0:
            self.position += start
            self.line, self.column = line_and_column(text, self.position)
            self.text = text

    def __str__(self) -> str:
        if not self.line:
            return self.message
        place = f"line {self.line}, column {self.column} of '{_shown(self.text)}'"
        return f"{self.message.removesuffix('.')} ({place})."


class FeelLimitError(FeelError):
    """The evaluation would take more steps, depth or room than its limits allow."""
