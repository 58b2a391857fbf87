"""What we add around the components of form-js: outcome buttons, and a layout of tabs or steps."""

from typing import Any

from stepwell.forms.components import BUTTON, PART, STYLES
from stepwell.forms.draft import Draft, check_feel, compiled, complain, is_feel, near, show
from stepwell.forms.page import Button, Layout, Part
from stepwell.forms.properties import check_names

MOST_BUTTONS = 20
MOST_PARTS = 50
MOST_GROUPS = 1_000
_FLAGS = ("completes", "validates")
_KINDS = ("tabs", "steps")


def check_buttons(draft: Draft, written: Any) -> None:
    """The list of outcome buttons: each with a code of its own, and at least one that completes the step."""
    if not isinstance(written, list) or not written or len(written) > MOST_BUTTONS:
        message = f"Expected 1 to {MOST_BUTTONS} buttons but found {show(written)}."
        hint = 'For instance "buttons": [{"code": "done", "label": "Done"}].'
        complain(draft, "page.buttons", "buttons", message, hint=hint)
        return
    codes: set[str] = set()
    for number, button in enumerate(written):
        _check_button(draft, f"buttons[{number}]", button, codes)
    if all(isinstance(button, dict) and button.get("completes") is False for button in written):
        message = (
            "Expected a button that completes the step but none of them does, so the step would never end."
        )
        complain(
            draft, "page.no-completing-button", "buttons", message, hint="Leave out completes on one of them."
        )


def _check_button(draft: Draft, where: str, button: Any, codes: set[str]) -> None:
    if not isinstance(button, dict):
        complain(draft, "page.value", where, f"Expected {where} to be an object but it is {show(button)}.")
        return
    check_names(draft, where, button, BUTTON)
    code = button.get("code")
    if not isinstance(code, str) or not code.strip() or len(code) > 200:
        complain(draft, "page.value", f"{where}.code", f"Expected a code in {where} but it is {show(code)}.")
    elif code in codes:
        message = f"Expected each code once but {code!r} is there again in {where}."
        complain(draft, "page.button-doubled", f"{where}.code", message)
    codes.add(str(code))
    for name in _FLAGS:
        if not isinstance(button.get(name, True), bool):
            found = show(button[name])
            complain(
                draft,
                "page.value",
                f"{where}.{name}",
                f"Expected {name} to be true or false but it is {found}.",
            )
    _check_texts(draft, where, button)


def _check_texts(draft: Draft, where: str, button: dict[str, Any]) -> None:
    for name in ("label", "signal"):
        if not isinstance(button.get(name, ""), str):
            found = show(button[name])
            complain(draft, "page.value", f"{where}.{name}", f"Expected {name} to be text but it is {found}.")
    if button.get("style", STYLES[0]) not in STYLES:
        found = f"{show(button['style'])}{near(str(button['style']), STYLES)}"
        message = f"Expected style to be {' or '.join(STYLES)} but it is {found}."
        complain(draft, "page.value", f"{where}.style", message)
    shown_if = button.get("shownIf")
    if shown_if is not None and not is_feel(shown_if):
        message = f"Expected shownIf to be FEEL after = but it is {show(shown_if)}."
        complain(draft, "page.value", f"{where}.shownIf", message)
    elif shown_if is not None:
        check_feel(draft, f"{where}.shownIf", shown_if)


def buttons_of(schema: dict[str, Any]) -> tuple[Button, ...]:
    """The buttons of a schema that is in order. One that only saves the draft checks nothing unless it says so."""
    return tuple(
        Button(
            code=button["code"],
            label=button.get("label") or button["code"],
            style=button.get("style", STYLES[0]),
            completes=button.get("completes", True),
            validates=button.get("validates", button.get("completes", True)),
            signal=button.get("signal", ""),
            shown_if=compiled(button.get("shownIf")),
        )
        for button in schema["buttons"]
    )


def check_layout(draft: Draft, schema: dict[str, Any]) -> None:
    """``{"tabs": [{"title", "groups"}]}`` or the same with ``steps``."""
    layout = schema.get("layout")
    if layout is None:
        return
    if not isinstance(layout, dict) or len(layout) != 1 or next(iter(layout)) not in _KINDS:
        found = ", ".join(map(str, layout)) if isinstance(layout, dict) else show(layout)
        message = (
            f"Expected a layout of tabs or of steps but found {found or 'nothing'}{near(found, _KINDS)}."
        )
        complain(draft, "page.layout", "layout", message)
        return
    ((kind, parts),) = layout.items()
    if not isinstance(parts, list) or not 1 <= len(parts) <= MOST_PARTS:
        complain(
            draft,
            "page.layout",
            f"layout.{kind}",
            f"Expected 1 to {MOST_PARTS} {kind} but found {show(parts)}.",
        )
        return
    known = {
        component["id"]
        for component in schema["components"]
        if isinstance(component, dict) and isinstance(component.get("id"), str)
    }
    taken: set[str] = set()
    for number, part in enumerate(parts):
        _check_part(draft, f"layout.{kind}[{number}]", part, (known, taken))


def _check_part(draft: Draft, where: str, part: Any, ids: tuple[set[str], set[str]]) -> None:
    known, taken = ids
    if not isinstance(part, dict) or not isinstance(part.get("groups"), list):
        complain(
            draft, "page.layout", where, f"Expected a title and groups in {where} but found {show(part)}."
        )
        return
    check_names(draft, where, part, PART)
    if not isinstance(part.get("title"), str) or not part["title"].strip():
        complain(draft, "page.layout", f"{where}.title", f"Expected a title in {where} but there is none.")
    for number, id in enumerate(part["groups"][:MOST_GROUPS]):
        place = f"{where}.groups[{number}]"
        if not isinstance(id, str) or id not in known:
            message = f"Expected the id of a component at the top of the page but found {show(id)}"
            complain(draft, "page.group-unknown", place, message + f"{near(str(id), known)}.")
        elif id in taken:
            complain(
                draft, "page.group-doubled", place, f"Expected each group in one part but {id!r} is in two."
            )
        taken.add(str(id))


def layout_of(schema: dict[str, Any]) -> Layout | None:
    """The layout of a schema that is in order."""
    if schema.get("layout") is None:
        return None
    ((kind, parts),) = schema["layout"].items()
    return Layout(kind, tuple(Part(part["title"], tuple(part["groups"])) for part in parts))
