"""docs/errors.md: every code that a caller, an author or an operator may meet, read from the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import stepwell.bpmn.check  # noqa: F401 - brings every rule
from stepwell.bpmn.rules.registry import RULES

SOURCE = Path(__file__).parents[1] / "src" / "stepwell"
CODE = re.compile(r"[a-z]+[a-z-]*[._][a-z_-]+")
HEAD = """# Errors

Generated from the source by `make docs`. Every refusal has a code, which stays, and a message that says what was
expected and what was found; braces stand for what is filled in. Nothing has changed when something was refused.

"""
SECTIONS = {
    "Unauthenticated": ("Nobody known (HTTP 401)", "Nobody knows who asks: log in, or send a token."),
    "Forbidden": (
        "Not allowed (HTTP 403)",
        "The thing is there to be seen, but not for this. See [people](people.md).",
    ),
    "NotFound": (
        "Not there (HTTP 404)",
        "The thing is not there, not any more, or not to be seen by who asks.",
    ),
    "Conflict": (
        "Not in this state (HTTP 409)",
        "The thing is there, but its state does not allow the command.",
    ),
    "Invalid": ("Wrong input (HTTP 422)", "`problems` names everything that is wrong, not only the first."),
    "TooOften": ("Too often (HTTP 429)", "The header `Retry-After` says how many seconds to wait."),
    "Unavailable": ("Not now (HTTP 503)", "The same request may be repeated, best with an idempotency key."),
    "HttpRejection": ("The request itself", "What only HTTP can get wrong: 400, 401, 405, 413, 415, 503."),
    "ConfigurationError": ("Set up wrongly", "Nothing starts before somebody sets it right."),
    "Stuck": ("Incidents", "An element that can not go on waits for repair; then it is retried."),
    "Problem": ("Problems", "What an author or caller has to mend, with its field, or its element and line."),
    "WrongUse": ("The command line", "Wrong use of a command, exit status 2, or its failure, 1."),
}
FRAMEWORK = {
    "internal": "Expected to answer, but something in Stepwell went wrong; its log says what. (500)",
    "method.not-allowed": "The route is there, but not with this method. (405)",
    "route.unknown": "There is no such route. (404)",
}
MADE = {  # from the declaration of a field or parameter
    f"{what}.{code}": message
    for what in ("field", "parameter")
    for code, message in {
        "invalid": "Expected {name} to be {what}, but found {value}.",
        "missing": "Expected a value for {name}, but there is none.",
        "unknown": "Expected one of {names}, but found {name} (did you mean {name}?).",
    }.items()
}
RULES_HEAD = """
## Rules for BPMN files

What `stepwell check` and a deployment look at, beside the problems above, and how to mend it.

| rule | how to mend it |
|---|---|
"""
KINDS = {kind: kind for kind in SECTIONS} | {
    "Contended": "Unavailable", "complain": "Problem", "warn": "Problem", "Refusal": "WrongUse", "_report": "HttpRejection", "_wrong": "Problem",
    "_problem": "Problem", "Wrong": "Problem", "wrong": "Problem", "problem": "Problem", "UnfitError": "Problem",
    "allow": "Forbidden",
}  # fmt: skip


def errors_page() -> str:
    """The whole page."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in SECTIONS}
    for path in sorted(SOURCE.rglob("*.py")):
        for kind, code, message in _codes(ast.parse(path.read_text())):
            known = found[kind].get(code, "")
            found[kind][code] = known or message
    found["HttpRejection"] |= FRAMEWORK
    found["Problem"] |= MADE
    rules = "".join(f"| `{code}` | {rule.hint} |\n" for code, rule in sorted(RULES.items()))
    return (
        HEAD + "\n".join(_section(kind, codes) for kind, codes in found.items() if codes) + RULES_HEAD + rules
    )


def _section(kind: str, codes: dict[str, str]) -> str:
    title, text = SECTIONS[kind]
    rows = "".join(f"| `{code}` | {message} |\n" for code, message in sorted(codes.items()))
    return f"## {title}\n\n{text}\n\n| code | message |\n|---|---|\n{rows}"


def _codes(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """(section, code, message) of every place that makes one."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        texts: dict[str, ast.expr] = {}
        for node in sorted(ast.walk(function), key=lambda node: getattr(node, "lineno", 0)):
            if name := _assigned(node):
                texts[name] = node.value  # type: ignore[attr-defined]
            if isinstance(node, ast.Call) and _name(node.func) in KINDS:
                yield from _of_call(node, texts)


def _of_call(call: ast.Call, texts: dict[str, ast.expr]) -> Iterator[tuple[str, str, str]]:
    for given in call.args:
        if isinstance(given, ast.Constant) and isinstance(given.value, str) and CODE.fullmatch(given.value):
            rest = [_text(argument, texts) for argument in call.args if argument is not given]
            if _name(call.func) == "Wrong":  # of a page: the rest of a sentence about a field
                rest = [f"Expected {{field}} to {rest[0]} but {rest[1]}."]
            message = next((text for text in rest if text.startswith(("Expected", "Timer", "No "))), "")
            if _name(call.func) == "UnfitError":
                message = f"Expected the value to be {rest[0]}."
            yield KINDS[_name(call.func)], given.value, message.replace("|", "\\|")
            return


def _text(node: ast.expr, texts: dict[str, ast.expr], depth: int = 0) -> str:
    """What a literal says, with braces for what is filled in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part, texts) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "{" + ast.unparse(node.value).split("(")[-1].rstrip(")").split(".")[-1].strip("'\"[]") + "}"
    if isinstance(node, ast.BinOp):
        return _text(node.left, texts, depth) + _text(node.right, texts, depth)
    if isinstance(node, ast.Name) and node.id in texts and depth < 3:
        return _text(texts[node.id], texts, depth + 1)
    return ""


def _assigned(node: ast.AST) -> str:
    is_one = isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    return node.targets[0].id if is_one else ""  # type: ignore[attr-defined]


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
