"""The practice room as it ships, and a learner with a browser."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from sandbox.models import Run
from tests.factories import UserFactory, a_run


@pytest.fixture
def practice_room(db: None) -> None:
    """Rule pack 1, the decreed holidays and exercise L1."""
    call_command("load_practice_room", stdout=StringIO())


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
