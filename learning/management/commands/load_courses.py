from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from learning.selectors import course_library
from learning.services import load_course

LIBRARY = Path(__file__).resolve().parents[2] / "course_library"


class Command(BaseCommand):
    help = "Load the courses that ship, where they are not there yet; after load_practice_room."

    def handle(self, **options: Any) -> None:
        for folder in sorted(path for path in LIBRARY.iterdir() if path.is_dir()):
            course = load_course(library=course_library(folder))
            self.stdout.write(f"{course.code} {course.title}")
