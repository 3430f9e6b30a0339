"""What is known about a person."""

from ..models import Learner
from .progress import Person


def learner_of(user: Person) -> Learner:
    """Return what is known about a person, or an unsaved blank."""
    return Learner.objects.filter(user_id=user.pk or 0).first() or Learner()
