"""Reading what wrk says, and the latencies that scripts report."""

import pytest

from bench.load import parse
from bench.script import Timing, one_caller

SAID = """Running 10s test @ http://127.0.0.1:8000/
  1 threads and 64 connections
  Latency Distribution
     50%    8.00ms
     75%    9.10ms
     99%  420.50us
  74751 requests in 10.00s, 20.1MB read
Requests/sec:   7475.16
Transfer/sec:      2.01MB
"""


def test_the_rate_is_read() -> None:
    assert parse(SAID).rate_per_s == 7475.16


def test_latencies_come_in_milliseconds() -> None:
    found = parse(SAID)
    assert (found.p50_ms, round(found.p99_ms, 6)) == (8.0, 0.4205)


@pytest.mark.parametrize(
    "line", ["  Non-2xx or 3xx responses: 12", "  Socket errors: connect 0, read 3, write 0, timeout 0"]
)
def test_bad_answers_spoil_the_measure(line: str) -> None:
    with pytest.raises(RuntimeError, match="Expected only good answers"):
        parse(SAID + line)


def test_a_load_that_says_nothing_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="requests per second"):
        parse("unable to connect")


def test_percentiles_are_of_the_calls_in_milliseconds() -> None:
    timing = Timing(1.0, [number / 1000 for number in range(100)])
    assert (timing.percentile(0.5), timing.percentile(0.99)) == (50.0, 99.0)


def test_a_rate_is_calls_by_seconds() -> None:
    assert Timing(2.0, [0.1] * 10).rate == 5


def test_one_caller_calls_once_for_each_argument() -> None:
    seen: list[int] = []
    assert len(one_caller(seen.append, range(3)).latencies) == 3
    assert seen == [0, 1, 2]
