"""Hold a parsed file against every static rule."""

from itertools import islice

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import EVENT_DEFINITIONS, LOOPS
from stepwell.bpmn.index import Index, line_of, tag
from stepwell.bpmn.rules import (
    activities,
    calls,
    collaboration,
    compensation,
    data,
    data_sets,
    events,
    expressions,
    extensions,
    flows,
    gateways,
    items,
    language,
    links,
    messages,
    references,
    structure,
)
from stepwell.bpmn.rules.registry import RULES
from stepwell.errors import Problem

# Of two problems in one line that of the earlier theme is told first.
THEMES = (
    structure,
    references,
    flows,
    gateways,
    events,
    links,
    compensation,
    messages,
    activities,
    calls,
    expressions,
    data,
    data_sets,
    items,
    collaboration,
    language,
    extensions,
)
_ORDER = {theme.__name__: place for place, theme in enumerate(THEMES)}
_RULES = sorted(RULES.values(), key=lambda rule: _ORDER[rule.search.__module__])
_MOST, _LONGEST = 100, 400


def problems(index: Index) -> list[Problem]:
    """Every problem of the file, errors and warnings, in the order of its lines.

    In a process that is not executable everything is a warning: it is drawn, and nothing will run it.
    Of one rule at most 100 problems are told, so that a broken file can not keep the checker busy.
    """
    found = [
        Problem(
            rule=rule.code,
            message=message if len(message) <= _LONGEST else message[: _LONGEST - 1] + "…",
            element=_shown(element),
            line=line_of(element),
            hint=rule.hint,
            warning=rule.warning or _is_only_drawn(index, element),
        )
        for rule in _RULES
        for element, message in islice(rule.search(index), _MOST)
    ]
    return sorted(found, key=lambda problem: (problem.line, problem.warning))


def _is_only_drawn(index: Index, element: Element) -> bool:
    process = index.process(element)
    return process is not None and process not in index.runnable


def _shown(element: Element) -> str:
    """The id of what a person sees in the diagram: that of the event for its definition."""
    found: Element | None = element
    while found is not None and (not found.get("id") or tag(found) in EVENT_DEFINITIONS | LOOPS):
        found = found.getparent()
    return found.get("id", "") if found is not None else element.get("id", "")
