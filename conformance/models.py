"""Models that nobody here drew: each must be deployable, or be refused with a list of problems; never a crash."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from stepwell import bpmn

SUITES = ("spiff", "paed01", "miwg")
Read = Callable[[bytes], bpmn.Reading]


class Count(msgspec.Struct, frozen=True):
    """One suite: its models, by what became of them.

    ``refused`` gives the rules that each refused model breaks, ``rules`` in how many models each is broken;
    ``crashed`` are the models that were neither read nor refused.
    """

    deployable: tuple[str, ...]
    refused: dict[str, tuple[str, ...]]
    crashed: dict[str, str]
    rules: dict[str, int]

    @property
    def models(self) -> int:
        return len(self.deployable) + len(self.refused) + len(self.crashed)


def run(suites: Path, read: Read = bpmn.read) -> dict[str, Count]:
    """Read every model of the suites in this folder."""
    return {name: count(suites / name, read) for name in SUITES}


def count(folder: Path, read: Read = bpmn.read) -> Count:
    """Read every model of one suite."""
    found = {str(path.relative_to(folder)): outcome(path.read_bytes(), read) for path in models(folder)}
    refused = {name: rules for name, rules in found.items() if isinstance(rules, tuple) and rules}
    return Count(
        deployable=tuple(name for name, rules in found.items() if rules == ()),
        refused=refused,
        crashed={name: fault for name, fault in found.items() if isinstance(fault, str)},
        rules=dict(Counter(rule for rules in refused.values() for rule in rules).most_common()),
    )


def models(folder: Path) -> list[Path]:
    """The BPMN files of a suite."""
    return sorted(path for path in folder.rglob("*") if path.name.endswith((".bpmn", ".bpmn20.xml")))


def outcome(data: bytes, read: Read) -> tuple[str, ...] | str:
    """The rules that refuse a model, none if it can be deployed; or how the reader failed."""
    try:
        reading = read(data)
    except Exception as fault:  # noqa: BLE001 - that nothing escapes is what is measured
        return repr(fault)
    rules = tuple(sorted({problem.rule for problem in reading.problems if not problem.warning}))
    return rules if bool(rules) != bool(reading.definitions) else "neither definitions nor problems"


def tell(counts: dict[str, Count]) -> str:
    """The counts, with the closing line that all suites share."""
    lines = []
    for name, counted in counts.items():
        deployable, refused = len(counted.deployable), len(counted.refused)
        lines.append(f"{name}: {deployable} of {counted.models} deployable, {refused} refused")
        lines += [f"  {number:4} {rule}" for rule, number in counted.rules.items()]
        lines += [f"  crashed: {model}: {fault}" for model, fault in counted.crashed.items()]
    crashed = sum(len(counted.crashed) for counted in counts.values())
    total = sum(counted.models for counted in counts.values())
    return "\n".join([*lines, f"{total - crashed} passed, {crashed} failed"])


def as_json(counts: dict[str, Count]) -> bytes:
    """The same for machines: numbers first, then the models by name."""
    return msgspec.json.format(
        msgspec.json.encode({name: _shown(one) for name, one in counts.items()}), indent=2
    )


def _shown(counted: Count) -> dict[str, Any]:
    numbers = {
        "models": counted.models,
        "deployable": len(counted.deployable),
        "refused": len(counted.refused),
        "crashed": len(counted.crashed),
        "rules": counted.rules,
    }
    return numbers | {"by_model": dict.fromkeys(counted.deployable, ()) | counted.refused | counted.crashed}
