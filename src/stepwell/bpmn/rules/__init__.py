"""The static rules of BPMN 2.0 and of Stepwell's own extensions, each a small function with a stable code."""
