"""Opening an element: its element instance, boundary events and inputs, then its step."""

from stepwell.engine import mapping, waits
from stepwell.engine.run import At, Run


def open_element(run: Run, at: At) -> None:
    """Set up what the element needs and let its step begin; raises ``Stuck`` or ``FeelError``."""
    element = at.element
    if not element.plain:
        run.activate(at)
        if not at.round:
            waits.watch_boundary(run, at)
        if element.inputs and not element.step.arguments:
            mapping.set_local(run, at.key, mapping.inputs(run, at))
    element.step.enter(run, at)
