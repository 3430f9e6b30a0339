"""The practice room as it ships, read from its files once for all tests."""

from collections.abc import Sequence
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

ROWS: dict[type[Model], Sequence[Model]] = {}


@transaction.atomic
def furnish() -> None:
    """Fill the empty tables as `load_practice_room` does; only the first time reads files."""
    if not ROWS:
        call_command("load_practice_room", stdout=StringIO())
        models = apps.get_app_config("sandbox").get_models()
        ROWS.update({model: rows for model in models if (rows := list(model._base_manager.all()))})
        return
    for model, rows in ROWS.items():
        model._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(ROWS)):
            cursor.execute(statement)
