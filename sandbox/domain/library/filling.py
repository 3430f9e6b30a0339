"""What a case holds beside its report, filled with the values that the report was told with."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from .speaking import PLACES
from .telling import PERSONAL
from .wording import SLOT, Draws, choose_all

Family = Mapping[str, Any]


@dataclass
class Filler:
    """Fills what a family says beside its report with the values of this case."""

    draws: Draws
    text: str

    def __call__(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.fill(value)
        if isinstance(value, list):
            return [self(item) for item in value]
        if isinstance(value, Mapping):
            return {name: self(item) for name, item in value.items()}
        return value

    def fill(self, text: str) -> str:
        """Fill known slots; those of an answer's dates stay open until it is written."""
        return SLOT.sub(self.known, choose_all(text, self.draws.random, self.draws.speech))

    def known(self, slot: re.Match[str]) -> str:
        try:
            return self.draws[slot[1]]
        except KeyError:
            return slot[0]

    def details(self, family: Family) -> list[dict[str, Any]]:
        """Return the pieces of the report that somebody may have to mask, or to find."""
        found = [
            {"text": self.fill(each["text"]), "kind": each["kind"], "personal": each["personal"]}
            for each in family.get("detail", ())
        ]
        values = self.draws.values
        found += [
            {"text": values[slot], "kind": kind, "personal": True}
            for slot, kind in PERSONAL.items()
            if slot in values
        ]
        found += [
            {"text": values[slot], "kind": "place", "personal": False}
            for slot in PLACES[1:]
            if slot in values
        ]
        by_text = {each["text"]: each for each in reversed(found) if each["text"] in self.text}
        return list(by_text.values())[::-1]

    def identity(self, family: Family) -> list[str]:
        """Return what would give the reporter away; a detail counts whole and by its parts."""
        values = self.draws.values
        found = [values["name"], values["phone"], values["nik"]]
        for detail in family.get("detail", ()):
            words = self.fill(detail["text"])
            if detail["personal"] and words in self.text:
                parts = [values[name] for name in values if f"{{{name}}}" in detail["text"]]
                found += [words, *(part for part in parts if part not in self.public)]
        return list(dict.fromkeys(found))

    def owners(self, text: str, offices: Collection[str]) -> dict[str, list[str]]:
        """Return who owns what a text names; only owners whom somebody could take for competent."""
        named = [
            asset
            for asset in self.draws.assets.values()
            if asset["name"] in text and asset["note"] and asset["owner"] in offices
        ]
        return {
            "id": [asset["note"] for asset in named],
            "en": [asset["note_en"] or asset["note"] for asset in named],
        }

    @property
    def public(self) -> list[str]:
        return [self.draws.values[name] for name in PLACES if name in self.draws.values]
