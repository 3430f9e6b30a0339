from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from sandbox.models import Scenario
from sandbox.selectors.selftest_words import rows_of
from sandbox.services.publishing import test_scenario
from sandbox.views.publishing import LOOKS


class Command(BaseCommand):
    help = "Let robots play exercises, and say what to mend; fails if there is anything."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="*", help="codes of exercises; none for all")

    def handle(self, **options: Any) -> None:
        scenarios = Scenario.objects.select_related("rules").order_by("code")
        if codes := options["code"]:
            scenarios = scenarios.filter(code__in=codes)
            if unknown := set(codes) - {scenario.code for scenario in scenarios}:
                raise CommandError(f"There are no such exercises: {', '.join(sorted(unknown))}")
        failed = [scenario.code for scenario in scenarios if not self.passes(scenario)]
        self.stdout.write(f"{len(scenarios)} exercises tested, {len(failed)} to be mended.")
        if failed:
            raise CommandError(f"To be mended: {', '.join(failed)}")

    def passes(self, scenario: Scenario) -> bool:
        report = test_scenario(scenario=scenario, now=timezone.now(), looks=LOOKS)
        self.stdout.write(
            f"{scenario.code}: {_('in order') if report.passed else _('to be mended')}"
        )
        for row in rows_of(report.as_json()):
            state = _("in order") if row.passed else _("to be mended")
            self.stdout.write(
                f"  {row.name}: {_('not looked at') if row.skipped else state}. {row.figures}"
            )
            for place, words in row.findings:
                self.stdout.write(f"    {place or '–'}: {words}")
        return report.passed
