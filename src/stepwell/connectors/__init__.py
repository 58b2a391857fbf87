"""What Stepwell can do outside: one file per system action, whose signature declares its fields."""

from stepwell.connectors.connector import Argument, Call, Connector, connector
from stepwell.connectors.errors import BpmnError, ConnectorError
from stepwell.connectors.installed import check, registry
from stepwell.connectors.performing import perform

__all__ = [
    "Argument",
    "BpmnError",
    "Call",
    "Connector",
    "ConnectorError",
    "check",
    "connector",
    "perform",
    "registry",
]
