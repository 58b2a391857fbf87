"""How a rule is written and kept: a function from the index to findings, under a stable code."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from stepwell.bpmn.index import Index

Findings = Iterator[tuple[Element, str]]
Search = Callable[[Index], Findings]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``hint`` says how to mend what breaks it; ``own`` marks the rules that are Stepwell's
    (its extensions, its language, what it needs in order to run) and not the standard's.
    """

    code: str
    hint: str
    warning: bool
    own: bool
    search: Search


RULES: dict[str, Rule] = {}


def rule(code: str, hint: str, *, warning: bool = False, own: bool = False) -> Callable[[Search], Search]:
    """Keep the decorated function as the rule ``code``; it yields each element at fault and what is wrong."""

    def keep(search: Search) -> Search:
        if code in RULES:
            raise ValueError(f"Expected a new rule code but {code} is taken.")
        RULES[code] = Rule(code, hint, warning, own, search)
        return search

    return keep
