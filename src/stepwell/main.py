"""The front door: the program ``stepwell``."""


def run() -> None:
    """The program ``stepwell``."""
    from stepwell import cli

    cli.run()
