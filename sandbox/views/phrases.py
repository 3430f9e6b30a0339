"""The phrase book in the CMS: read, changed part by part, compared, exchanged as a file."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..domain.phrase_checks import LONGEST_SENTENCE
from ..domain.phrases import LINES, MISSING_WORDS, PERSONAS, part_of, with_part, written
from ..domain.rules import Problem
from ..forms.phrases import (
    PERSONA_FORMS,
    BookFileForm,
    BookStoreForm,
    EditionForm,
    LinesForm,
    MissingForm,
    packed,
)
from ..models import PhraseBook
from ..selectors import phrase_books
from ..selectors.phrase_words import heading, place_words, problem_words
from ..services.phrases import PhrasesChanged, PhrasesRefused, change_phrases
from .frame import UNPROCESSABLE
from .runs import person

VIEW = permission_required("sandbox.view_phrasebook", raise_exception=True)
ADD = permission_required("sandbox.add_phrasebook", raise_exception=True)
FORM = require_http_methods(["GET", "HEAD", "POST"])
WHOLE = ""  # the place of the whole book
PREVIEW = "preview"  # the button that stores nothing
MOST_SHOWN = 300  # problems on one page


# Reading


@require_safe
@VIEW
def index(request: HttpRequest) -> HttpResponse:
    """List all occasions on which something is said, by who says it."""
    book = phrase_books.newest()
    said = phrase_books.occasions(book.content) if book else {}
    people = part_of(book.content, PERSONAS) if book else []
    context = {**frame(), "book": book, "said": said, "people": people}
    return render(request, "sandbox/phrases/index.html", context)


@require_safe
@VIEW
def editions(request: HttpRequest) -> HttpResponse:
    """Show what each edition changed, the newest first."""
    context = {**frame(_("Editions")), "editions": phrase_books.editions()}
    return render(request, "sandbox/phrases/editions.html", context)


@require_safe
@VIEW
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an edition as the file from which it could be imported again."""
    book = get_object_or_404(PhraseBook, pk=pk)
    response = HttpResponse(
        written(book.content, book.edition), content_type="application/toml; charset=utf-8"
    )
    name = f"buku-kalimat-{book.edition}.toml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# Changing a part


@FORM
@ADD
def lines(request: HttpRequest, place: str) -> HttpResponse:
    """Change the lines of one occasion, or see them filled in before."""
    book = newest_or_404()
    if place not in LINES:
        raise Http404
    stored = part_of(book.content, place)
    initial = {"text": "\n".join(stored), "seen": book.edition}
    form = LinesForm(request.POST or None, initial=initial)
    if form.is_valid() and saved(request, form, place, form.lines):
        return redirect("phrases:index")
    slots = phrase_books.slots_at(book.content, place)
    context = {
        **frame(
            _("What officers say") if place.startswith("officers") else _("What reporters say")
        ),
        "heading": heading(place),
        "form": form,
        "book": book,
        "needs": LINES[place].needs,
        "longest": LONGEST_SENTENCE,
        "slots": slots,
        "tones": phrase_books.siblings(place),
        "stored": stored,
        "preview": [
            (line, form.wrong.get(number, ()))
            for number, line in enumerate(phrase_books.filled(form.typed, slots), start=1)
        ],
    }
    return with_errors(request, "lines", context, form)


@FORM
@ADD
def missing(request: HttpRequest) -> HttpResponse:
    """Change how officers call what a report lacks."""
    book = newest_or_404()
    stored = part_of(book.content, MISSING_WORDS)
    form = MissingForm(request.POST or None, initial={**stored, "seen": book.edition})
    if form.is_valid() and saved(request, form, MISSING_WORDS, form.words):
        return redirect("phrases:index")
    names = [(form[name].label, words) for name, words in stored.items()]
    context = {**frame(_("What is missing")), "form": form, "book": book, "stored": names}
    return with_errors(request, "missing", context, form)


@FORM
@ADD
def personas(request: HttpRequest) -> HttpResponse:
    """Change the characters of reporters, add one, take one out."""
    book = newest_or_404()
    stored = part_of(book.content, PERSONAS)
    form = EditionForm(request.POST or None, initial={"seen": book.edition})
    people = PERSONA_FORMS(request.POST or None, initial=None if request.POST else stored)
    if people.is_valid() and form.is_valid():
        kept = [each.persona for each in people.kept]
        try:
            tell(request, changed(request, form, PERSONAS, kept), form)
            return redirect("phrases:index")
        except PhrasesRefused as refused:
            form.blame(PERSONAS, people.blame(PERSONAS, refused.problems))
        except PhrasesChanged:
            stale(form)
    context = {
        **frame(_("Characters of reporters")),
        "form": form,
        "people": people,
        "book": book,
        "stored": phrase_books.described(stored),
    }
    return with_errors(request, "personas", context, form, people)


def saved(request: HttpRequest, form: LinesForm | MissingForm, place: str, part: Any) -> bool:
    """Store a part, or only look at what is wrong with it; if not stored, the form says why."""
    if PREVIEW in request.POST:
        book = newest_or_404().content
        form.blame(place, phrase_books.problems_of_change(book, with_part(book, place, part)))
        return False
    try:
        tell(request, changed(request, form, place, part), form)
        return True
    except PhrasesRefused as refused:
        form.blame(place, refused.problems)
    except PhrasesChanged:
        stale(form)
    return False


def changed(request: HttpRequest, form: EditionForm, place: str, part: Any) -> PhraseBook:
    return change_phrases(
        place=place,
        part=part,
        seen=form.cleaned_data["seen"],
        note=form.cleaned_data["note"],
        by=person(request.user),
    )


def stale(form: EditionForm) -> None:
    """Say that somebody was faster, and let what was typed stand beside what is stored now."""
    form.look_again(newest_or_404().edition)
    form.add_error(
        None,
        _(
            "Somebody else has changed this in the meantime. What is stored now stands below. "
            "Compare it, and save again if yours is right."
        ),
    )


def tell(request: HttpRequest, stored: PhraseBook, form: EditionForm) -> None:
    """Say what was stored, or that there was nothing to store."""
    said = _("Nothing was changed.")
    if stored.edition != form.cleaned_data["seen"]:
        said = _("Edition %(edition)s is stored. New attempts begin with it.")
    messages.success(request, said % {"edition": stored.edition})


def with_errors(
    request: HttpRequest, page: str, context: Mapping[str, Any], *forms: Any
) -> HttpResponse:
    is_wrong = any(form.is_bound and not form.is_valid() for form in forms)
    status = UNPROCESSABLE if is_wrong else 200
    context = {**context, "is_wrong": is_wrong}
    return render(request, f"sandbox/phrases/{page}.html", context, status=status)


def newest_or_404() -> PhraseBook:
    book = phrase_books.newest()
    if book is None:
        raise Http404
    return book


# Files


@FORM
@ADD
def import_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, say everything that is wrong with it, or show what it would change."""
    book = newest_or_404()
    form = BookFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return with_file_form(request, form)
    if problems := phrase_books.problems_of(form.book):
        return with_file_form(request, BookFileForm(), problems)
    initial = {"packed": packed(form.cleaned_data["file"]), "seen": book.edition}
    return with_preview(request, BookStoreForm(initial=initial), form)


@require_POST
@ADD
def store(request: HttpRequest) -> HttpResponse:
    """Store the book that was previewed; it is checked again, for others work here too."""
    form = BookStoreForm(request.POST)
    valid = form.is_valid()
    if form.errors.keys() & {"packed", "seen"}:
        messages.error(request, _("Nothing was stored. Choose the file again."))
        return redirect("phrases:add")
    if problems := phrase_books.problems_of(form.book):
        return with_file_form(request, BookFileForm(), problems)
    if not valid:
        return with_preview(request, form, form, UNPROCESSABLE)
    try:
        tell(request, changed(request, form, WHOLE, form.book), form)
    except PhrasesChanged:
        stale(form)
        return with_preview(request, form, form, UNPROCESSABLE)
    return redirect("phrases:editions")


def with_file_form(
    request: HttpRequest, form: BookFileForm, problems: Iterable[Problem] = ()
) -> HttpResponse:
    """Show the form for a file, above it what is wrong with the one that came."""
    told = [(place_words(each.place), problem_words(each)) for each in problems]
    context = {
        **frame(_("Import a phrase book")),
        "form": form,
        "problems": told[:MOST_SHOWN],
        "number": len(told),
    }
    status = UNPROCESSABLE if told or form.errors else 200
    return render(request, "sandbox/phrases/import.html", context, status=status)


def with_preview(
    request: HttpRequest, form: BookStoreForm, read: BookFileForm | BookStoreForm, status: int = 200
) -> HttpResponse:
    """Show what a file would change in the newest edition, with the button that stores it."""
    book = newest_or_404()
    context = {
        **frame(_("What this file would change")),
        "form": form,
        "book": book,
        "made_from": read.made_from if read.made_from != book.edition else 0,
        "changes": phrase_books.changes(book.content, read.book),
    }
    return render(request, "sandbox/phrases/preview.html", context, status=status)


def frame(title: str = "") -> Mapping[str, Any]:
    """Return what Wagtail's header wants to know."""
    book = capfirst(PhraseBook._meta.verbose_name)
    crumbs = [{"url": reverse("phrases:index"), "label": book}]
    if title:
        crumbs.append({"url": "", "label": title})
    return {"breadcrumbs_items": crumbs, "header_title": title or book, "header_icon": "comment"}
