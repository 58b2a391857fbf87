"""Read bytes of unknown origin as BPMN XML without giving them any power (no DOCTYPE, entity or network)."""

from typing import Any, cast

from lxml import etree
from lxml.etree import _Element as Element

from stepwell.errors import Invalid, Problem

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DEFAULT_MAX_BYTES = 5_000_000
_HINT = (
    "Look there and just before: every element is closed, and in texts < and & are written &lt; and &amp;."
)
_TOO_DEEP_OR_LONG = 114  # libxml2's XML_ERR_RESOURCE_LIMIT


def parse(data: bytes, max_bytes: int = DEFAULT_MAX_BYTES) -> Element:
    """The root element ``definitions`` of a BPMN 2.0 file, without comments and processing instructions.

    Elements nest at most 256 deep. Raises ``Invalid`` with the line and column of the first fault, and
    nothing else, whatever the bytes are.
    """
    if len(data) > max_bytes:
        raise _refusal("xml.too-large", f"Expected at most {max_bytes} bytes but the file has {len(data)}.")
    if not data.strip():
        raise _refusal("xml.empty", "Expected a BPMN 2.0 file but there is nothing in it.")
    root = _well_formed(data)
    _refuse_doctype(root)
    _require_definitions(root)
    return root


def _well_formed(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.XML(data, parser)
    except etree.XMLSyntaxError as fault:
        rule = "xml.too-deep" if cast("Any", fault).code == _TOO_DEEP_OR_LONG else "xml.malformed"
        line, column = fault.position
        said = (fault.msg or "it can not be read").split(", line ")[0]
        raise _refusal(
            rule, f"Expected well-formed XML but found: {said}.", line, column, hint=_HINT
        ) from None


def _refuse_doctype(root: Element) -> None:
    if cast("Any", root.getroottree().docinfo).doctype:
        raise _refusal(
            "xml.doctype",
            "Expected no DOCTYPE but found one; entities and outside declarations are not read.",
            hint="Remove the line that begins with <!DOCTYPE.",
        )


def _require_definitions(root: Element) -> None:
    name = etree.QName(root)
    if name.localname == "definitions" and name.namespace == MODEL:
        return
    raise _refusal(
        "xml.not-bpmn",
        f"Expected the root element definitions of the namespace {MODEL} but found {name.localname} of"
        f" {name.namespace or 'no namespace'}.",
        cast("int", root.sourceline),
        hint="Export the diagram as BPMN 2.0 XML.",
    )


def _refusal(rule: str, message: str, line: int = 0, column: int = 0, *, hint: str = "") -> Invalid:
    return Invalid(
        rule, message, [Problem(rule, message, line=max(line, 0), column=max(column, 0), hint=hint)]
    )
