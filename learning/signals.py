"""News for the apps above."""

from django.dispatch import Signal

# Sent inside the transaction that completes a course, with `enrolment` and `now`.
course_completed = Signal()
