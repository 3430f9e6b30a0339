"""News for the apps above."""

from django.dispatch import Signal

# Sent inside the transaction that finishes a run, with `run` and `now` (wall time).
run_finished = Signal()
