"""How values are read: literals, names, lists, ranges, contexts, functions."""

from stepwell.feel.errors import FeelError, FeelSyntaxError
from stepwell.feel.lexer import Lexeme, string_of
from stepwell.feel.numbers import number_of
from stepwell.feel.reader import COMPARED, Reader, prefix
from stepwell.feel.syntax import ContextOf, FunctionOf, ListOf, Literal, Name, RangeOf, Syntax, Type
from stepwell.feel.temporal_text import parse_temporal
from stepwell.feel.types import read_type
from stepwell.feel.values import Range

COMPARING = frozenset({"<", "<=", ">", ">=", "=", "!="})


@prefix("null", "true", "false")
def read_constant(_reader: Reader, lexeme: Lexeme) -> Syntax:
    """``null``, ``true`` or ``false``."""
    return Literal(lexeme.at, {"null": None, "true": True, "false": False}[lexeme.text])


@prefix("number")
def read_number(reader: Reader, lexeme: Lexeme) -> Syntax:
    """A number; null when it is too large and the expression is lenient."""
    text = lexeme.text
    if len(text) <= 34 and text.isdigit():
        return Literal(lexeme.at, int(text))
    try:
        return Literal(lexeme.at, number_of(text))
    except FeelError as error:
        return _refused(reader, lexeme, error)


@prefix("string")
def read_string(reader: Reader, lexeme: Lexeme) -> Syntax:
    """A string in double quotes."""
    return Literal(lexeme.at, string_of(lexeme, reader.text))


@prefix("moment")
def read_moment(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``@"…"``: a date, time or duration; null when it is none and the expression is lenient."""
    try:
        return Literal(lexeme.at, parse_temporal(lexeme.text[1:].strip()[1:-1]))
    except FeelError as error:
        return _refused(reader, lexeme, error)


def _refused(reader: Reader, lexeme: Lexeme, error: FeelError) -> Syntax:
    if reader.lenient:
        return Literal(lexeme.at, None)
    raise FeelSyntaxError(error.message, reader.text, lexeme.at)


@prefix("word")
def read_name(reader: Reader, lexeme: Lexeme) -> Syntax:
    """A name; in a filter several unknown words are one, since they may be an entry of the elements."""
    reader.index -= 1
    count = reader.known_name() or (reader.following_words() if reader.filters else 1)
    return Name(lexeme.at, reader.take_name(count))


@prefix("(")
def read_parenthesis(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``(expression)``, the range ``(a .. b]``, or ``(< a)``."""
    if reader.peek().kind == "mark" and reader.peek().text in COMPARING:
        found: Syntax = read_half_range(reader)
    else:
        found = reader.expression()
        if reader.at_mark(".."):
            return read_range_end(reader, found, lexeme)
    reader.expect(")")
    return found


def read_half_range(reader: Reader) -> RangeOf:
    """``< a`` and its like, as a range that has one bound."""
    mark = reader.take()
    bound = reader.expression(COMPARED)
    if mark.text == "=":
        return RangeOf(mark.at, bound, bound, start_included=True, end_included=True)
    if mark.text == "!=":
        raise reader.wrong("one of < <= > >= =", mark)
    if mark.text[0] == "<":
        return RangeOf(mark.at, None, bound, start_included=False, end_included=mark.text == "<=")
    return RangeOf(mark.at, bound, None, start_included=mark.text == ">=", end_included=False)


@prefix("]")
def read_open_range(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``]a .. b[`` and its like."""
    return read_range_end(reader, reader.expression(), lexeme)


def read_range_end(reader: Reader, start: Syntax, opening: Lexeme) -> Syntax:
    """The rest of a range after its ``start``."""
    reader.expect("..")
    end = reader.expression(COMPARED)
    closing = reader.peek()
    if not (closing.kind == "mark" and closing.text in {"]", ")", "["}):
        raise reader.wrong("']', ')' or '[' at the end of the range")
    reader.take()
    return constant_range(RangeOf(opening.at, start, end, opening.text == "[", closing.text == "]"))


def constant_range(tree: RangeOf) -> Syntax:
    """The range itself where both bounds are constant numbers."""
    start, end = tree.start, tree.end
    if (
        isinstance(start, Literal)
        and isinstance(end, Literal)
        and type(start.value) is type(end.value) is int
    ):
        return Literal(tree.at, Range(start.value, end.value, tree.start_included, tree.end_included))
    return tree


@prefix("[")
def read_list(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``[item, …]`` or the range ``[a .. b]``."""
    items: list[Syntax] = []
    if reader.skip("]"):
        return ListOf(lexeme.at, items)
    items.append(reader.expression())
    if reader.at_mark(".."):
        return read_range_end(reader, items[0], lexeme)
    while reader.skip(","):
        items.append(reader.expression())
    reader.expect("]")
    return ListOf(lexeme.at, items)


@prefix("{")
def read_context(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``{name: value, …}``; a name may stand in quotes."""
    entries: list[tuple[str, Syntax]] = []
    seen: set[str] = set()
    while not reader.skip("}"):
        if entries:
            reader.expect(",")
        start = reader.peek()
        name = (
            string_of(reader.take(), reader.text)
            if start.kind == "string"
            else reader.declared_name(":", ",")
        )
        reader.expect(":")
        if name in seen and not reader.lenient:
            raise FeelSyntaxError(
                f"Expected each entry once, but '{name}' stands twice.", reader.text, start.at
            )
        seen.add(name)
        entries.append((name, reader.expression()))
    return ContextOf(lexeme.at, entries)


@prefix("function")
def read_function(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``function(name: type, …) body``; external functions do not exist here."""
    reader.expect("(")
    parameters: list[str] = []
    types: list[Type | None] = []
    while not reader.skip(")"):
        if parameters:
            reader.expect(",")
        parameters.append(reader.declared_name(":", ",", ")"))
        types.append(read_type(reader) if reader.skip(":") else None)
    if reader.at_mark("external"):
        raise reader.wrong("a function written in FEEL")
    return FunctionOf(lexeme.at, parameters, types, reader.expression())
