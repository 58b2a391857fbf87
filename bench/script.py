"""What every measuring script shares: it reads its task, times calls, and says one JSON line per figure.

Only the standard library: the peers' scripts import it from another environment.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Calls that were made: seconds from the first to the last, and how long each took, in seconds."""

    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        """Calls per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the calls, 0 to 1, did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def task() -> dict[str, Any]:
    """What this script shall do: its first argument, a JSON object."""
    found: dict[str, Any] = json.loads(sys.argv[1])
    return found


def folder(given: dict[str, Any]) -> Path:
    """The folder that is this run's own."""
    return Path(given["folder"])


def one_caller(call: Callable[[Any], object], arguments: Iterable[Any]) -> Timing:
    """Calls one after the other, each waiting for the reply of the one before."""
    latencies = []
    began = before = perf_counter()
    for argument in arguments:
        call(argument)
        after = perf_counter()
        latencies.append(after - before)
        before = after
    return Timing(before - began, latencies)


def say(measure: str, timing: Timing, **more: Any) -> None:
    """Says a rate with its latencies. ``more`` may name another setting than that of the case."""
    say_rate(measure, timing.rate, (timing.percentile(0.5), timing.percentile(0.99)), **more)


def say_rate(measure: str, rate_per_s: float, latencies_ms: tuple[float, float], **more: Any) -> None:
    """Says a rate that was found another way; the latencies are p50 and p99."""
    p50_ms, p99_ms = latencies_ms
    line = {"measure": measure, "rate_per_s": rate_per_s, "p50_ms": p50_ms, "p99_ms": p99_ms}
    print(json.dumps(line | more), flush=True)


def say_latency(measure: str, latencies_ms: tuple[float, float], **more: Any) -> None:
    """Says p50 and p99 where the rate is that of the load generator's own making."""
    p50_ms, p99_ms = latencies_ms
    print(json.dumps({"measure": measure, "p50_ms": p50_ms, "p99_ms": p99_ms} | more), flush=True)


def say_value(measure: str, value: float, unit: str, **more: Any) -> None:
    """Says a figure that is no rate: seconds or bytes."""
    print(json.dumps({"measure": measure, "value": value, "unit": unit} | more), flush=True)


def cannot(reason: str) -> None:
    """Says that this figure cannot be had here, and why."""
    print(json.dumps({"not_measured": reason}), flush=True)
