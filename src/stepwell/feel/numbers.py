"""Numbers: int while exact and short, else Decimal with 34 digits (DMN 1.5, 10.3.2.3.1); never float."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

from stepwell.feel.errors import FeelError

CONTEXT: Final = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

EXACT: Final = 10**34
"""A whole number below this size stays an int."""

Number = int | Decimal


def is_number(value: object) -> bool:
    """Whether ``value`` is a number; a boolean is none."""
    return type(value) is int or isinstance(value, Decimal)


def rounded(value: Number) -> Number:
    """``value`` within 34 digits and the range of exponents; FeelError when it is too large."""
    if type(value) is int and -EXACT < value < EXACT:
        return value
    try:
        return CONTEXT.create_decimal(value)
    except ArithmeticError:
        raise FeelError(
            "Expected a number within 34 digits and exponents up to 6144, but it is larger."
        ) from None


def number_of(text: str) -> Number:
    """The number that ``text`` (digits, point, exponent) writes; FeelError when it is none."""
    if text.isascii() and text.isdigit() and len(text) <= 34:
        return int(text)
    try:
        number = CONTEXT.create_decimal(text)
    except ArithmeticError:
        number = Decimal("nan")
    if not number.is_finite():
        raise FeelError(f"Expected a number, but got '{text[:60]}'.")
    return number


def whole(value: object) -> int | None:
    """``value`` as int when it is a whole number of ordinary size, else None."""
    if type(value) is int:
        return value
    if (
        isinstance(value, Decimal)
        and value.is_finite()
        and value.adjusted() < 40
        and value == value.to_integral_value()
    ):
        return int(value)
    return None


def plain(value: Number) -> str:
    """``value`` in digits, without needless zeros after the point and without exponent while that is short."""
    if type(value) is int and -EXACT < value < EXACT:
        return str(value)
    number = CONTEXT.create_decimal(value)
    if not number:
        return "0"
    if not -40 < number.adjusted() < 40:
        return str(number.normalize(CONTEXT))
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
