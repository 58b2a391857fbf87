"""The processes of the workloads as BPMN, for every engine in the language that it speaks.

Only the standard library: the peers' scripts may import it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:stepwell="urn:stepwell:bpmn:1" targetNamespace="urn:stepwell:bench"'
)


@dataclass(frozen=True)
class Dialect:
    """How an engine writes `x = x + 1` and a comparison; ``{names}`` and ``{test}`` are filled in."""

    script_format: str
    assignment: str
    between: str
    script: str
    condition: str
    language: str = ""

    def increments(self, names: Iterable[str]) -> str:
        """A script that adds one to each variable."""
        return self.script.format(self.between.join(self.assignment.format(name=name) for name in names))


FEEL = Dialect("", "{name}: {name} + 1", ", ", "{{{}}}", "{}")
PYTHON = Dialect("python", "{name} = {name} + 1", "\n", "{}", "{}")
JAVASCRIPT = Dialect(
    "javascript",
    "this.environment.variables.{name} += 1",
    "; ",
    "{}; next();",
    "next(null, this.environment.variables.{});",
    "javascript",
)
DIALECTS = {"feel": FEEL, "python": PYTHON, "javascript": JAVASCRIPT}


def w1(dialect: Dialect) -> str:
    """Start, one script, an exclusive gateway that asks for `x > 0`, one of two ends."""
    return _document(
        "w1",
        [
            '<bpmn:startEvent id="start"/>',
            _script("add", ["x"], dialect),
            '<bpmn:exclusiveGateway id="which" default="else"/>',
            _end("yes"),
            _end("no"),
            _flow("a", "start", "add"),
            _flow("b", "add", "which"),
            _flow("c", "which", "yes", _condition("x > 0", dialect)),
            _flow("else", "which", "no"),
        ],
    )


def w2() -> str:
    """Start, one user task, end."""
    return _document("w2", _one_task(_user_task("ask")))


def w3(branches: int = 5) -> str:
    """Start, a fork into user tasks, their join, end."""
    return _document("w3", _forked(branches))


def w4(dialect: Dialect, scripts: int = 10, passes: int = 20) -> str:
    """Scripts in a row, gone through again and again until ``i`` has counted the passes."""
    names = [f"script-{number}" for number in range(1, scripts + 1)]
    tasks = [_script(name, ["x"], dialect) for name in names[:-1]]
    return _document(
        "w4",
        [
            '<bpmn:startEvent id="start"/>',
            *tasks,
            _script(names[-1], ["x", "i"], dialect),
            '<bpmn:exclusiveGateway id="again" default="done"/>',
            _end("end"),
            _flow("begin", "start", names[0]),
            *(_flow(f"to-{after}", before, after) for before, after in pairwise(names)),
            _flow("decide", names[-1], "again"),
            _flow("back", "again", names[0], _condition(f"i < {passes}", dialect)),
            _flow("done", "again", "end"),
        ],
    )


def inbox(kind: str) -> str:
    """A user task offered to two roles (`offered`) or assigned to one user (`assigned`), from variables."""
    who = {"offered": 'roles="= roles"', "assigned": 'user="= user"'}[kind]
    return _document(kind, _one_task(_user_task("ask", f"<stepwell:assignment {who}/>")))


def questions(count: int, person: str) -> str:
    """Questions to one person, one after the other."""
    asked = (
        f'<stepwell:assignment user="{person}"/><stepwell:question required="true">'
        '<stepwell:answer code="yes" label="Yes"/><stepwell:answer code="no" label="No"/></stepwell:question>'
    )
    steps = [
        _user_task(f"ask-{number}", f"<stepwell:title>Question {number}</stepwell:title>{asked}")
        for number in range(1, count + 1)
    ]
    return _document("questions", _row("start", steps, "end"))


def step() -> str:
    """A user task whose page is checked, a data step that adds a record, and the next user task."""
    page = (
        '<stepwell:autoPage><stepwell:parameter name="guest" direction="out" kind="text" label="Guest" required="true"/>'
        '<stepwell:parameter name="nights" direction="out" kind="integer" label="Nights" required="true"/>'
        '<stepwell:parameter name="note" direction="out" kind="long_text" label="Note"/></stepwell:autoPage>'
    )
    add = (
        '<bpmn:serviceTask id="add" name="add"><bpmn:extensionElements><stepwell:task type="records.add"/>'
        '<stepwell:records recordType="visit"><stepwell:value field="guest" value="= guest"/>'
        '<stepwell:value field="nights" value="= nights"/></stepwell:records></bpmn:extensionElements></bpmn:serviceTask>'
    )
    return _document(
        "step",
        [
            '<bpmn:startEvent id="start"/>',
            _user_task("ask", page),
            add,
            _user_task("after"),
            _end("end"),
            _flow("a", "start", "ask"),
            _flow("b", "ask", "add"),
            _flow("c", "add", "after"),
            _flow("d", "after", "end"),
        ],
    )


def hot() -> str:
    """Counts up the shelves of the variable `mine`, then those of `others`: each may be what another one holds."""
    steps = [
        _data_step(
            id, "change", "shelf", _condition_of("number", "in", numbers), count="= selected.count + 1"
        )
        for id, numbers in (("first", "= mine"), ("second", "= others"))
    ]
    return _document("hot", _row("start", steps, "end"))


def counting() -> str:
    """Counts the contacts that are customers, which no index tells."""
    count = _data_step("count", "read", "contact", _condition_of("is_customer", "=", "= true"), mode="count")
    return _document("counting", _row("start", [count], "end"))


def raising() -> str:
    """Raises the income of every contact, whose place in the index thereby becomes another one."""
    more = _condition_of("number", "&gt;=", "= 0")
    raised = _data_step("raise", "change", "contact", more, income="= selected.income + 1")
    return _document("raising", _row("start", [raised], "end"))


def fork(branches: int) -> str:
    """W3 with any number of branches."""
    return _document("fork", _forked(branches))


def multi_instance(*, sequential: bool) -> str:
    """One user task for each of the variable `items`, which belongs to the root scope."""
    order = "true" if sequential else "false"
    loop = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{order}">'
        "<bpmn:loopDataInputRef>items</bpmn:loopDataInputRef>"
        '<bpmn:inputDataItem id="item" name="item"/>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    return _document("many", _one_task(f'<bpmn:userTask id="ask" name="ask">{loop}</bpmn:userTask>'))


def loop(passes: int) -> str:
    """A user task that the diagram comes back to until ``i`` has counted the passes."""
    return _document(
        "loop",
        [
            '<bpmn:startEvent id="start"/>',
            _user_task("ask"),
            _script("count", ["i"], FEEL),
            '<bpmn:exclusiveGateway id="again" default="done"/>',
            _end("end"),
            _flow("begin", "start", "ask"),
            _flow("counting", "ask", "count"),
            _flow("decide", "count", "again"),
            _flow("back", "again", "ask", _condition(f"i < {passes}", FEEL)),
            _flow("done", "again", "end"),
        ],
        extension=f'<stepwell:process maxRepetitions="{passes + 1}"/>',
    )


def _document(process_id: str, body: Iterable[str], extension: str = "") -> str:
    extended = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>" if extension else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions id="{process_id}-model" {NAMESPACES}>\n'
        f'<bpmn:process id="{process_id}" name="{process_id}" isExecutable="true">\n{extended}'
        + "\n".join(body)
        + "\n</bpmn:process>\n</bpmn:definitions>\n"
    )


def _one_task(activity: str) -> Iterator[str]:
    yield '<bpmn:startEvent id="start"/>'
    yield activity
    yield _end("end")
    yield _flow("a", "start", "ask")
    yield _flow("b", "ask", "end")


def _forked(branches: int) -> Iterator[str]:
    yield '<bpmn:startEvent id="start"/>'
    yield '<bpmn:parallelGateway id="split"/>'
    yield '<bpmn:parallelGateway id="join"/>'
    yield _end("end")
    yield _flow("begin", "start", "split")
    yield _flow("done", "join", "end")
    for number in range(1, branches + 1):
        yield _user_task(f"ask-{number}")
        yield _flow(f"out-{number}", "split", f"ask-{number}")
        yield _flow(f"in-{number}", f"ask-{number}", "join")


def _row(start: str, steps: Sequence[str], end: str) -> Iterator[str]:
    """Steps one after the other, from a start to an end."""
    names = [start, *(step.split('"', 2)[1] for step in steps), end]
    yield f'<bpmn:startEvent id="{start}"/>'
    yield from steps
    yield _end(end)
    for before, after in pairwise(names):
        yield _flow(f"to-{after}", before, after)


def _data_step(name: str, verb: str, record_type: str, condition: str, mode: str = "", **values: str) -> str:
    """A service task that works with the records that meet a condition."""
    how = f' mode="{mode}"' if mode else ""
    given = "".join(f'<stepwell:value field="{field}" value="{value}"/>' for field, value in values.items())
    inner = f"{given}<stepwell:filter>{condition}</stepwell:filter>"
    return (
        f'<bpmn:serviceTask id="{name}" name="{name}"><bpmn:extensionElements><stepwell:task type="records.{verb}"/>'
        f'<stepwell:records recordType="{record_type}"{how}>{inner}</stepwell:records></bpmn:extensionElements>'
        "</bpmn:serviceTask>"
    )


def _condition_of(field: str, op: str, value: str) -> str:
    return f'<stepwell:condition field="{field}" op="{op}" value="{value}"/>'


def _user_task(name: str, extension: str = "") -> str:
    inner = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>" if extension else ""
    return f'<bpmn:userTask id="{name}" name="{name}">{inner}</bpmn:userTask>'


def _script(name: str, names: Iterable[str], dialect: Dialect) -> str:
    speaks = f' scriptFormat="{dialect.script_format}"' if dialect.script_format else ""
    text = escape(dialect.increments(names))
    return f'<bpmn:scriptTask id="{name}" name="{name}"{speaks}><bpmn:script>{text}</bpmn:script></bpmn:scriptTask>'


def _condition(test: str, dialect: Dialect) -> str:
    speaks = f' language="{dialect.language}"' if dialect.language else ""
    text = escape(dialect.condition.format(test))
    return f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"{speaks}>{text}</bpmn:conditionExpression>'


def _end(name: str) -> str:
    return f'<bpmn:endEvent id="{name}"/>'


def _flow(name: str, source: str, target: str, inner: str = "") -> str:
    return f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
