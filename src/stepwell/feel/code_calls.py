"""Closures of functions and calls."""

from typing import Any

from stepwell.feel.builtins.registry import Builtin, overloads
from stepwell.feel.compiler import Compiler, compiles
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import METER, NOW, Code, Frame, meter_of
from stepwell.feel.limits import Meter
from stepwell.feel.syntax import Call, FunctionOf, Name, Path, Syntax
from stepwell.feel.types import is_instance
from stepwell.feel.values import MISSING, Function, named

DEFINED = "is defined"


@compiles(FunctionOf)
def function_code(compiler: Compiler, tree: FunctionOf) -> Code:
    """``function(…) …``: it keeps the frame as it is now, and every call has a frame of its own."""
    compiler.enter()
    slots = [compiler.declare(name) for name in tree.parameters]
    body = compiler.code(tree.body)
    compiler.leave()
    parameters = tuple(tree.parameters)

    def run(frame: Frame) -> Any:
        meter_of(frame)
        kept = frame[:]

        def call(caller: Frame, arguments: list[Any]) -> Any:
            own = kept[:]
            meter = own[METER] = meter_of(caller)
            _check(tree, arguments, meter)
            own[NOW] = caller[NOW]
            for slot, argument in zip(slots, arguments, strict=True):
                own[slot] = argument
            meter.descend()
            try:
                return body(own)
            finally:
                meter.ascend()

        return Function("", parameters, call, kept)

    return run


def _check(tree: FunctionOf, arguments: list[Any], meter: Meter) -> None:
    if len(arguments) != len(tree.parameters):
        raise FeelError(f"Expected {len(tree.parameters)} arguments, but got {len(arguments)}.")
    for argument, wanted, name in zip(arguments, tree.types, tree.parameters, strict=True):
        if wanted and argument is not None and not is_instance(argument, wanted, meter):
            raise FeelError(f"Expected a {wanted.name} for '{name}', but got {named(argument)}.")


@compiles(Call)
def call_code(compiler: Compiler, tree: Call) -> Code:
    """A call of a built-in function, or of whatever the expression before the parenthesis gives."""
    callee = tree.function
    if isinstance(callee, Name) and not compiler.is_local(callee.name):
        if callee.name == DEFINED and len(tree.arguments) == 1:
            return _defined_code(compiler, tree.arguments[0])
        if overloads(callee.name):
            return _builtin_code(compiler, tree, callee.name)
    return _dynamic_code(compiler, tree)


def _builtin_code(compiler: Compiler, tree: Call, name: str) -> Code:
    codes, at, fail = [compiler.code(argument) for argument in tree.arguments], tree.at, compiler.fail
    chosen, order = chosen_overload(name, len(codes), tree.names)
    if chosen is None:
        problem = wrong_arguments(name, tree)
        return lambda _frame: fail(FeelError(problem), at)
    ordered = [codes[index] if index >= 0 else _left_out for index in order]
    invoke = chosen.invoke

    def run(frame: Frame) -> Any:
        try:
            return invoke(frame, [code(frame) for code in ordered])
        except FeelError as error:
            return fail(error, at)

    return run


def _left_out(_frame: Frame) -> object:
    return MISSING


def chosen_overload(name: str, count: int, names: list[str] | None) -> tuple[Builtin | None, list[int]]:
    """The form of the built-in ``name`` that takes these arguments, and in which order (-1: left out)."""
    for form in overloads(name):
        if names is None:
            if form.takes(count):
                return form, list(range(count))
        elif set(names) <= set(form.parameters) and set(form.parameters[: form.required]) <= set(names):
            order = [names.index(parameter) if parameter in names else -1 for parameter in form.parameters]
            return form, order
    return None, []


def wrong_arguments(name: str, tree: Call) -> str:
    """The message that no form of the built-in ``name`` takes these arguments."""
    forms = " or ".join(f"{name}({', '.join(form.parameters)})" for form in overloads(name))
    given = ", ".join(tree.names) if tree.names else f"{len(tree.arguments)} arguments"
    return f"Expected {forms}, but got {given}."


def _dynamic_code(compiler: Compiler, tree: Call) -> Code:
    callee, at, fail = compiler.code(tree.function), tree.at, compiler.fail
    codes = [compiler.code(argument) for argument in tree.arguments]
    what = f"'{tree.function.name}'" if isinstance(tree.function, Name) else "the value before '('"

    def run(frame: Frame) -> Any:
        function = callee(frame)
        try:
            if type(function) is not Function:
                raise FeelError(f"Expected a function, but {what} is {named(function)}.")
            arguments = [code(frame) for code in codes]
            meter_of(frame).work(1)
            if tree.names:
                arguments = _ordered(function, tree.names, arguments)
            return function.call(frame, arguments)
        except FeelError as error:
            return fail(error, at)

    return run


def _ordered(function: Function, names: list[str], arguments: list[Any]) -> list[Any]:
    given = dict(zip(names, arguments, strict=True))
    if function.parameters is None or set(given) != set(function.parameters):
        wanted = ", ".join(function.parameters or ())
        raise FeelError(f"Expected the arguments {wanted}, but got {', '.join(names)}.")
    return [given[name] for name in function.parameters]


def _defined_code(compiler: Compiler, tree: Syntax) -> Code:
    """``is defined(x)``: whether the variable, or the entry at the end of a path, is there at all."""
    name = compiler.global_name(tree)
    if name is not None:
        return lambda frame: frame[0](name) is not MISSING
    if isinstance(tree, Name):
        is_local, code = compiler.is_local(tree.name), compiler.code(tree)
        return lambda frame: is_local or code(frame) is not None
    if isinstance(tree, Path):
        value, entry = compiler.code(tree.value), tree.name

        def run(frame: Frame) -> bool:
            found = value(frame)
            return entry in found if type(found) is dict else found is not None

        return run
    code = compiler.code(tree)
    return lambda frame: code(frame) is not None
