"""Courses as their files hold them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.selectors import LibraryPage


@dataclass(frozen=True)
class CourseLibrary:
    """A course as its files hold it."""

    catalogue: LibraryPage
    course: LibraryPage
    modules: list[tuple[LibraryPage, list[LibraryPage]]]
    exercises: list[LibraryPage]
    quiz: Mapping[str, Any]


def course_library(folder: Path) -> CourseLibrary:
    """Read a course from its folder: course.toml, quiz.toml and one file per lesson."""
    catalogue = library_page(folder.parent / "catalogue.toml")
    table = tomllib.loads((folder / "course.toml").read_text())
    course = LibraryPage("course.toml", table["slug"], table, table["id"], table["en"])
    modules = [
        (
            LibraryPage("course.toml", module["slug"], module, module["id"], module["en"]),
            [library_page(folder / f"{name}.toml") for name in module["lessons"]],
        )
        for module in table["module"]
    ]
    exercises = [library_page(folder / f"{name}.toml") for name in table["exercises"]]
    quiz = tomllib.loads((folder / "quiz.toml").read_text())
    return CourseLibrary(catalogue, course, modules, exercises, quiz)


def library_page(file: Path) -> LibraryPage:
    table = tomllib.loads(file.read_text())
    return LibraryPage(file.name, table["slug"], table, table["id"], table["en"])
