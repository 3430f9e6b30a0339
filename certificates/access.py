"""Who may see which certificate, and how often a stranger may look one up."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.cache import cache
from django.shortcuts import get_object_or_404

from .models import Certificate

LOOKUP_LIMITS = [(60, 10), (86_400, 100)]  # window in seconds, lookups from one address


def certificate_for(user: AbstractBaseUser | AnonymousUser, pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.visible_to(user), pk=pk)


def seconds_to_wait(address: str, now: datetime) -> int:
    """Count a lookup and return 0, or the seconds until the next one is answered."""
    at = int(now.timestamp())
    waits = [0]
    for window, allowed in LOOKUP_LIMITS:
        key = f"verify:{address}:{window}:{at // window}"
        cache.add(key, 0, window)
        if cache.incr(key) > allowed:
            waits.append(window - at % window)
    return max(waits)
