"""From the bytes of a BPMN 2.0 file to compiled definitions, or to everything that is wrong with it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from stepwell.bpmn import check
from stepwell.bpmn.draft import Draft
from stepwell.bpmn.extensions import NAMESPACE
from stepwell.bpmn.index import Index, build, line_of
from stepwell.bpmn.names import known_names
from stepwell.bpmn.read_process import GLOBALS, is_executable, read_global_task, read_process
from stepwell.bpmn.rules import outcomes, records, work
from stepwell.bpmn.xml import parse
from stepwell.engine import compile as compilation
from stepwell.engine.definition import ProcessDefinition
from stepwell.errors import Invalid, Problem

MAX_BYTES = 4_000_000
_MOST = 100
_NAMED = "dataObject dataObjectReference dataInput dataOutput property dataStore inputDataItem outputDataItem"


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file: its definitions, none of them if there is an error among the ``problems``.

    Problems are in the order of their lines. A process that is only drawn is among the definitions too,
    with ``executable`` false, as far as it could be read.
    """

    definitions: tuple[ProcessDefinition, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(data: bytes, *, max_bytes: int = MAX_BYTES, pages: Mapping[str, bytes] | None = None) -> Reading:
    """Read a file of unknown origin; never raises, whatever the bytes are.

    Everything wrong is told at once: what breaks the standard, what is no FEEL, what can not run yet. ``pages``
    are the page schemas that user tasks may name; without them a name is taken on trust.
    """
    try:
        index = build(parse(data, max_bytes))
    except Invalid as refusal:
        return Reading(problems=refusal.problems)
    runnable = frozenset(process for process in index.each("process") if is_executable(process))
    index = replace(index, runnable=runnable)
    problems = check.problems(index)
    definitions = _definitions(Draft(index, known_names(_names(index)), pages=pages), problems)
    if not any(definition.executable for definition in definitions):
        problems.append(_nothing_to_run(index))
    problems.sort(key=lambda problem: (problem.line, problem.warning))
    refused = any(not problem.warning for problem in problems)
    return Reading(() if refused else tuple(definitions), tuple(problems))


def _definitions(common: Draft, problems: list[Problem]) -> list[ProcessDefinition]:
    """What the file defines; adds what is wrong with it to ``problems``.

    Of one fault only the first word counts, and a step is asked where all else is well. In a process that
    is only drawn nothing is wrong.
    """
    found, told = [], []
    for written, kind in _callables(common.index):
        draft = replace(common, problems=[])
        definition = read_global_task(draft, written, kind) if kind else read_process(draft, written)
        if definition is not None:
            found.append(definition)
        if definition is None or definition.executable:
            told += draft.problems
    known = {(problem.rule, problem.element) for problem in problems}
    problems += _most_of([problem for problem in told if (problem.rule, problem.element) not in known])
    broken = {problem.element for problem in problems if not problem.warning}
    asked = (problem for one in found if one.executable for problem in _asked(one))
    problems += _most_of([problem for problem in asked if problem.element not in broken])
    return found


def _asked(definition: ProcessDefinition) -> Iterator[Problem]:
    """What the steps say, and what only shows when the whole process is known."""
    yield from compilation.check(definition)
    yield from work.problems(definition)
    yield from records.problems(definition)
    yield from outcomes.problems(definition)


def _most_of(found: list[Problem]) -> list[Problem]:
    """At most 100 of a rule, as for the static ones."""
    counted: Counter[str] = Counter()
    kept = []
    for problem in found:
        counted[problem.rule] += 1
        if counted[problem.rule] <= _MOST:
            kept.append(problem)
    return kept


def _callables(index: Index) -> Iterator[tuple[Element, str]]:
    """The processes, and the global tasks with the kind of their only step."""
    for process in index.each("process"):
        yield process, ""
    for name, kind in GLOBALS.items():
        for task in index.each(name):
            yield task, kind


def _names(index: Index) -> Iterator[str]:
    """The names that the file gives to data, which expressions may use even if they hold spaces."""
    for element in index.each(*_NAMED.split()):
        yield element.get("name", "")
    for name in ("parameter", "input", "output"):
        for element in index.root.iter(f"{{{NAMESPACE}}}{name}"):
            yield element.get("name", "")


def _nothing_to_run(index: Index) -> Problem:
    process = next(index.each("process"), None)
    return Problem(
        "process.none-executable",
        "Expected a process that can run but the file has none.",
        element="" if process is None else process.get("id", ""),
        line=0 if process is None else line_of(process),
        hint='Set isExecutable="true" on the process.',
    )
