"""An approval by several (K6): one step for each approver, until the verdict is certain."""

from dataclasses import dataclass

from stepwell.engine import outcome
from stepwell.engine.assigning import APPROVER, Said, approvers, named
from stepwell.engine.definition import Loop
from stepwell.engine.run import At, Run, Stuck
from stepwell.engine.work import Approval
from stepwell.forms import kinds
from stepwell.forms.kinds.approval import Needed
from stepwell.forms.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Approving:
    """The rounds of an approval: whose they are, when the verdict is certain, and what comes of the votes."""

    needed: Needed
    said: Said

    def items(self, run: Run, at: At) -> list[object]:
        """The approvers; raises ``Stuck``, also when there are too few, or ``FeelError``."""
        found = approvers(named(run, at, self.said))
        if isinstance(self.needed, int) and self.needed > len(found):
            message = f"Expected at least {self.needed} approvers for step {at.element.id}, but there are {len(found)}."
            raise Stuck("approval.too-few", message)
        return [*found]

    def is_settled(self, run: Run, at: At) -> bool:
        """Whether the votes so far, that of this round among them, decide; ``at`` is the round."""
        body = run.state.elements[at.scope]
        assert body.data is not None
        votes = _votes(run.state.outputs(at.scope))
        left = int(str(body.data["total"])) - len(votes)
        return kinds.verdict(self.needed, [*votes, *[None] * left]) is not None

    def gather(self, run: Run, body: At) -> None:
        """Let the verdict be the outcome of the step, beside the votes as they came."""
        found = run.state.outputs(body.key)
        votes = _votes(found)
        verdict = kinds.verdict(self.needed, votes) if votes else None
        outcome.keep(run, body, Outcome(verdict, {"votes": found}))


def _votes(found: list[object]) -> list[str | None]:
    """The verdict of each round that is over."""
    return [str(one[outcome.NAME]) for one in found if isinstance(one, dict) and outcome.NAME in one]


def rounds_of(kind: object, said: Said) -> Loop | None:
    """The rounds of an approval that needs more than one; None for any other step."""
    if not isinstance(kind, Approval) or kind.needed == "one":
        return None
    needed: Needed = int(kind.needed) if kind.needed.isdigit() else kind.needed  # type: ignore[assignment]
    return Loop("parallel", item=APPROVER, rounds=Approving(needed, said))
