"""What stands inside extensionElements: ours must be known, that of others is kept and mentioned."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.declared import CALLED_ELSEWHERE, either
from stepwell.bpmn.extensions import ANY, EXTENSIONS, NAMESPACE, WHOLE, Extension
from stepwell.bpmn.index import BPMN, Index, attribute_names, pieces, say, tag
from stepwell.bpmn.rules.registry import Findings, rule
from stepwell.bpmn.xml import MODEL, XSI
from stepwell.errors import near

_OURS = f"{{{NAMESPACE}}}"
_XML = "http://www.w3.org/XML/1998/namespace"
_NOT_FOREIGN = frozenset({MODEL, NAMESPACE, XSI, _XML, None, ""})


@rule("extension.unknown", "Use the elements that Stepwell knows for this step.", own=True)
def our_elements_are_known(index: Index) -> Findings:
    for owner, element, known in _levels(index):
        name = _name(element)
        if name not in known:
            allowed = frozenset(known)
            yield element, f"Expected an extension of {_say(owner)} but found {name}{near(name, allowed)}."


@rule("extension.attribute-unknown", "Use the attributes that Stepwell knows for this element.", own=True)
def our_attributes_are_known(index: Index) -> Findings:
    for element, extension in _known(index):
        for name in attribute_names(element):
            if name not in extension.attributes and not name.startswith("{"):
                allowed = frozenset(extension.attributes)
                yield (
                    element,
                    f"Expected an attribute of {_say(element)} but found {name}{near(name, allowed)}.",
                )


@rule("extension.value", "Write one of the values that Stepwell knows.", own=True)
def our_values_are_known(index: Index) -> Findings:
    for element, extension in _known(index):
        for name, allowed in extension.attributes.items():
            value = element.get(name)
            if value is not None and not _fits(value, allowed):
                found = f"{value!r}{_meant(value, allowed)}"
                yield (
                    element,
                    f"Expected {name} of {_say(element)} to be {either(allowed)} but it is {found}.",
                )


def _meant(value: str, allowed: tuple[str, ...]) -> str:
    word = CALLED_ELSEWHERE.get(value.lower(), value)
    return near(word, set(allowed) - set(WHOLE))


def _fits(value: str, allowed: tuple[str, ...]) -> bool:
    if allowed == ANY or value.startswith("="):
        return True
    whole = value.isascii() and value.isdigit()
    return value in allowed or (whole and WHOLE[0] in allowed)


@rule("extension.text", "Write attributes or elements instead of text.", own=True)
def our_elements_hold_what_they_can(index: Index) -> Findings:
    for element, extension in _known(index):
        if not extension.text and pieces(element):
            yield element, f"Expected no text in {_say(element)} but there is some."


@rule("extension.misplaced", "Put it inside extensionElements of the step.", own=True)
def our_elements_stand_in_extensions(index: Index) -> Findings:
    for elements in index.by_tag.values():
        for element in elements:
            if tag(element) == "extensionElements":
                continue
            for inner in element:
                if inner.tag.startswith(_OURS):
                    yield (
                        inner,
                        f"Expected {_name(inner)} inside extensionElements but it is in {say(element)}.",
                    )
            for name in attribute_names(element):
                if name.startswith(_OURS):
                    yield (
                        element,
                        f"Expected no stepwell attribute on {say(element)} but found {_local(name)}.",
                    )


@rule("extension.foreign", "It is kept on export and has no effect.", warning=True, own=True)
def extensions_of_others_are_named(index: Index) -> Findings:
    """Once for each namespace, at its first place; editors write hundreds."""
    seen = set()
    for element in _bearers(index):
        for space in _namespaces(element) - _NOT_FOREIGN:
            if space not in seen:
                seen.add(space)
                yield element, f"Expected extensions of {NAMESPACE} but found some of {space}."


def _bearers(index: Index) -> Iterator[Element]:
    for elements in index.by_tag.values():
        for element in elements:
            yield element
            if tag(element) == "extensionElements":
                yield from element


def _namespaces(element: Element) -> set[str | None]:
    names = (element.tag, *attribute_names(element))
    return {name[1:].partition("}")[0] for name in names if name.startswith("{")}


def _levels(index: Index) -> Iterator[tuple[Element, Element, dict[str, Extension]]]:
    """Every element of ours with the one around it and what that one may hold, from outside to inside."""
    for extensions in index.each("extensionElements"):
        step = extensions.getparent()
        if step is not None:
            yield from _inside(step, extensions, EXTENSIONS.get(tag(step), {}))


def _inside(
    owner: Element, around: Element, known: dict[str, Extension]
) -> Iterator[tuple[Element, Element, dict[str, Extension]]]:
    for element in around:
        if element.tag.startswith(_OURS):
            yield owner, element, known
            extension = known.get(_name(element))
            if extension is not None:
                yield from _inside(element, element, extension.inside)


def _known(index: Index) -> Iterator[tuple[Element, Extension]]:
    for _, element, known in _levels(index):
        extension = known.get(_name(element))
        if extension is not None:
            yield element, extension


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _name(element: Element) -> str:
    return _local(element.tag)


def _say(element: Element) -> str:
    if element.tag.startswith(BPMN):
        return say(element)
    name = element.get("name")
    return f"stepwell:{_name(element)}" + (f" {name!r}" if name else "")
