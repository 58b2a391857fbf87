"""Options that several commands share."""

from typing import Annotated

import typer

Pairs = Annotated[
    list[str] | None,
    typer.Option(
        "--set", "-s", metavar="NAME=VALUE",
        help="A variable, as often as needed. The value is JSON if it can be read so, otherwise text.",
    ),
]  # fmt: skip
Document = Annotated[
    str, typer.Option("--values", metavar="JSON", help="Variables as a JSON object, or @FILE that holds one.")
]
Actor = Annotated[
    str,
    typer.Option("--actor", metavar="NAME", help="Who does it. Else $STEPWELL_ACTOR, else your login name."),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it goes into the history.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; needed, for the history.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, metavar="N", help="At most so many (50).")]
After = Annotated[
    str, typer.Option("--after", metavar="PLACE", help="Go on behind a list that ended with it.")
]
InstanceId = Annotated[str, typer.Argument(metavar="INSTANCE", help="The id of a process instance: 17.")]
TaskId = Annotated[str, typer.Argument(metavar="TASK", help="The id of a user task: 17-3.")]
IncidentId = Annotated[str, typer.Argument(metavar="INCIDENT", help="The id of an incident: 17-3.")]
ProcessId = Annotated[str, typer.Option("--process", metavar="ID", help="Only of this process.")]
OfInstance = Annotated[str, typer.Option("--instance", metavar="ID", help="Only of this instance.")]
Element = Annotated[str, typer.Option("--element", metavar="ID", help="Only at this element.")]
