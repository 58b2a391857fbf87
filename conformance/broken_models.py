"""Models that their authors use as valid but that break a rule of BPMN 2.0; each was looked at by hand."""

_NO_MESSAGE = "a message event of an executable process without messageRef"
_LOOSE_STEP = "a process with end events in which a step leads nowhere"
_LOOSE_BOUNDARY = "a boundary event without a flow out"

BROKEN: dict[str, str] = {
    "miwg/exports/ADONIS_17.0/C.9.2-roundtrip.bpmn": "startQuantity 0, and an errorRef to nothing",
    "miwg/exports/BPMN-Modeler_for_Confluence_Enterprise_3.38.0/C.8.1-roundtrip.bpmn": "as its original",
    "miwg/reference/C.8.1.bpmn": "isImmediate false in an executable process; data unlike the message's",
    "miwg/reference/C.9.0.bpmn": _NO_MESSAGE,
    "paed01/bpmn-elements/end-compensate.bpmn": "a multi-instance without cardinality or collection",
    "paed01/bpmn-elements/escalation-start-event.bpmn": "an event sub-process whose start waits for nothing",
    "paed01/bpmn-elements/issue-3.bpmn": "a start event without any end event, and a loose event",
    "paed01/bpmn-elements/issue-31.bpmn": "a flow that its target lists and its source does not",
    "paed01/bpmn-elements/join-inbound.bpmn": "a boundary event without event definition",
    "paed01/bpmn-elements/link-event.bpmn": "an attribute implementation on the process",
    "paed01/bpmn-engine/lanes.bpmn": _NO_MESSAGE,
    "paed01/bpmn-engine/one-or-the-other.bpmn": _LOOSE_BOUNDARY,
    "paed01/bpmn-engine/simple-task.bpmn": _LOOSE_BOUNDARY,
    "spiff/data/bpmn/Test-Workflows/Message-Interrupts-SP.bpmn20.xml": _NO_MESSAGE,
    "spiff/data/bpmn/Test-Workflows/Message-Interrupts.bpmn20.xml": _NO_MESSAGE,
    "spiff/data/bpmn/Test-Workflows/Message-Non-Interrupt-SP.bpmn20.xml": _NO_MESSAGE,
    "spiff/data/bpmn/Test-Workflows/Message-Non-Interrupt.bpmn20.xml": _NO_MESSAGE,
    "spiff/data/bpmn/Test-Workflows/Messages.bpmn20.xml": _NO_MESSAGE,
    "spiff/data/bpmn/boundary_event_split.bpmn": _LOOSE_BOUNDARY,
    "spiff/data/bpmn/boundary_timer_on_task.bpmn": _LOOSE_STEP,
    "spiff/data/bpmn/transaction.bpmn": _LOOSE_STEP,
    "spiff/data/camunda/external_message.bpmn": _LOOSE_STEP,
    "spiff/data/spiff/spiff_properties.bpmn": "an outgoing that names no flow",
}
