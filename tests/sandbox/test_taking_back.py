"""What has been undone comes back into the form, and a report taken back has not been written."""

from django.urls import reverse

from sandbox.domain.workflow import Action
from sandbox.models import Case
from sandbox.services import undo_action
from tests.factories import NOW, a_run
from tests.sandbox.pages import act_url, case_url, words
from tests.sandbox.playing import take

TITLE = "Got di depan rumah tersumbat"
REPORT = "Got di depan rumah saya tersumbat sejak minggu lalu. Mohon dibersihkan."


def written(learner, code="meja-pelapor"):
    """Write a report and take it back, as its reporter; return the case."""
    run = a_run(learner, code)
    case = Case.objects.of(run).select_related("run__learner", "run__rules").first()
    choices = {"title": TITLE, "agency": "", "anonymous": False, "secret": True}
    take(case, Action.SUBMIT, choices=choices, text=REPORT)
    case.refresh_from_db()
    undo_action(case=case, version=case.version, actor=learner, now=NOW)
    case.refresh_from_db()
    return case


def test_a_report_taken_back_is_shown_as_not_written(practice_room, learner, desk):
    case = written(learner)
    page = desk.get(case_url(case))
    assert case.entered_at is None
    assert "Laporan yang belum Anda tulis" in words(page)
    assert REPORT not in words(page)
    assert case.facts["text"] not in words(page), "what somebody else would have written"


def test_what_was_taken_back_stands_in_its_form_again(practice_room, learner, desk):
    case = written(learner)
    form = desk.get(act_url(case, Action.SUBMIT)).context["form"]
    assert form["text"].value() == REPORT
    assert form["title"].value() == TITLE
    assert form["secret"].value() is True


def test_another_form_does_not_get_it(practice_room, learner, desk):
    run = a_run(learner, "meja-penghubung")
    case = run.cases.filter(reached=True).select_related("run__learner", "run__rules").first()
    take(case, Action.NOTE, text="Sudah saya baca sampai akhir, petugas ke lokasi siang ini.")
    case.refresh_from_db()
    undo_action(case=case, version=case.version, actor=learner, now=NOW)
    note = desk.get(act_url(case, Action.NOTE)).context["form"]
    answer = desk.get(act_url(case, Action.INTERIM)).context["form"]
    assert note["text"].value().startswith("Sudah saya baca")
    assert answer["text"].value() is None


def test_a_report_not_yet_written_has_no_marks_of_its_own(practice_room, learner, desk):
    run = a_run(learner, "meja-pelapor")
    Case.objects.of(run).update(secret=True, anonymous=True)
    page = desk.get(reverse("sandbox:inbox", args=[run.pk]))
    assert "flag--secret" not in page.content.decode()
    assert "flag--anon" not in page.content.decode()
