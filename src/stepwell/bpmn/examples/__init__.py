"""A complete, deployable file for everything that an author can use, each as small as it can be."""

from importlib.resources import files

_ALSO = {
    "assignment": "userTask",
    "task": "serviceTask",
    "output": "input",
    "intermediateCatchEvent": "intermediateCatchEvent-message",
    "intermediateThrowEvent": "intermediateThrowEvent-message",
    "boundaryEvent": "boundaryEvent-timer",
    "endEvent-error": "boundaryEvent-error",
    "multiInstance": "multiInstance-parallel",
    "title": "question",
    "hint": "question",
    "results": "question",
    "timing": "activityStep",
    "connect": "recordPage",
    "record-page": "recordPage",
    "auto-page": "autoPage",
    "email-draft": "emailDraft",
}
_SUFFIX = ".bpmn"


def example_kinds() -> tuple[str, ...]:
    """What ``example`` knows: elements by their tag (``userTask``, ``boundaryEvent-timer``), loops, and
    extension elements by their name (``schedule``), sorted.
    """
    found = (entry.name for entry in files(__package__).iterdir() if entry.name.endswith(_SUFFIX))
    return tuple(sorted({*_ALSO, *(name.removesuffix(_SUFFIX) for name in found)}))


def example(kind: str) -> str:
    """The file for one of the ``example_kinds``; raises ``KeyError`` for anything else."""
    if kind not in example_kinds():
        raise KeyError(kind)
    return (files(__package__) / f"{_ALSO.get(kind, kind)}{_SUFFIX}").read_text(encoding="utf-8")
