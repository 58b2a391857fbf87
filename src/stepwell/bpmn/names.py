"""Names of more than one word that a file gives to its data, found again in its expressions.

FEEL can only tell such a name from several names if it is told beforehand. A large file may have thousands,
so each is kept under its rarest word and an expression is given those alone that it may hold.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

Names = Mapping[str, list[str]]
_WORD = re.compile(r"\w+")


def known_names(given: Iterable[str]) -> Names:
    """Those of several words, by one of their words."""
    names = {" ".join(name.split()) for name in given if not name.strip().isidentifier()}
    words = {name: set(_WORD.findall(name)) for name in names}
    common = Counter(word for found in words.values() for word in found)
    known: dict[str, list[str]] = defaultdict(list)
    for name in sorted(name for name in names if words[name]):
        known[min(words[name], key=lambda word: (common[word], word))].append(name)
    return known


def names_in(names: Names, expression: str) -> list[str]:
    """Those that the expression may hold."""
    if not names:
        return []
    flat = "".join(expression.split())
    words = set(_WORD.findall(expression))
    return [name for word in words & names.keys() for name in names[word] if "".join(name.split()) in flat]
