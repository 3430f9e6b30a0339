"""Giving each criterion its percent of a score, in whole points that still add up exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from .receipts import Receipt

WHOLE = 100
Name = TypeVar("Name")


def weighted(lines: Sequence[Receipt], weights: Mapping[str, int]) -> tuple[Receipt, ...]:
    """Return the lines with points by weight.

    What has no weight is no line, unless it fails the run: then it costs no points. A criterion
    that no line asks for leaves its weight to the others.
    """
    sums = {
        criterion: out_of
        for criterion in weights
        if (out_of := sum(line.out_of for line in lines if line.criterion == criterion))
    }
    whole = scale(sums, weights)
    budgets = shared(whole, {criterion: weights[criterion] for criterion in sums})
    kept = [line for line in lines if line.criterion in sums or line.fatal]
    by_line = {
        place: points
        for criterion, budget in budgets.items()
        for place, points in shared(
            budget,
            {place: line.out_of for place, line in enumerate(kept) if line.criterion == criterion},
        ).items()
    }
    return tuple(rescaled(line, by_line.get(place, 0)) for place, line in enumerate(kept))


def scale(sums: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """Return the least multiple of a hundred in which no line is worth less than before."""
    total = sum(weights[criterion] for criterion in sums)
    most = max((-(-out_of * total // weights[name]) for name, out_of in sums.items()), default=0)
    return -(-most // WHOLE) * WHOLE


def shared(amount: int, parts: Mapping[Name, int]) -> dict[Name, int]:
    """Share an amount in whole numbers by size; the largest remainders round up, first come."""
    total = sum(parts.values())
    shares = {name: amount * part // total for name, part in parts.items()}
    by_remainder = sorted(parts, key=lambda name: -(amount * parts[name] % total))
    for name in by_remainder[: amount - sum(shares.values())]:
        shares[name] += 1
    return shares


def rescaled(line: Receipt, out_of: int) -> Receipt:
    points = line.points * out_of // line.out_of if line.out_of else 0
    return replace(line, points=points, out_of=out_of)
