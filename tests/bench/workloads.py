"""What people do, by name. Each workload checks what it gets; `turn` picks its person."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from certificates.services import draw_certificate, issue_certificate
from learning.models import Enrolment

from .crowd import NOW, PASSPHRASE, Person
from .practice import version_of
from .seed import Cast
from .visitors import Visitor, WrongAnswer

CHOICE = re.compile(r'name="choice" value="(\d+)"')
Visits = Callable[[Person | None], Visitor]
Play = Callable[[Visits, Cast, int], None]


@dataclass(frozen=True)
class Workload:
    """One thing that is measured, and how often a round does it alone and with eight at once."""

    name: str
    play: Play
    floor: str = "me"
    alone: int = 8
    crowded: int = 32
    here: bool = False  # done in this process, not by the server


def reader(cast: Cast, turn: int) -> Person:
    """Return one of the first keepers, who stay as they are."""
    return cast.keepers[turn % min(16, len(cast.keepers) // 2)]


def floor_hello(visits: Visits, cast: Cast, turn: int) -> None:
    visits(None).get("/floor/hello/", holds="hello")


def floor_one(visits: Visits, cast: Cast, turn: int) -> None:
    visits(None).get("/floor/one/", holds="</li></ul>")


def floor_me(visits: Visits, cast: Cast, turn: int) -> None:
    person = reader(cast, turn)
    visits(person).get("/floor/me/", holds=f"me {person.user.username}")


def anon_front(visits: Visits, cast: Cast, turn: int) -> None:
    visits(None).get("/", holds="SP4N-LAPOR!")


def anon_catalogue(visits: Visits, cast: Cast, turn: int) -> None:
    visits(None).get("/kursus/", holds=cast.course.title)


def login(visits: Visits, cast: Cast, turn: int) -> None:
    visitor = visits(None)
    email = cast.keepers[turn % len(cast.keepers)].user.email
    visitor.get("/masuk/", holds='name="password"')
    visitor.post("/masuk/", {"login": email, "password": PASSPHRASE}, to="^/beranda-saya/$")


def dashboard(visits: Visits, cast: Cast, turn: int) -> None:
    person = reader(cast, turn)
    visits(person).get("/beranda-saya/", holds=person.user.first_name)


def course_view(visits: Visits, cast: Cast, turn: int) -> None:
    page = visits(reader(cast, turn)).get(course_path(cast), holds=cast.course.title)
    if cast.lessons[0] not in page.text:
        raise WrongAnswer("the course page shows no way to its first lesson")


def lesson_view(visits: Visits, cast: Cast, turn: int) -> None:
    person = reader(cast, turn)
    visits(person).get(cast.lessons[1], holds=f'rel="prev" href="{cast.lessons[0]}"')


def lesson_complete(visits: Visits, cast: Cast, turn: int) -> None:
    person = cast.newcomers[turn // len(cast.lessons)]
    lesson = cast.lessons[turn % len(cast.lessons)]
    visits(person).post(f"{lesson}selesai/", {}, to="^/kursus/.+/.+/$")


def quiz_flow(visits: Visits, cast: Cast, turn: int) -> None:
    answer_quiz(visits(cast.candidates[turn]), cast)


def quiz_flow_old(visits: Visits, cast: Cast, turn: int) -> None:
    answer_quiz(visits(cast.veterans[turn % len(cast.veterans)]), cast)


def answer_quiz(visitor: Visitor, cast: Cast) -> None:
    """Start, answer every question rightly, look once more, submit, read the result."""
    path = visitor.post(f"{course_path(cast)}kuis/", {}, to=r"/kuis/\d+/1/$").location
    while "/periksa/" not in path:
        choices = CHOICE.findall(visitor.get(path, holds='name="choice"').text)
        right = next(choice for choice in choices if int(choice) in cast.right_answers)
        path = visitor.post(path, {"choice": right}, to=r"/kuis/\d+/(\d+|periksa)/$").location
    visitor.get(path, holds="</form>")
    path = visitor.post(path, {}, to="/hasil/$").location
    visitor.get(path, holds="verdict--right")


def cert_issue(visits: Visits, cast: Cast, turn: int) -> None:
    """Record the award and draw its PDF, as the worker does."""
    enrolment = Enrolment.objects.select_related("course", "user").get(
        pk=cast.newcomers[turn].enrolment
    )
    certificate = issue_certificate(enrolment=enrolment, now=NOW)
    file = draw_certificate(certificate=certificate, now=NOW)
    if not bytes(file.pdf).startswith(b"%PDF-"):
        raise WrongAnswer("no PDF was drawn")


def cert_download(visits: Visits, cast: Cast, turn: int) -> None:
    person = reader(cast, turn)
    visits(person).get(f"/sertifikat/{person.certificate}.pdf", holds="%PDF-")


def cert_verify(visits: Visits, cast: Cast, turn: int) -> None:
    person = cast.keepers[turn % len(cast.keepers)]
    visits(None).get(f"/verifikasi/{person.code}/", holds="2028")


def sandbox_start(visits: Visits, cast: Cast, turn: int) -> None:
    person = cast.newcomers[turn]
    visits(person).post("/latihan/l1/mulai/", {}, to=r"^/latihan/\d+/kotak-masuk/$")


def case_open(visits: Visits, cast: Cast, turn: int) -> None:
    visits(reader(cast, turn)).get(f"/latihan/{reader(cast, turn).run}/kasus/3/", holds="LTH-0003")


def inbox_first(visits: Visits, cast: Cast, turn: int) -> None:
    visits(reader(cast, turn)).get(
        f"/latihan/{reader(cast, turn).run}/kotak-masuk/", holds="LTH-0001"
    )


def case_transition(visits: Visits, cast: Cast, turn: int) -> None:
    """Verify a case that waits on the desk, of keepers whose own desk nobody reads here."""
    others = cast.keepers[len(cast.keepers) // 2 :]
    person, number = others[turn % len(others)], 1 + 2 * (turn // len(others))
    visits(person).post(
        f"/latihan/{person.run}/kasus/{number}/verify/",
        {"version": str(version_of(number)), "class": "non_supervisory", "category": "Perhubungan"},
        to=f"^/latihan/{person.run}/kasus/{number}/dispose/(#.*)?$",
    )


def course_path(cast: Cast) -> str:
    return f"/kursus/{cast.course.slug}/"


FLOORS = [
    Workload("hello", floor_hello, alone=16, crowded=96),
    Workload("one", floor_one, alone=16, crowded=64),
    Workload("me", floor_me, alone=16, crowded=64),
]
WORKLOADS = [
    Workload("anon-front", anon_front, "hello", crowded=64),
    Workload("anon-catalogue", anon_catalogue, "hello", crowded=64),
    Workload("login", login, alone=3, crowded=8),
    Workload("dashboard", dashboard),
    Workload("course-view", course_view),
    Workload("lesson-view", lesson_view),
    Workload("lesson-complete", lesson_complete),
    Workload("quiz-flow", quiz_flow, alone=1, crowded=8),
    Workload("quiz-flow-100-old-attempts", quiz_flow_old, alone=1, crowded=8),
    Workload("cert-issue", cert_issue, alone=6, crowded=0, here=True),
    Workload("cert-download", cert_download, "one"),
    Workload("cert-verify-anon", cert_verify, "one"),
    Workload("sandbox-start", sandbox_start, alone=6, crowded=24),
    Workload("case-open", case_open),
    Workload("inbox-first", inbox_first),
    Workload("case-transition", case_transition),
]
