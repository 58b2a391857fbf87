"""``stepwell show``: what became of an instance."""
import typer
from stepwell.cli.given import InstanceId
def show(ctx: typer.Context, instance: InstanceId) -> None:
    """Show the path an instance took and where it waits."""
