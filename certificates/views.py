from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from . import tasks
from .access import certificate_for, seconds_to_wait
from .domain import RevokeReason, Standing, grouped, issue_date, normalized_code
from .forms import CodeForm, RevokeForm
from .labels import STANDING_LABELS
from .models import Certificate, CertificateFile
from .selectors import certificate_with_code, certificates_of, file_of, unfinished_courses
from .services import AlreadyRevoked, revoke_certificate


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    today = issue_date(timezone.now())
    certificates = [
        {"certificate": certificate, "standing": certificate.standing(today)}
        for certificate in certificates_of(request.user)
    ]
    context = {"certificates": certificates, "courses": unfinished_courses(request.user)}
    return render(request, "certificates/mine.html", context)


@login_required
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    award = certificate_for(request.user, pk)
    context = {
        "certificate": award,
        "standing": award.standing(issue_date(timezone.now())),
        "file": file_of(award),
    }
    return render(request, "certificates/page.html", context)


@login_required
@require_safe
@cache_control(private=True, no_cache=True)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the stored bytes, or say that they are still being made."""
    award = certificate_for(request.user, pk)
    file = file_of(award)
    if file is None:
        return render(request, "certificates/undrawn.html", {"certificate": award}, status=202)
    response = _attachment(award, file)
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


@login_required
@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    award = certificate_for(request.user, pk)
    tasks.draw_certificate.enqueue(award.pk)
    messages.success(request, _("The PDF is being made again."))
    return redirect("certificates:certificate", award.pk)


@login_not_required
@require_safe
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("certificates:verify", form.cleaned_data["kode"])
    return _unlisted(render(request, "certificates/check.html", {"form": form}))


@login_not_required
@require_safe
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Repeat the printed facts to whoever holds the code. Nothing else finds a certificate."""
    now = timezone.now()
    if wait := seconds_to_wait(request.META["REMOTE_ADDR"], now):
        page = render(request, "certificates/wait.html", {"minutes": -(-wait // 60)}, status=429)
        page.headers["Retry-After"] = str(wait)
        return _unlisted(page)
    code = normalized_code(code)
    award = certificate_with_code(code)
    standing = award.standing(issue_date(now)) if award else Standing.UNKNOWN
    context = {
        "certificate": award,
        "standing": standing,
        "title": STANDING_LABELS[standing],
        "form": CodeForm(initial={} if award else {"kode": grouped(code)}),
    }
    return _unlisted(render(request, "certificates/verify.html", context))


@permission_required("certificates.change_certificate")  # type: ignore[untyped-decorator]
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    award = get_object_or_404(Certificate, pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, note = RevokeReason(form.cleaned_data["reason"]), form.cleaned_data["note"]
        try:
            revoke_certificate(
                certificate=award, reason=reason, note=note, by=request.user, now=timezone.now()
            )
        except AlreadyRevoked:
            messages.error(request, _("This certificate was revoked before; nothing changed."))
        else:
            messages.success(request, _("The certificate is revoked."))
        return redirect("certificate:inspect", award.pk)
    return _revoke_page(request, award, form)


def _revoke_page(request: HttpRequest, award: Certificate, form: RevokeForm) -> HttpResponse:
    title = _("Revoke certificate")
    context = {
        "certificate": award,
        "form": form,
        "header_title": title,
        "header_icon": "clipboard-list",
        "page_title": title,
        "page_subtitle": award.serial,
    }
    return render(request, "certificates/admin/revoke.html", context)


def _attachment(award: Certificate, file: CertificateFile) -> HttpResponse:
    name = f"sertifikat-{award.serial}-{slugify(award.holder_name)}.pdf"
    return HttpResponse(
        bytes(file.pdf),
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "X-Content-Type-Options": "nosniff",
            "ETag": f'"{file.sha256}"',
        },
    )


def _unlisted(page: HttpResponse) -> HttpResponse:
    """Keep codes out of search engines and out of the addresses other sites are told."""
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
