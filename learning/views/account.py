"""What a person may change about themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ..forms import AccountForm
from ..selectors import learner_of
from ..services import describe_learner

UNPROCESSABLE = 422


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    learner = learner_of(request.user)
    initial = {
        "agency": learner.agency,
        "position": learner.position,
        "time_zone": learner.time_zone,
    }
    form = AccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        describe_learner(user=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("Saved."))
        return redirect("learning:account")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "learning/account.html", {"form": form}, status=status)
