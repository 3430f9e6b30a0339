"""Answers + key → marks. The server alone marks; a browser never sees the key before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Marks:
    """Result of one quiz attempt."""

    right: int
    out_of: int
    pass_percent: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: a result is never shown higher than it is."""
        return self.right * 100 // self.out_of

    @property
    def passed(self) -> bool:
        return self.percent >= self.pass_percent


def mark(answers: Mapping[int, int | None], key: Mapping[int, int], pass_percent: int) -> Marks:
    """Mark question → choice `answers` by question → right choice `key`; None is unanswered."""
    right = sum(choice == key[question] for question, choice in answers.items())
    return Marks(right=right, out_of=len(answers), pass_percent=pass_percent)


def draw_questions(
    by_objective: Mapping[str, Sequence[int]], size: int, seen: Collection[int], random: Random
) -> list[int]:
    """Draw `size` questions in turn from each objective, those not `seen` before first.

    Raises ValueError where the bank holds fewer than `size`.
    """
    piles = []
    for questions in by_objective.values():
        pile = list(questions)
        random.shuffle(pile)
        piles.append(sorted(pile, key=lambda question: question in seen))
    if sum(map(len, piles)) < size:
        raise ValueError(f"the bank holds fewer than {size} questions")
    drawn: list[int] = []
    turn = 0
    while len(drawn) < size:
        pile = piles[turn % len(piles)]
        if pile:
            drawn.append(pile.pop(0))
        turn += 1
    random.shuffle(drawn)
    return drawn
