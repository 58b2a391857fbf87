"""Pages as data: what they hold, how they begin, and whether what was sent for them is right. See docs/pages.md."""

from stepwell.forms.asking import Records
from stepwell.forms.begin import begin
from stepwell.forms.check import Around, Checked, Examined, Sent, check, examine
from stepwell.forms.page import Button, Page
from stepwell.forms.read import decode, encode, read, read_text, stored
from stepwell.forms.showing import to_fill, to_show

__all__ = [
    "Around",
    "Button",
    "Checked",
    "Examined",
    "Page",
    "Records",
    "Sent",
    "begin",
    "check",
    "decode",
    "encode",
    "examine",
    "read",
    "read_text",
    "stored",
    "to_fill",
    "to_show",
]
