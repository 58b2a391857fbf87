"""Random block-structured processes: whatever is opened is closed, so that everything can end.

Conditions ask for ``x`` (0 to 3) and ``again`` (true or false); expressions that may fail divide by ``bad``.
"""

from collections.abc import Callable

from tests.engine import drawing as d
from tests.engine.dice import Dice
from tests.engine.world import conditional, flows

ROOTS = (
    d.a_message("m0") + d.a_message("m1", "= x") + d.a_signal("g0") + d.a_signal("g1") + d.an_error("e0")
    + d.an_error("e1")
)  # fmt: skip
RISKY = ("= 1 / bad", "= x + 1", "= again")
EVENTS = (d.timer("PT1H"), d.timer("PT1M"), d.message("m0"), d.message("m1"), d.signal("g0"), d.signal("g1"))

THROWN = ("", d.message("m0"), d.signal("g0"), d.signal("g1"))


class Drafter:
    """Draws one process; every block has one way in and one way out."""

    def __init__(self, dice: Dice, *, calls: bool, size: int) -> None:
        self.dice = dice
        self.calls = calls
        self.left = size
        self.count = 0
        self.quiet = False

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def level(self, depth: int, may_fail: bool = False) -> str:
        """The inside of a process or sub-process."""
        begin, finish = self.name("s"), self.name("e")
        first, last, xml = self.sequence(depth, may_fail)
        return d.start(begin) + xml + d.end(finish) + flows(f"{begin} {first}", f"{last} {finish}")

    def sequence(self, depth: int, may_fail: bool = False) -> tuple[str, str, str]:
        """A few blocks in a row: (first element, last element, XML)."""
        first, last, xml = self.block(depth, may_fail)
        for _ in range(self.dice.number(3)):
            following, end, more = self.block(depth, may_fail)
            xml += more + flows(f"{last} {following}")
            last = end
        return first, last, xml

    def block(self, depth: int, may_fail: bool) -> tuple[str, str, str]:
        self.left -= 1
        if depth == 0 or self.left <= 0:
            return self.activity(depth)
        kinds: list[Callable[[int], tuple[str, str, str]]] = [
            self.activity, self.parallel, self.inclusive, self.exclusive, self.circle, self.activity, self.choice,
            self.sub_process, self.activity, self.sub_process,
        ]  # fmt: skip
        if may_fail and self.dice.happens(15):
            return self.way_out()
        return self.dice.pick(kinds)(depth)

    # -- gateways ---------------------------------------------------------------------------------------

    def parallel(self, depth: int) -> tuple[str, str, str]:
        fork, join = self.name("f"), self.name("j")
        kind = self.dice.pick(("parallel", "inclusive"))
        xml = d.gateway("parallel", fork) + d.gateway(kind, join)
        for _ in range(2 + self.dice.number(2)):
            first, last, more = self.sequence(depth - 1)
            xml += more + flows(f"{fork} {first}", f"{last} {join}")
        return fork, join, xml

    def inclusive(self, depth: int) -> tuple[str, str, str]:
        fork, join = self.name("f"), self.name("j")
        branches = [self.sequence(depth - 1) for _ in range(2 + self.dice.number(2))]
        xml = d.gateway("inclusive", fork, default=f"{fork}_{branches[0][0]}") + d.gateway("inclusive", join)
        for number, (first, last, more) in enumerate(branches):
            way = conditional(fork, first, f"x &gt;= {number}") if number else flows(f"{fork} {first}")
            xml += more + way + flows(f"{last} {join}")
        return fork, join, xml

    def exclusive(self, depth: int) -> tuple[str, str, str]:
        fork, join = self.name("f"), self.name("j")
        branches = [self.sequence(depth - 1) for _ in range(2)]
        xml = d.gateway("exclusive", fork, default=f"{fork}_{branches[0][0]}")
        xml += d.gateway(self.dice.pick(("exclusive", "inclusive")), join)
        for number, (first, last, more) in enumerate(branches):
            way = conditional(fork, first, f"x = {number}") if number else flows(f"{fork} {first}")
            xml += more + way + flows(f"{last} {join}")
        return fork, join, xml

    def circle(self, depth: int) -> tuple[str, str, str]:
        begin, finish = self.name("c"), self.name("f")
        first, last, more = self.sequence(depth - 1)
        after = self.activity(0)
        xml = d.gateway(self.dice.pick(("exclusive", "inclusive")), begin)
        xml += d.gateway("exclusive", finish, default=f"{finish}_{after[0]}")
        xml += more + after[2] + flows(f"{begin} {first}", f"{last} {finish} {after[0]}")
        return begin, after[1], xml + conditional(finish, begin, "again")

    def choice(self, depth: int) -> tuple[str, str, str]:
        gate, join = self.name("v"), self.name("j")
        xml = d.gateway("eventBased", gate) + d.gateway("exclusive", join)
        for event in (EVENTS[0], *EVENTS[2:][: 1 + self.dice.number(3)]):
            name = self.name("t")
            first, last, more = self.sequence(depth - 1) if self.dice.happens(50) else self.activity(0)
            xml += (
                d.catch(name, event, *self.outputs())
                + more
                + flows(f"{gate} {name} {first}", f"{last} {join}")
            )
        return gate, join, xml

    def way_out(self) -> tuple[str, str, str]:
        """A choice between going on and ending the whole scope."""
        fork, join = self.name("f"), self.name("t")
        end = self.name("e")
        definition = self.dice.pick((d.error("e0"), d.error("e1"), d.TERMINATE))
        xml = (
            d.gateway("exclusive", fork, default=f"{fork}_{join}")
            + d.task("task", join)
            + d.end(end, definition)
        )
        return fork, join, xml + flows(f"{fork} {join}") + conditional(fork, end, "x = 2")

    # -- activities ---------------------------------------------------------------------------------------

    def activity(self, depth: int) -> tuple[str, str, str]:
        self.left -= 1
        name = self.name("a")
        inner = self.rounds()
        more = (*self.inputs(), *self.outputs(), *self.background())
        kinds = [
            lambda: d.user(name, *more, inner=inner),
            lambda: d.script(
                name, self.dice.pick(("{y: x}", "{x: 1}", "{y: 1 / bad}", "{y: [x, x]}")), *more, inner=inner
            ),
            lambda: d.service(name, *more, inner=inner, settings='retries="1"'),
            lambda: d.task("receiveTask", name, *more, inner=inner, messageRef=self.dice.pick(("m0", "m1"))),
            lambda: d.task("task", name, *more, inner=inner),
            lambda: d.task("manualTask", name, *more, inner=inner),
        ]
        if not self.quiet:
            send = {"messageRef": self.dice.pick(("m0", "m1"))}
            kinds.append(lambda: d.task("sendTask", name, *more, inner=inner, **send))
        if self.calls:
            kinds.append(lambda: d.call(name, "child", *self.inputs(), *self.background(), inner=inner))
        if self.dice.happens(25):
            return self.event()
        return self.with_events(name, self.dice.pick(kinds)(), depth)

    def event(self) -> tuple[str, str, str]:
        name = self.name("t")
        kinds = [
            lambda: d.catch(name, self.dice.pick(EVENTS), *self.outputs()),
            lambda: d.throw(name, "" if self.quiet else self.dice.pick(THROWN), *self.inputs()),
        ]
        return name, name, self.dice.pick(kinds)()

    def sub_process(self, depth: int) -> tuple[str, str, str]:
        name = self.name("z")
        catches = self.dice.happens(50)
        inner = self.level(depth - 1, catches)
        xml = d.sub(name, inner, *self.inputs(), *self.outputs(), *self.background(), inner=self.rounds())
        return self.with_events(name, xml, depth, catches)

    def with_events(self, name: str, xml: str, depth: int, catches: bool = False) -> tuple[str, str, str]:
        """The activity with boundary events, whose ways come together again behind it or end on their own."""
        events = [
            (self.dice.pick(EVENTS), self.dice.happens(50))
            for _ in range(2)
            if self.left > 0 and self.dice.happens(20)
        ]
        events += [(d.error(), True)] if catches else []
        join = self.name("j") if any(interrupting for _, interrupting in events) else ""
        if join:
            xml += d.gateway("exclusive", join) + flows(f"{name} {join}")
        for event, interrupting in events:
            xml += self.boundary(name, event, depth, join if interrupting else "")
        return name, join or name, xml

    def boundary(self, host: str, event: str, depth: int, join: str) -> str:
        """With ``join`` an interrupting one that leads there, otherwise one that ends on its own.

        What does not interrupt throws nothing: it could wake itself without end.
        """
        name = self.name("b")
        before, self.quiet = self.quiet, self.quiet or not join
        first, last, more = self.sequence(depth - 1) if depth else self.activity(0)
        self.quiet = before
        xml = d.boundary(name, host, event, bool(join), *self.outputs()) + more + flows(f"{name} {first}")
        finish = join or self.name("e")
        return xml + flows(f"{last} {finish}") + ("" if join else d.end(finish))

    def rounds(self) -> str:
        """Loop characteristics, seldom."""
        if not self.dice.happens(20):
            return ""
        until = self.dice.pick(("", "", "numberOfCompletedInstances >= 2", "x = 3"))
        sequential = self.dice.happens(50)
        return self.dice.pick((
            d.each("= [1, 2, 3]", "item", sequential, "out", "y", until),
            d.times("= x + 1", sequential, until),
            d.each("= for i in 1..x return i", "x", sequential, "out", "x"),
            d.loop("again", 3),
            d.loop("again and loopCounter < 3", 0, True),
        ))  # fmt: skip

    def inputs(self) -> tuple[str, ...]:
        if not self.dice.happens(15):
            return ()
        name = self.dice.pick(("x", "y", "z"))
        return (d.given(name, self.dice.pick(RISKY[:2] if name == "x" else RISKY)),)

    def outputs(self) -> tuple[str, ...]:
        return (d.taken(self.dice.pick(("y", "z")), self.dice.pick(RISKY)),) if self.dice.happens(15) else ()

    def background(self) -> tuple[str, ...]:
        return ('<stepwell:execution background="true"/>',) if self.dice.happens(10) else ()


def random_files(dice: Dice, *, calls: bool = True) -> tuple[bytes, bytes]:
    """A process ``p`` and a process ``child`` that its call activities call, if it has any."""
    depth, size = 1 + dice.number(3), 4 + dice.number(20)
    parent = Drafter(dice, calls=calls, size=size).level(depth)
    child = Drafter(dice, calls=False, size=4).level(1, may_fail=dice.happens(50))
    return d.process(parent, ROOTS), d.process(child, ROOTS, id="child")
