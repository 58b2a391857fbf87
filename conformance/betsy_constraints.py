"""Models that break one static rule and must be refused, beside models that are meant valid and must not be.

A check that refuses everything would pass the first half, so both counts belong together. A model is refused
when it has an error; warnings do not count. Alarms on valid models are counted for the rules of the standard
only: a model of another engine is rightly refused for its expression language, which is told apart.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.broken_models import BROKEN
from stepwell.bpmn import check, index, xml
from stepwell.bpmn.rules.registry import RULES
from stepwell.errors import Invalid, Problem

_MEANT_WRONG = ("ERROR", "ERROR_deployment")


@dataclass(slots=True)
class Report:
    """``missed`` are the models that passed though they break a rule; ``alarms`` the valid models with the
    standard's rules they break; ``other_language`` the valid models refused for Stepwell's own rules only.
    """

    refused: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    valid: int = 0
    alarms: dict[str, list[str]] = field(default_factory=dict)
    other_language: list[str] = field(default_factory=list)

    def false_alarms(self) -> list[str]:
        """The valid models refused without a known reason."""
        return sorted(self.alarms.keys() - BROKEN.keys())


def errors(data: bytes) -> list[Problem]:
    """What makes a deployment of this file fail."""
    try:
        found = check.problems(index.build(xml.parse(data)))
    except Invalid as refusal:
        return list(refusal.problems)
    return [problem for problem in found if not problem.warning]


def run(suites: Path) -> Report:
    """Check the constraint models of betsy and, for false alarms, every model of the suites meant valid."""
    report = Report()
    for test in _tests(suites / "betsy"):
        if test["group"] == "bpmn_constraints":
            found = errors((suites / "betsy" / test["file"]).read_bytes())
            (report.refused if found else report.missed).append(test["feature"])
    for path in valid_models(suites):
        report.valid += 1
        _note(report, str(path.relative_to(suites)), errors(path.read_bytes()))
    return report


def _note(report: Report, name: str, found: list[Problem]) -> None:
    broken = sorted({p.rule for p in found if p.rule not in RULES or not RULES[p.rule].own})
    if broken:
        report.alarms[name] = broken
    elif found:
        report.other_language.append(name)


def valid_models(suites: Path) -> Iterator[Path]:
    """The models that their authors mean to be valid BPMN."""
    for test in _tests(suites / "betsy"):
        expected = {step for case in test["cases"] for step in case["expected_trace"]}
        if test["group"] != "bpmn_constraints" and not expected & set(_MEANT_WRONG):
            yield suites / "betsy" / test["file"]
    for model in _tests(suites / "bpmnspector"):
        if model["expected"] == "valid":
            yield suites / "bpmnspector" / model["file"]
    for suite in ("miwg", "spiff", "paed01"):
        for model in _tests(suites / suite):
            if model.get("xml_ok", True) and not _is_decision_or_wrong(model["file"]):
                yield suites / suite / model["file"]


def _is_decision_or_wrong(file: str) -> bool:
    return file.endswith(".dmn") or "invalid" in file.lower()


def _tests(suite: Path) -> list[dict[str, Any]]:
    tests: list[dict[str, Any]] = json.loads((suite / "index.json").read_text())
    return tests


def tell(report: Report) -> str:
    """The counts and names, with the closing line that all suites share."""
    models = len(report.refused) + len(report.missed)
    false = report.false_alarms()
    lines = [
        f"models that break a rule: {len(report.refused)} of {models} refused",
        *(f"  passed: {name}" for name in report.missed),
        f"models meant valid: {len(false)} false alarms in {report.valid}",
        *(f"  {name}: {', '.join(report.alarms[name])}" for name in false),
        f"  and {len(report.alarms) - len(false)} that really break a rule of the standard",
        f"  and {len(report.other_language)} for the language or the extensions of another engine",
        f"{len(report.refused)} passed, {len(report.missed)} failed",
    ]
    return "\n".join(lines)
