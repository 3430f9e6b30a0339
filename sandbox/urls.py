from django.urls import path

from . import views

app_name = "sandbox"
urlpatterns = [
    path("", views.exercises, name="exercises"),
    path("<int:run_id>/kotak-masuk/", views.inbox, name="inbox"),
    path("<int:run_id>/kasus/<int:number>/", views.case, name="case"),
    path("<int:run_id>/kasus/<int:number>/lampiran.svg", views.picture, name="picture"),
    path("<int:run_id>/kasus/<int:number>/lampiran.pdf", views.paper, name="paper"),
    path("<int:run_id>/kasus/<int:number>/batalkan/", views.undo, name="undo"),
    path("<int:run_id>/kasus/<int:number>/<slug:action>/", views.act, name="act"),
    path("<int:run_id>/papan/", views.board, name="board"),
    path("<int:run_id>/kabar/", views.notices, name="notices"),
    path("<int:run_id>/serah-terima/", views.hand_over, name="hand_over"),
    path("<int:run_id>/jam/", views.advance, name="advance"),
    path("<int:run_id>/mulai-ulang/", views.reset, name="reset"),
    path("<int:run_id>/selesai/", views.finish, name="finish"),
    path("<int:run_id>/pembahasan/", views.debrief, name="debrief"),
    path("<int:run_id>/putar-ulang/", views.replay, name="replay"),
    path("<int:run_id>/bagaimana-jika/", views.what_if, name="what_if"),
    path("<int:run_id>/jejak.txt", views.trace, name="trace"),
    path("<slug:code>/", views.briefing, name="briefing"),
    path("<slug:code>/mulai/", views.start, name="start"),
]
