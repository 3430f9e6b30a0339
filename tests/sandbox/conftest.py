"""The practice room as it ships, and a learner with a browser."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sandbox.models import Run
from tests.factories import UserFactory, a_run
from tests.practice_room import furnish


@pytest.fixture
def practice_room(db: None) -> None:
    """Rule pack 1, the decreed holidays, regions, case families and exercises."""
    furnish()


@pytest.fixture
def learner(db: None) -> User:
    return UserFactory()


@pytest.fixture
def run(practice_room: None, learner: User) -> Run:
    return a_run(learner)


@pytest.fixture
def desk(client: Client, learner: User) -> Client:
    """The learner's browser."""
    client.force_login(learner)
    return client
