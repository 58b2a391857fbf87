"""One attempt of a connector's job, from the claimed row to the command that tells how it went."""

from collections.abc import Mapping

import structlog

from stepwell import feel
from stepwell.config import Settings
from stepwell.connectors import BpmnError, Call, Connector, ConnectorError, perform
from stepwell.connectors.performing import as_value
from stepwell.engine.commands import CompleteJob, FailJob
from stepwell.store.jobs import ClaimedJob

MOST_LOST = 10  # workers that may disappear over a job before it is suspected to be the cause

log = structlog.get_logger()


async def attempt(
    claimed: ClaimedJob, connectors: Mapping[str, Connector], settings: Settings
) -> CompleteJob | FailJob:
    """Perform the job; whatever happens becomes a command."""
    key, number = claimed.job.key, claimed.attempt
    try:
        result = await carry_out(claimed, connectors, settings)
    except BpmnError as error:
        return thrown(claimed, error)
    except ConnectorError as error:
        return FailJob(key, error.message, attempt=number, may_retry=error.may_retry)
    except Exception as error:
        name = f"{claimed.instance_id}-{key}"
        log.exception("attempt failed", job=name, type=claimed.job.type, attempt=number)
        return FailJob(key, f"{type(error).__name__}: {error}", attempt=number)
    return CompleteJob(key, result if isinstance(result, dict) else {"result": result}, attempt=number)


async def carry_out(claimed: ClaimedJob, connectors: Mapping[str, Connector], settings: Settings) -> object:
    job = claimed.job
    connector = connectors.get(job.type)
    if connector is None:
        raise ConnectorError(
            f"Expected connector '{job.type}' to be installed, but it is not.", may_retry=False
        )
    lost = claimed.attempt - 1 - job.failures
    if lost > MOST_LOST:
        raise ConnectorError(
            f"Expected a worker to finish it, but {lost} disappeared meanwhile.", may_retry=False
        )
    arguments = feel.decode(job.args) if job.args else {}
    assert isinstance(arguments, dict)
    key = f"{claimed.instance_id}-{job.element_key}"
    call = Call(key, claimed.instance_id, job.element, claimed.attempt, job.timeout, settings)
    return await perform(connector, call, arguments)


def thrown(claimed: ClaimedJob, error: BpmnError) -> FailJob:
    """A BPMN error for the diagram, with values that can be variables."""
    key, number = claimed.job.key, claimed.attempt
    try:
        values = as_value(claimed.job.type, error.values)
    except ConnectorError as wrong:
        return FailJob(key, wrong.message, attempt=number, may_retry=False)
    assert isinstance(values, dict)
    return FailJob(key, error.message, error.code, values, number)
