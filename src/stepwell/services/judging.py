"""Whether who asks for something may have it, by the facts that the transaction has loaded.

What one may not see is not there (``NotFound``); what one sees but may not do is ``Forbidden``. A policy that
says yes costs no statement; only a no asks whether the instance may be seen at all.
"""

from collections.abc import Callable

from stepwell.engine import commands as c
from stepwell.engine.definition import ProcessDefinition
from stepwell.engine.rows import UserTask
from stepwell.errors import Conflict, Forbidden, NotFound
from stepwell.identity import Actor, Verdict
from stepwell.identity.policies import instance, message, process, user_task
from stepwell.services.allowing import allow
from stepwell.services.batch import Batch
from stepwell.services.ids import inner_id, not_open
from stepwell.services.requests import OnInstance
from stepwell.store import policies

Policy = Callable[[Actor, UserTask], Verdict]
STEPS: dict[type[c.Command], tuple[str, Policy]] = {
    c.ClaimUserTask: ("claim", user_task.may_claim),
    c.ReleaseUserTask: ("give back", user_task.may_release),
    c.OpenUserTask: ("open", user_task.may_open),
    c.PressButton: ("complete", user_task.may_complete),
    c.ReassignUserTask: ("reassign", user_task.may_hand_on),
    c.PostponeUserTask: ("postpone", user_task.may_postpone),
    c.CompleteUserTask: ("complete", user_task.may_complete),
    c.CancelUserTask: ("cancel", lambda actor, _: user_task.may_cancel(actor)),
}
REPAIRS: dict[type[c.Command], str] = {
    c.CancelInstance: "cancel instance",
    c.SetVariables: "set variables of instance",
    c.RetryIncident: "retry an incident of instance",
}


def of_instance(batch: Batch, request: OnInstance) -> None:
    """Go on if who asks may do this; operators may do everything with an instance."""
    is_step = type(request.command) in STEPS
    if request.instance_id not in batch.states:
        if is_step and request.instance_id not in batch.busy:
            raise not_open(inner_id(request.instance_id, request.key))
        return
    if request.by.may("operate"):
        return
    if is_step:
        _step(batch, request)
    else:
        if not _sees(batch, request):
            message = f"Expected instance {request.instance_id} to exist, but it does not."
            raise NotFound("instance.unknown", message)
        what = REPAIRS.get(type(request.command), "change instance")
        verdict = instance.may_repair(request.by)
        allow(verdict, "instance.forbidden", f"Expected to be allowed to {what} {request.instance_id}")


def _step(batch: Batch, request: OnInstance) -> None:
    task: UserTask | None = batch.states[request.instance_id].user_tasks.get(request.key)
    verb, policy = STEPS[type(request.command)]
    to_another = _hands_on(request.command, request.by.name, task)
    if to_another:
        policy = user_task.may_hand_on
    verdict = None if task is None else policy(request.by, task)
    if verdict:
        return
    id = inner_id(request.instance_id, request.key)
    if not _sees(batch, request):
        raise not_open(id)
    if task is None or verdict is None:
        return  # whether it is done, and by whom, is told when it is looked for
    if user_task.is_taken(request.by, task):
        raise Conflict("user-task.taken", f"Expected user task {id} to be free, but {task.assignee} has it.")
    raise Forbidden(
        "user-task.forbidden",
        f"Expected to be allowed to {verb} user task {id}{to_another}, but {verdict.reason}.",
    )


def _hands_on(command: c.Command, by: str, task: UserTask | None) -> str:
    """Of a command that can name somebody, and names somebody else: how a sentence says that; else empty."""
    if isinstance(command, c.ClaimUserTask) and command.assignee != by:
        return " for somebody else"
    if isinstance(command, c.PostponeUserTask) and command.assignee not in ("", by, task and task.assignee):
        return " with another Owner"
    return ""


def _sees(batch: Batch, request: OnInstance) -> bool:
    return policies.sees_instance(batch.tx.session, request.by, request.instance_id)


def start(definition: ProcessDefinition, by: Actor) -> None:
    """Go on if who asks may run the process."""
    verdict = process.may_run(by, definition)
    if verdict:
        return
    if not process.may_see(by, definition):
        raise NotFound(
            "process.unknown", f"Expected a deployed process '{definition.id}', but there is none."
        )
    allow(verdict, "process.forbidden", f"Expected to be allowed to run process {definition.id}")


def publish(by: Actor) -> None:
    """Go on if who asks may publish messages and throw signals."""
    allow(message.may_publish(by), "message.forbidden", "Expected to be allowed to publish messages")
