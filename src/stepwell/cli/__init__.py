"""The command line: one module per noun, `door` puts them together.

Nothing heavy is imported before a command needs it: `stepwell --help` has to answer at once.
"""

from stepwell.cli.door import app, execute, run

__all__ = ["app", "execute", "run"]
