"""Loop characteristics of activities (BPMN 2.0, 10.3.7)."""

from lxml.etree import _Element as Element

from stepwell import feel
from stepwell.bpmn.draft import Draft, complain, place
from stepwell.bpmn.index import child, flag, say, tag
from stepwell.bpmn.index import text as content_of
from stepwell.bpmn.texts import compiled, expression
from stepwell.engine.definition import Loop


def loop(draft: Draft, activity: Element) -> Loop | None:
    """How often the activity is done, if it says."""
    multiple = child(activity, "multiInstanceLoopCharacteristics")
    if multiple is not None:
        return _multi_instance(draft, activity, multiple)
    standard = child(activity, "standardLoopCharacteristics")
    return _standard(draft, activity, standard) if standard is not None else None


def _standard(draft: Draft, activity: Element, written: Element) -> Loop:
    return Loop(
        "standard",
        condition=expression(draft, activity, child(written, "loopCondition")),
        maximum=_maximum(draft, activity, written),
        test_before=flag(written, "testBefore"),
    )


def _maximum(draft: Draft, activity: Element, written: Element) -> int | None:
    said = written.get("loopMaximum")
    if said is None:
        return None
    number = said.strip().removeprefix("+")
    if number.isascii() and number.isdigit() and len(number) <= 9 and int(number) > 0:
        return int(number)
    message = f"Expected loopMaximum of {say(activity)} to be a whole number from 1 on but it is {said!r}."
    hint = "Leave it out for no limit of its own."
    complain(draft, "loop.maximum", place(activity, written), message, hint)
    return None


def _multi_instance(draft: Draft, activity: Element, written: Element) -> Loop:
    behavior = written.get("behavior", "All")
    if behavior != "All":
        message = f"Expected the behavior All on {say(activity)} but it is {behavior}."
        hint = "Leave it out, and throw the event inside the activity. It comes in a later version."
        complain(draft, "loop.behavior", place(activity, written), message, hint)
    collection = _collection(draft, activity, child(written, "loopDataInputRef"))
    cardinality = expression(draft, activity, child(written, "loopCardinality"))
    _require_count(draft, activity, written)
    return Loop(
        "sequential" if flag(written, "isSequential") else "parallel",
        cardinality=cardinality,
        collection=collection,
        item=_name(child(written, "inputDataItem")),
        output_collection=variable(draft, child(written, "loopDataOutputRef")),
        output_item=_output_item(draft, activity, written),
        completion=expression(draft, activity, child(written, "completionCondition")),
    )


def _require_count(draft: Draft, activity: Element, written: Element) -> None:
    if any(content_of(child(written, name)) for name in ("loopCardinality", "loopDataInputRef")):
        return
    message = f"Expected a cardinality or a collection for {say(activity)} but it has neither."
    hint = "Add a loopCardinality, or name a collection in loopDataInputRef."
    complain(draft, "multi-instance.count-missing", place(activity, written), message, hint)


def _collection(draft: Draft, activity: Element, written: Element | None) -> feel.Expression | None:
    """The collection: a data object by id, the name of a variable, or FEEL after ``=``."""
    if written is None:
        return None
    source = content_of(written)
    if not source.startswith("="):
        source = variable(draft, written)
    return compiled(draft, place(activity, written), tag(written), source)


def _output_item(draft: Draft, activity: Element, written: Element) -> feel.Expression | None:
    """What each round adds to the output collection."""
    item = child(written, "outputDataItem")
    if item is not None:
        return compiled(draft, place(activity, item), "outputDataItem", _name(item))
    if child(written, "loopDataOutputRef") is not None:
        message = (
            f"Expected an outputDataItem for the loopDataOutputRef of {say(activity)} but there is none."
        )
        hint = 'Add <bpmn:outputDataItem name="…"/> with the variable of each round.'
        complain(draft, "loop.output-item", place(activity, written), message, hint)
    return None


def variable(draft: Draft, written: Element | None) -> str:
    """The name of a data object that is referred to by id, or the text itself."""
    reference = content_of(written)
    found = draft.index.find(reference) if reference else None
    return reference if found is None else _name(found)


def _name(item: Element | None) -> str:
    return "" if item is None else (item.get("name") or item.get("id") or "").strip()
