"""One attempt of a connector: arguments checked, time limited, result a value of FEEL."""

import asyncio
import contextvars
import inspect
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from stepwell import feel
from stepwell.connectors.connector import Call, Connector
from stepwell.connectors.errors import ConnectorError


async def perform(connector: Connector, call: Call, arguments: Mapping[str, object]) -> object:
    """The result of the connector, within ``call.timeout`` seconds.

    Raises BpmnError or ConnectorError, or whatever else the connector's function raises. A plain function
    runs in a thread of its own, which nobody can stop: after the time-out its result is ignored.
    """
    try:
        bound = connector.bind(arguments)
    except ValueError as error:
        raise ConnectorError(str(error), may_retry=False) from None
    try:
        async with asyncio.timeout(call.timeout) as limit:
            result = await carry_out(connector.function, call, **bound)
    except TimeoutError as error:
        if not limit.expired():
            raise ConnectorError(
                f"Expected {connector.name} to succeed, but it met a time-out. {error}".strip()
            ) from None
        raise ConnectorError(
            f"Expected {connector.name} to be done in {call.timeout:g} s, but it was not."
        ) from None
    return as_value(connector.name, result)


async def carry_out(function: Callable[..., Any], /, *args: object, **keywords: object) -> object:
    """What the function gives; one that is not async runs in a thread."""
    if inspect.iscoroutinefunction(function):
        return await function(*args, **keywords)
    result = await in_thread(lambda: function(*args, **keywords))
    return await result if inspect.isawaitable(result) else result


async def in_thread(work: Callable[[], object]) -> object:
    """Do it in a thread of its own, which does not hold up the end of the program."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[object] = loop.create_future()
    context = contextvars.copy_context()

    def settle(result: object, error: Exception | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(result)
        else:
            done.set_exception(error)

    def run() -> None:
        outcome = attempt(lambda: context.run(work))
        with suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits any more
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=run, name="connector", daemon=True).start()
    return await done


def attempt(work: Callable[[], object]) -> tuple[object, Exception | None]:
    """The result or the error; what would end a thread or an iteration is an error like others."""
    try:
        return work(), None
    except StopIteration as error:
        return None, RuntimeError(f"StopIteration: {error}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the outcome
        return None, error
    except BaseException as error:  # noqa: BLE001
        return None, RuntimeError(f"{type(error).__name__}: {error}")


def as_value(name: str, result: object) -> object:
    """The result as a value of FEEL: decimals for floats, lists for tuples; ConnectorError if it can be none."""
    try:
        value = plain(result)
        feel.encode(value)
    except (feel.FeelError, RecursionError) as error:
        raise ConnectorError(
            f"Expected a result of {name} that can be stored: {error}", may_retry=False
        ) from None
    return value


def plain(value: Any) -> Any:
    if isinstance(value, float):
        return feel.from_json(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, str | Decimal) and type(value) not in (str, Decimal):
        return str(value) if isinstance(value, str) else Decimal(value)
    return value
