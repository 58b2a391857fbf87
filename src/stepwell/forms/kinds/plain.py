"""A user task without settings (K7): a title, its documentation as hint, and Done."""

from stepwell.forms.kinds.made import Made, button, page

DONE = "done"


def plain_page() -> Made:
    """The page; it holds nothing but the button."""
    return Made(page([], button(DONE, "Done")), {})
