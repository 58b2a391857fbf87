from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell import feel
from stepwell.engine.definition import Element
from stepwell.engine.flow import finish
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step, content
from stepwell.errors import Problem


@dataclass(frozen=True)
class ScriptTask(Step):
    """Evaluates FEEL. The entries of a context become variables: ``{total: price * amount}``.

    With outputs, these are set instead; they see the entries and the whole as ``result``.
    """

    tag: ClassVar[str] = "scriptTask"
    activity: ClassVar[bool] = True

    script: feel.Expression | None = content("script", "feel", doc="FEEL; a context sets its entries.")

    def check(self, element: Element) -> Iterable[Problem]:
        if self.script is None:
            message = f"Expected script task {element.id} to have a script, but it has none."
            hint = "Write FEEL into <bpmn:script>, for example {total: price * amount}."
            yield Problem("script.missing", message, element.id, line=element.line, hint=hint)

    def enter(self, run: Run, at: At) -> None:
        assert self.script is not None
        finish(run, at, self.script.evaluate(run.lookup(at.key or at.scope), now=run.time))
