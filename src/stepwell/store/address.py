"""What a database URL says."""

from urllib.parse import unquote


def sqlite_path(url: str) -> str:
    """The file that ``sqlite:///PATH`` names; ``:memory:`` for ``sqlite://``."""
    return unquote(url.removeprefix("sqlite://").removeprefix("/").partition("?")[0]) or ":memory:"
