"""Chance for random walks: everything is decided by whole numbers, from hypothesis or from a seed."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Dice:
    """Decides by ``number(n)``, which gives a whole number from 0 to n - 1."""

    def __init__(self, number: Callable[[int], int]) -> None:
        self.number = number

    @classmethod
    def seeded(cls, seed: int) -> "Dice":
        return cls(Random(seed).randrange)

    @classmethod
    def drawn(cls, data: st.DataObject) -> "Dice":
        """Numbers that hypothesis can make smaller when something fails."""
        return cls(lambda n: data.draw(st.integers(0, n - 1)))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(len(options))]

    def happens(self, percent: int) -> bool:
        """0, which hypothesis likes best, says no."""
        return self.number(100) >= 100 - percent
