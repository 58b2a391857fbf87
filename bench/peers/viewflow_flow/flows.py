"""W2 as viewflow writes it: start, one task for a person, end."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


class AskFlow(flow.Flow):  # type: ignore[misc]
    process_class = Process

    start = flow.StartHandle(this.begin).Next(this.ask)
    ask = flow.View(this.show).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any) -> None:
        """Nothing to prepare."""

    def show(self, request: Any) -> None:
        """No page: the bench completes the task itself."""
