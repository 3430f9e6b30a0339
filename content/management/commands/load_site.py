from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.domain import LibraryError
from content.selectors import reference_library, site_library
from content.services import load_references, load_site


class Command(BaseCommand):
    help = "Create the public pages and reference data that are missing; change nothing else."

    def handle(self, **options: Any) -> None:
        try:
            references = load_references(library=reference_library())
            pages = load_site(library=site_library())
        except LibraryError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{references} reference entries, {pages} pages created")
