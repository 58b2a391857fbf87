"""Processes with data steps and record signals, drawn with few words."""

from tests.engine.world import flows, process


def filter_of(*conditions: str) -> str:
    """A filter of conditions such as ``city = Oslo``."""
    found = "".join(map(condition, conditions))
    return f"<stepwell:filter>{found}</stepwell:filter>"


def condition(text: str) -> str:
    field, op, value = text.split(" ", 2)
    return f'<stepwell:condition field="{field}" op="{op}" value="{value}"/>'


def step(id: str, verb: str, inner: str = "", more: str = "", type: str = "account", **settings: str) -> str:
    """A data step; ``more`` are further extension elements."""
    given = "".join(f' {name.rstrip("_")}="{value}"' for name, value in settings.items())
    records = f'<stepwell:records recordType="{type}"{given}>{inner}</stepwell:records>'
    extensions = f'<stepwell:task type="records.{verb}"/>{records}{more}'
    return f'<bpmn:serviceTask id="{id}"><bpmn:extensionElements>{extensions}</bpmn:extensionElements></bpmn:serviceTask>'


def values(**given: str) -> str:
    return "".join(f'<stepwell:value field="{name}" value="{value}"/>' for name, value in given.items())


def output(name: str, value: str) -> str:
    return f'<stepwell:output name="{name}" value="{value}"/>'


def line(*steps: str, id: str = "p", more: str = "", start: str = '<bpmn:startEvent id="start"/>') -> bytes:
    """A process of steps one after the other."""
    ids = [one.split('id="', 1)[1].split('"', 1)[0] for one in steps]
    path = " ".join(["start", *ids, "end"])
    xml = process(f'{more}{start}{"".join(steps)}<bpmn:endEvent id="end"/>{flows(path)}')
    return xml.replace(b'process id="p"', f'process id="{id}"'.encode())


def rights(who: str) -> str:
    return f'<bpmn:extensionElements><stepwell:process rights="{who}"/></bpmn:extensionElements>'


def user(id: str) -> str:
    return f'<bpmn:userTask id="{id}"/>'


def signal(on: str, inner: str = "", type: str = "account", **settings: str) -> str:
    """The inside of an event that waits for a record."""
    given = "".join(f' {name}="{value}"' for name, value in settings.items())
    found = f'<stepwell:recordSignal recordType="{type}" on="{on}"{given}>{inner}</stepwell:recordSignal>'
    return f"<bpmn:extensionElements>{found}</bpmn:extensionElements><bpmn:signalEventDefinition/>"


def starting(on: str, inner: str = "", **settings: str) -> str:
    return f'<bpmn:startEvent id="start">{signal(on, inner, **settings)}</bpmn:startEvent>'


def catching(id: str, on: str, inner: str = "", **settings: str) -> str:
    return f'<bpmn:intermediateCatchEvent id="{id}">{signal(on, inner, **settings)}</bpmn:intermediateCatchEvent>'


def boundary(
    id: str, host: str, on: str, inner: str = "", interrupting: str = "true", **settings: str
) -> str:
    return (
        f'<bpmn:boundaryEvent id="{id}" attachedToRef="{host}" cancelActivity="{interrupting}">'
        f"{signal(on, inner, **settings)}</bpmn:boundaryEvent>"
    )


def on_error(id: str, host: str) -> str:
    """A boundary event for every error of a step."""
    return f'<bpmn:boundaryEvent id="{id}" attachedToRef="{host}"><bpmn:errorEventDefinition/></bpmn:boundaryEvent>'
