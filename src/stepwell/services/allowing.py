"""From what a policy says to what a caller is told."""

from stepwell.errors import Forbidden
from stepwell.identity import Verdict


def allow(verdict: Verdict, code: str, expected: str) -> None:
    """Go on if it is allowed; else ``Forbidden``, with ``expected`` and the policy's reason."""
    if not verdict:
        raise Forbidden(code, f"{expected}, but {verdict.reason}.")


def note(what: str, **facts: object) -> None:
    """Tell those who keep the installation what changed in who may do what; not what Stepwell did ``by`` itself."""
    if facts.get("by") == "":
        return
    import structlog  # slow to import, and seldom needed

    structlog.get_logger().info(what, **facts)
