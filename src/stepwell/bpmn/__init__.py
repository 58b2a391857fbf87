"""BPMN 2.0 XML: read safely, hold against the rules of the standard, and turn into definitions."""
