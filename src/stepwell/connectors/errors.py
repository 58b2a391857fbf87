"""How a connector says that it could not do what was asked."""

from collections.abc import Mapping

from stepwell.errors import StepwellError


class BpmnError(StepwellError):
    """Something that the diagram may catch, by ``code``, with an error event (BPMN 2.0, 10.5.5).

    ``values`` become variables where it is caught.
    """

    def __init__(self, code: str, message: str = "", values: Mapping[str, object] | None = None) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message
        self.values = dict(values or {})


class ConnectorError(StepwellError):
    """A failed attempt. Unless it ``may_retry``, another attempt would fail alike: an incident at once."""

    def __init__(self, message: str, *, may_retry: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.may_retry = may_retry
