"""BPMN 2.0 XML: read safely, hold against the rules of the standard, and turn into definitions."""

from stepwell.bpmn.examples import example, example_kinds
from stepwell.bpmn.pages import extension_pages
from stepwell.bpmn.read import Reading, read
from stepwell.bpmn.triggers import StartTrigger, start_triggers

__all__ = ["Reading", "StartTrigger", "example", "example_kinds", "extension_pages", "read", "start_triggers"]
