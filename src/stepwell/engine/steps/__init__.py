"""The kinds of steps, one file each. ``STEPS`` finds them by the tag of the BPMN element."""

import importlib
import pkgutil

from stepwell.engine.step import Step


def collect() -> dict[str, type[Step]]:
    """Every step class of this folder by its tag."""
    found: dict[str, type[Step]] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Step) and value.tag:
                found[value.tag] = value
    return found


STEPS: dict[str, type[Step]] = collect()
