"""A hundred thousand runs of other people, written by PostgreSQL itself."""

from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models import Max

from sandbox.models import Case, LogEntry, Run

OTHERS = 100_000
ENTRIES = 3  # of each, all about its only case
SCORE = (
    '{"points": 0, "out_of": 0, "percent": 0, "slips": 0, "pending": 0, "rules": 1, '
    '"stopped": false, "lines": [], "takeaways": {}}'
)


def add_other_runs(like: Run) -> None:
    """Copy a run with its first case and that case's first entry for everybody else.

    Their attempts are numbered on, and finished, so that nobody has two open ones.
    """
    case = like.cases.get(number=1)
    entry = like.log.filter(case=case)[0]
    people = list(User.objects.exclude(pk=like.learner_id).values_list("pk", flat=True))
    run_key, case_key = last_key(Run), last_key(Case)
    write_copies(
        like,
        OTHERS,
        id=f"{run_key} + copy",
        learner_id=f"(ARRAY{people})[1 + copy % {len(people)}]",
        attempt=f"1000 + copy / {len(people)}",
        finished_at="clock",
        score=f"'{SCORE}'::jsonb",
    )
    write_copies(case, OTHERS, id=f"{case_key} + copy", run_id=f"{run_key} + copy")
    write_copies(
        entry,
        OTHERS * ENTRIES,
        id=f"{last_key(LogEntry)} + copy",
        run_id=f"{run_key} + 1 + (copy - 1) / {ENTRIES}",
        case_id=f"{case_key} + 1 + (copy - 1) / {ENTRIES}",
        number=f"1 + (copy - 1) % {ENTRIES}",
    )
    connection.cursor().execute("ANALYZE")


def last_key(model: type[models.Model]) -> int:
    last: int = model._base_manager.aggregate(last=Max("pk"))["last"]
    return last


def write_copies(row: models.Model, copies: int, **different: str) -> None:
    """Write a row many times; what is different may name the `copy`, counted from 1."""
    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields]
    values = [different.get(column, f'"{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} "
            f"FROM {table}, generate_series(1, {copies}) AS copy WHERE {table}.id = {row.pk}"
        )
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        )
