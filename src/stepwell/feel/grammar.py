"""How expressions are read: operators, conditions, loops, paths, filters, calls, unary tests."""

from stepwell.feel.arithmetic import OPERATIONS, negate
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame
from stepwell.feel.grammar_values import COMPARING, read_half_range, read_range_end
from stepwell.feel.lexer import Lexeme
from stepwell.feel.limits import DEFAULT_LIMITS
from stepwell.feel.numbers import is_number
from stepwell.feel.reader import (
    ADDED,
    AND,
    CHAINED,
    COMPARED,
    MULTIPLIED,
    NEGATED,
    OR,
    PREFIX,
    RAISED,
    Reader,
    infix,
    prefix,
)  # fmt: skip
from stepwell.feel.syntax import (
    Between,
    Binary,
    Call,
    Condition,
    Filter,
    For,
    InstanceOf,
    Iterator,
    Literal,
    Membership,
    Negation,
    Path,
    Quantified,
    Syntax,
    Test,
    Tests,
)  # fmt: skip
from stepwell.feel.types import read_type


def _binary(power: int, *texts: str) -> None:
    @infix(power, *texts)
    def read(reader: Reader, left: Syntax, lexeme: Lexeme) -> Syntax:
        return folded(Binary(lexeme.at, lexeme.text, left, reader.expression(power)))


_binary(OR, "or")
_binary(AND, "and")
_binary(COMPARED, *sorted(COMPARING))
_binary(ADDED, "+", "-")
_binary(MULTIPLIED, "*", "/")
_binary(RAISED, "**")


def folded(tree: Binary) -> Syntax:
    """The number itself where both sides are constant numbers."""
    left, right = tree.left, tree.right
    if tree.operator not in OPERATIONS or not (isinstance(left, Literal) and isinstance(right, Literal)):
        return tree
    if not (is_number(left.value) and is_number(right.value)):
        return tree
    nothing: Frame = [None, DEFAULT_LIMITS, None]
    try:
        return Literal(left.at, OPERATIONS[tree.operator](left.value, right.value, nothing))
    except FeelError:
        return tree


@prefix("-")
def read_negation(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``-operand``, which binds stronger than ``**`` (10.3.1.2, grammar rule 4)."""
    operand = reader.expression(NEGATED - 1)
    if isinstance(operand, Literal) and is_number(operand.value):
        return Literal(lexeme.at, negate(operand.value))
    return Negation(lexeme.at, operand)


@infix(COMPARED, "between")
def read_between(reader: Reader, left: Syntax, lexeme: Lexeme) -> Syntax:
    """``value between low and high``."""
    low = reader.expression(COMPARED)
    reader.expect("and")
    return Between(lexeme.at, left, low, reader.expression(COMPARED))


@infix(COMPARED, "in")
def read_membership(reader: Reader, left: Syntax, lexeme: Lexeme) -> Syntax:
    """``value in test`` or ``value in (test, …)``."""
    opening = reader.peek()
    if opening.text != "(" or opening.kind != "mark":
        return Membership(lexeme.at, left, [read_test(reader, COMPARED)])
    reader.take()
    first = read_test(reader)
    if reader.at_mark(".."):
        return Membership(lexeme.at, left, [read_range_end(reader, first, opening)])
    tests = [first]
    while reader.skip(","):
        tests.append(read_test(reader))
    reader.expect(")")
    return Membership(lexeme.at, left, tests)


def read_test(reader: Reader, power: int = 0) -> Syntax:
    """``< bound`` and its like, or an expression."""
    mark = reader.peek()
    if mark.kind == "mark" and mark.text in COMPARING:
        reader.take()
        return Test(mark.at, mark.text, reader.expression(COMPARED))
    return reader.expression(power)


@infix(COMPARED, "instance")
def read_instance(reader: Reader, left: Syntax, lexeme: Lexeme) -> Syntax:
    """``value instance of type``."""
    if reader.peek().text != "of":
        raise reader.wrong("'of'")
    reader.take()
    return InstanceOf(lexeme.at, left, read_type(reader))


@prefix("if")
def read_condition(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``if test then yes else no``."""
    test = reader.expression()
    reader.expect("then")
    yes = reader.expression()
    reader.expect("else")
    return Condition(lexeme.at, test, yes, reader.expression())


@prefix("for")
def read_for(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``for name in list, … return body``."""
    iterators = read_iterators(reader)
    reader.expect("return")
    return For(lexeme.at, iterators, reader.expression())


@prefix("some", "every")
def read_quantified(reader: Reader, lexeme: Lexeme) -> Syntax:
    """``some name in list, … satisfies body``, or ``every``."""
    iterators = read_iterators(reader)
    reader.expect("satisfies")
    return Quantified(lexeme.at, lexeme.text == "every", iterators, reader.expression())


def read_iterators(reader: Reader) -> list[Iterator]:
    """``name in list`` or ``name in a..b``, with commas between several."""
    iterators: list[Iterator] = []
    while not iterators or reader.skip(","):
        name = reader.declared_name("in")
        reader.expect("in")
        domain = reader.expression()
        iterators.append(Iterator(name, domain, reader.expression() if reader.skip("..") else None))
    return iterators


@infix(CHAINED, ".")
def read_path(reader: Reader, left: Syntax, lexeme: Lexeme) -> Syntax:
    """``value.name``; words that follow each other are one name."""
    count = reader.known_name() or reader.following_words() or int(reader.peek().kind == "keyword")
    if not count:
        raise reader.wrong("a name after the point")
    return Path(lexeme.at, left, reader.take_name(count))


@infix(CHAINED, "[")
def read_filter(reader: Reader, left: Syntax, lexeme: Lexeme) -> Syntax | None:
    """``value[condition]``; no filter when no expression follows, as at the end of ``]a..b[``."""
    following = reader.peek()
    begins = following.text if following.kind in {"mark", "keyword"} else following.kind
    if begins not in PREFIX or begins == "]":
        return None
    reader.filters += 1
    condition = reader.expression()
    reader.filters -= 1
    reader.expect("]")
    return Filter(lexeme.at, left, condition)


@infix(CHAINED, "(")
def read_call(reader: Reader, left: Syntax, lexeme: Lexeme) -> Syntax:
    """``function(argument, …)`` or ``function(name: argument, …)``."""
    names: list[str] = []
    arguments: list[Syntax] = []
    while not reader.skip(")"):
        if arguments:
            reader.expect(",")
        if _name_ahead(reader) and (names or not arguments):
            names.append(reader.declared_name(":"))
            reader.expect(":")
        elif names:
            raise reader.wrong("every argument by name")
        arguments.append(read_argument(reader))
    return Call(min(lexeme.at, left.at), left, arguments, names or None)


def read_argument(reader: Reader) -> Syntax:
    """An expression, or ``< bound`` and its like, which is a range."""
    if reader.peek().kind == "mark" and reader.peek().text in COMPARING:
        return read_half_range(reader)
    return reader.expression()


def _name_ahead(reader: Reader) -> bool:
    count = 0
    while reader.peek(count).kind in {"word", "keyword", "number"}:
        count += 1
    return count > 0 and reader.peek(count).text == ":" and reader.peek(count).kind == "mark"


def read_unary_tests(reader: Reader) -> Syntax:
    """``-``, ``test, …`` or ``not(test, …)`` (10.3.1.2, grammar rule 15)."""
    at = reader.peek().at
    if reader.at_mark("-") and reader.peek(1).kind == "end":
        reader.take()
        return Tests(at, [], negated=False)
    negated = reader.peek().text == "not" and reader.peek(1).text == "("
    if negated:
        reader.index += 2
    tests = [read_test(reader)]
    while reader.skip(","):
        tests.append(read_test(reader))
    if negated:
        reader.expect(")")
    return Tests(at, tests, negated)
