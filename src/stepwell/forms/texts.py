"""Titles and hints: an author's texts with values of the process in braces, in the language of the person.

A title is one line of plain text. A hint is Markdown and becomes HTML that holds nothing but text, its marks
and links; values that are put into it are text, whatever they look like.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from stepwell import feel
from stepwell.feel.template import Hole

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST_TITLE = 500
LONGEST_HINT = 50_000
_MARKS: Final = re.compile(r"""([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])""")
_LINK: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_TAGS: Final = frozenset(
    "p br hr em strong s a ul ol li code pre blockquote h1 h2 h3 h4 h5 h6 table thead tbody tr th td".split()
)


class Wording(Struct, frozen=True):
    """A text in one language (``de``, ``de-CH``); the one without is for everybody else."""

    template: feel.Template
    language: str = ""


def in_language(wordings: Sequence[Wording], language: str) -> Wording | None:
    """The text for a person who reads ``language``: exactly it, else what is nearest, else what is for everybody,
    else the first. None if there is none at all.
    """
    return min(
        wordings, key=lambda wording: _distance(wording.language.lower(), language.lower()), default=None
    )


def _distance(written: str, wanted: str) -> int:
    if written == wanted:
        return 0
    if written and wanted.startswith(f"{written}-"):
        return 1
    if written and written.partition("-")[0] == wanted.partition("-")[0]:
        return 2
    return 4 if written else 3


def title(wording: Wording, lookup: feel.Lookup, now: datetime) -> str:
    """The line of text, with the values in place. Raises ``FeelError``."""
    return _cut(" ".join(wording.template.evaluate(lookup, now=now).split()), LONGEST_TITLE)


def hint(wording: Wording, lookup: feel.Lookup, now: datetime) -> str:
    """The Markdown, with the values in place as plain text. Raises ``FeelError``."""
    parts = (
        part if isinstance(part, str) else _marked(_value(wording.template, part, lookup, now))
        for part in wording.template.parts
    )
    return _cut("".join(parts), LONGEST_HINT)


def _value(template: feel.Template, hole: Hole, lookup: feel.Lookup, now: datetime) -> str:
    try:
        value = hole.expression.evaluate(lookup, now=now)
    except feel.FeelError as error:
        error.move(hole.start, template.text)
        raise
    return "" if value is None else feel.format_value(value)


def _marked(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", " ".join(text.split(" "))).replace("\n", "\\\n").replace("\0", "")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def html(markdown: str) -> str:
    """Markdown as HTML: no HTML of the author's own, no images, links with http, https and mailto alone."""
    import nh3

    return nh3.clean(
        _reader().render(_cut(markdown, LONGEST_HINT)),
        tags=set(_TAGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        link_rel="noopener noreferrer",
    )


@lru_cache(maxsize=1)
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    reader.disable("image")
    reader.validateLink = lambda url: _LINK.fullmatch(url) is not None  # type: ignore[method-assign]
    return reader
