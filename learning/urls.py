from django.urls import path, re_path

from .views import account, cohorts, courses, grading, lessons, quizzes

app_name = "learning"
urlpatterns = [
    path("beranda-saya/", courses.dashboard, name="dashboard"),
    path("akun/", account.account, name="account"),
    path("kursus/", courses.courses, name="courses"),
    path("kursus/<slug:slug>/", courses.course, name="course"),
    path("kursus/<slug:slug>/daftar/", courses.enrol_me, name="enrol"),
    path("kursus/<slug:slug>/kuis/", quizzes.quiz, name="quiz"),
    path("kuis/<int:attempt_id>/<int:position>/", quizzes.question, name="question"),
    path("kuis/<int:attempt_id>/periksa/", quizzes.check, name="check_quiz"),
    path("kuis/<int:attempt_id>/hasil/", quizzes.result, name="quiz_result"),
    re_path(
        r"^kursus/(?P<path>[\w-]+/[\w-]+(?:/[\w-]+)?)/selesai/$",
        lessons.mark_read,
        name="mark_read",
    ),
    re_path(r"^kursus/(?P<path>[\w-]+/[\w-]+(?:/[\w-]+)?)/$", lessons.lesson, name="lesson"),
    path("pelatih/", cohorts.cohorts, name="cohorts"),
    path("pelatih/<int:cohort_id>/", cohorts.cohort, name="cohort"),
    path("pelatih/<int:cohort_id>/<int:enrolment_id>/", cohorts.participant, name="participant"),
    path(
        "pelatih/<int:cohort_id>/<int:enrolment_id>/latihan/<int:run_id>/",
        cohorts.participant_run,
        name="participant_run",
    ),
    path(
        "pelatih/<int:cohort_id>/<int:enrolment_id>/latihan/<int:run_id>/putar-ulang/",
        cohorts.participant_replay,
        name="participant_replay",
    ),
    path("pelatih/<int:cohort_id>/penilaian/", grading.grading, name="grading"),
    path("pelatih/<int:cohort_id>/penilaian/<int:run_id>/", grading.mark_run, name="mark_run"),
    path(
        "pelatih/<int:cohort_id>/penilaian/<slug:code>/terbitkan/",
        grading.release,
        name="release",
    ),
    path(
        "pelatih/<int:cohort_id>/<int:enrolment_id>/kelonggaran/<slug:code>/",
        grading.grant,
        name="grant",
    ),
    path("program/", cohorts.programme, name="programme"),
]
