"""Tasks for a machine without a worker: in this process, one after another, outside the request."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections, transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

_one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="task")


class ThreadBackend(ImmediateBackend):
    """Runs each task in a thread of this process once the caller's transaction is committed.

    What a crash loses, a later sweep must redo.
    """

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        transaction.on_commit(
            lambda: _one_at_a_time.submit(self._execute_and_disconnect, task_result)
        )

    def _execute_and_disconnect(self, task_result: TaskResult[Any]) -> None:
        try:
            super()._execute_task(task_result)
        finally:
            connections.close_all()
