"""FEEL, the expression language of DMN 1.5, with decimals and a budget. See docs/feel.md."""

from stepwell.feel.codec import decode, encode
from stepwell.feel.declared_types import DECLARED_TYPES, declared_type_of, described, fitting
from stepwell.feel.errors import FeelError, FeelLimitError, FeelSyntaxError
from stepwell.feel.exchange import from_json, to_json
from stepwell.feel.expression import Expression, Lookup, compile, compile_unary_tests
from stepwell.feel.limits import DEFAULT_LIMITS, Limits
from stepwell.feel.template import Template, compile_template
from stepwell.feel.text import format_value
from stepwell.feel.values import MISSING, Function, Missing, Range, YearsMonths

__all__ = [
    "DECLARED_TYPES",
    "DEFAULT_LIMITS",
    "MISSING",
    "Expression",
    "FeelError",
    "FeelLimitError",
    "FeelSyntaxError",
    "Function",
    "Limits",
    "Lookup",
    "Missing",
    "Range",
    "Template",
    "YearsMonths",
    "compile",
    "compile_template",
    "compile_unary_tests",
    "declared_type_of",
    "decode",
    "described",
    "encode",
    "fitting",
    "format_value",
    "from_json",
    "to_json",
]
