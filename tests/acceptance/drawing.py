"""Processes drawn with few words, for stories."""

from tests.engine.world import flows, process

START = '<bpmn:startEvent id="start"/>'
END = '<bpmn:endEvent id="end"/>'


def line(*steps: str, path: str, more: str = "", roots: str = "", id: str = "p") -> bytes:
    """A process whose steps follow each other as ``path`` says, from ``start`` to ``end``."""
    found = process(START + "".join(steps) + END + flows(f"start {path} end") + more, roots)
    return found.replace(b'process id="p"', f'process id="{id}"'.encode())


def drawn(*parts: str, id: str, roots: str = "", head: str = "") -> bytes:
    """A process with one start, one end and what is drawn between them; ``head`` is what stands before all."""
    found = process(head + START + "".join(parts) + END, roots)
    return found.replace(b'process id="p"', f'process id="{id}"'.encode())


def settings(*extensions: str) -> str:
    """What a process itself says."""
    return f"<bpmn:extensionElements>{''.join(extensions)}</bpmn:extensionElements>"


def results(source: str, target: str, codes: str) -> str:
    """A flow for these outcomes of the step before it."""
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"><bpmn:extensionElements>'
        f'<stepwell:results codes="{codes}"/></bpmn:extensionElements></bpmn:sequenceFlow>'
    )


def gateway(id: str, kind: str = "exclusive", default: str = "") -> str:
    """A gateway; ``default`` is the element to which its default flow leads."""
    to_default = f' default="{id}_{default}"' if default else ""
    return f'<bpmn:{kind}Gateway id="{id}"{to_default}/>'


def script(id: str, text: str) -> str:
    return f'<bpmn:scriptTask id="{id}" scriptFormat="text/feel"><bpmn:script>{text}</bpmn:script></bpmn:scriptTask>'


def user(id: str, extension: str = "", inner: str = "") -> str:
    extensions = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>" if extension else ""
    return f'<bpmn:userTask id="{id}">{extensions}{inner}</bpmn:userTask>'


def service(id: str, type: str, settings: str = "", **inputs: str) -> str:
    """Work for a connector; the inputs are constants, or FEEL behind ``=``."""
    given = "".join(f'<stepwell:input name="{name}" value="{value}"/>' for name, value in inputs.items())
    extension = f'<stepwell:task type="{type}" {settings}/>{given}'
    return f'<bpmn:serviceTask id="{id}"><bpmn:extensionElements>{extension}</bpmn:extensionElements></bpmn:serviceTask>'


def call(id: str, process_id: str, mappings: str = "") -> str:
    return (
        f'<bpmn:callActivity id="{id}" calledElement="{process_id}"><bpmn:extensionElements>{mappings}'
        "</bpmn:extensionElements></bpmn:callActivity>"
    )


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"


def message(id: str, key: str = "") -> str:
    """A message at the root of a file."""
    extension = (
        f'<bpmn:extensionElements><stepwell:correlation key="{key}"/></bpmn:extensionElements>' if key else ""
    )
    return f'<bpmn:message id="{id}" name="{id}">{extension}</bpmn:message>'


def event(kind: str, name: str) -> str:
    """The definition of a message or signal event."""
    return f'<bpmn:{kind}EventDefinition {kind}Ref="{name}"/>'


def catch(id: str, definition: str) -> str:
    return f'<bpmn:intermediateCatchEvent id="{id}">{definition}</bpmn:intermediateCatchEvent>'


def throw(id: str, definition: str) -> str:
    return f'<bpmn:intermediateThrowEvent id="{id}">{definition}</bpmn:intermediateThrowEvent>'
