"""What a case has where its family has no words of its own, by the kind of its matter."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from .routing import rows_of
from .wording import SLOT, choose_all

Table = Mapping[str, Any]
KIND = "kind"
OF_A_SET = ("found", "done")  # the phrases of a set of findings


def kind_of(family: Table, duty: str, stock: Table) -> Table:
    """Return the words for what a family is about; none where no rule of the stock fits it."""
    key = family["key"]
    facets: Mapping[str, Sequence[Any]] = {
        "class": [key["class"]],
        "category": [key["category"]],
        "archetype": [family["archetype"]],
        "attachment": [family.get("attachment", "")],
        "row": rows_of(family)[:1],
        "duty": [duty],
    }
    for rule in stock.get("rule", ()):
        asked = {name: wanted for name, wanted in rule.items() if name != KIND}
        if all({*facets[name]} & {*wanted} for name, wanted in asked.items()):
            kind: Table = stock[KIND][rule[KIND]]
            return kind
    return {}


def stock_for(family: Table, duty: str, stock: Table, random: Random) -> dict[str, Any]:
    """Return an answer with one set of findings, and drafts that speak of the same.

    Whoever wrote findings or drafts of their own gets the general words for the rest.
    """
    if not stock:
        return {}
    is_own = "answer" in family or "draft" in family
    kind = {} if is_own else kind_of(family, duty, stock)
    sets = kind.get("set", stock["set"])
    found = sets[0] if is_own else random.choice(sets)
    phrases = {**stock["phrases"], **kind.get("phrases", {})}
    phrases |= {name: found[name] for name in OF_A_SET}
    return {
        "answer": {**kind.get("answer", stock["answer"]), "finding": found["finding"]},
        "draft": [
            {**draft, "text": said(draft["text"], phrases, random)} for draft in stock["draft"]
        ],
    }


def said(text: str, phrases: Mapping[str, str], random: Random) -> str:
    """Settle the alternatives of a text and of the phrases in it; other slots stay open."""

    def phrase(slot: Any) -> str:
        return said(phrases[slot[1]], phrases, random) if slot[1] in phrases else slot[0]

    return SLOT.sub(phrase, choose_all(text, random))
