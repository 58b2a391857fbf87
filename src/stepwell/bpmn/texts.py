"""What an author writes as text: a constant, or FEEL after ``=``."""

from dataclasses import replace

from lxml.etree import _Element as Element

from stepwell import feel
from stepwell.bpmn.draft import Draft, Place, place
from stepwell.bpmn.index import line_of, tag
from stepwell.bpmn.index import text as content_of
from stepwell.bpmn.names import names_in
from stepwell.bpmn.rules.language import is_feel
from stepwell.engine.definition import Text
from stepwell.errors import Problem

_FOREIGN = ("${", "#{")


def compiled(draft: Draft, where: Place, what: str, source: str) -> feel.Expression | None:
    """An expression; what is not FEEL is a problem with its line.

    Marks of other engines are refused by a rule of their own.
    """
    source = source.strip()
    if source.startswith("="):
        source = source[1:].strip()
    if not source or source.startswith(_FOREIGN):
        return None
    try:
        return feel.compile(source, names=names_in(draft.names, source))
    except feel.FeelSyntaxError as fault:
        _refuse(draft, where, what, fault, _hint(source))
        return None


def template(draft: Draft, where: Place, what: str, source: str) -> feel.Template | None:
    """A text with FEEL in braces, None if it is empty; what is wrong in it is a problem."""
    if not source:
        return None
    try:
        return feel.compile_template(source, names=names_in(draft.names, source))
    except feel.FeelSyntaxError as fault:
        _refuse(
            draft, where, what, fault, "FEEL stands in braces: Trip to {city}. A brace itself is {{ or }}."
        )
        return None


def _refuse(draft: Draft, where: Place, what: str, fault: feel.FeelSyntaxError, hint: str) -> None:
    """The column of the file is known behind the first line only: before it stand the marks of XML."""
    further = fault.line > 1
    at = f"line {fault.line}, column {fault.column}" if further else f"column {fault.column}"
    message = f"Expected FEEL in {what} of {where.element!r} but it is wrong in {at}. {fault.message}"
    line, column = where.line + fault.line - 1, fault.column if further else 0
    draft.problems.append(Problem("expression.syntax", message, where.element, "", line, column, hint))


def _hint(source: str) -> str:
    """What most often misleads those who know another language."""
    if "==" in source or "!" in source.replace("!=", ""):
        return "FEEL compares with = and !=, and says not(...)."
    return 'Text stands in double quotes: status = "open".'


def expression(draft: Draft, owner: Element, written: Element | None) -> feel.Expression | None:
    """The FEEL that is the content of an element; None if it says nothing or speaks another language."""
    if written is None or not is_feel(written.get("language") or "feel"):
        return None
    where = place(owner, written)
    raw = written.text or ""
    before = raw[: len(raw) - len(raw.lstrip())].count("\n")
    return compiled(draft, replace(where, line=where.line + before), tag(written), raw)


def text(draft: Draft, where: Place, what: str, source: str | None) -> Text | None:
    """A constant, or FEEL after ``=``; None if there is nothing."""
    if source is None or not source.strip():
        return None
    if not source.lstrip().startswith("="):
        return Text(source.strip())
    return Text(source.strip(), compiled(draft, where, what, source))


def content(draft: Draft, owner: Element, written: Element | None) -> Text | None:
    """The same from the content of an element."""
    if written is None:
        return None
    where = Place(owner.get("id", ""), line_of(written))
    return text(draft, where, tag(written), content_of(written))
