"""What reporters attach: a drawn picture, or a paper as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import case_for
from ..domain.library.pictures import ON_PAPER, draw
from ..labels import ATTACHMENT_LABELS
from ..pdf import PdfLibraryMissing, draw_paper, seed_of
from .frame import in_time

MISSING = 503


@never_cache
@require_safe
@in_time
def picture(request: HttpRequest, run_id: int, number: int) -> HttpResponse:
    """Show what was attached as a picture of a few shapes; a paper shows its first page."""
    case = case_for(request.user, run_id, number)
    kind = case.facts.get("attachment", "")
    if not kind:
        raise Http404
    svg = draw(kind, str(ATTACHMENT_LABELS[kind]), seed_of(case))
    return HttpResponse(svg, content_type="image/svg+xml")


@never_cache
@require_safe
@in_time
def paper(request: HttpRequest, run_id: int, number: int) -> HttpResponse:
    """Send an attached paper as PDF."""
    case = case_for(request.user, run_id, number)
    kind = case.facts.get("attachment", "")
    if kind not in ON_PAPER:
        raise Http404
    try:
        pdf = draw_paper(case, str(ATTACHMENT_LABELS[kind]))
    except PdfLibraryMissing:
        words = " – ".join([_("SIMULATION"), _("Papers cannot be drawn on this server just now.")])
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=MISSING)
    name = f'inline; filename="simulasi-{case.code}.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
