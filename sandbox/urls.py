from django.urls import path

from . import views

app_name = "sandbox"
urlpatterns = [
    path("", views.exercises, name="exercises"),
    path("<int:run_id>/kotak-masuk/", views.inbox, name="inbox"),
    path("<int:run_id>/kasus/<int:number>/", views.case, name="case"),
    path("<int:run_id>/kasus/<int:number>/<slug:action>/", views.act, name="act"),
    path("<int:run_id>/jam/", views.advance, name="advance"),
    path("<int:run_id>/selesai/", views.finish, name="finish"),
    path("<int:run_id>/pembahasan/", views.debrief, name="debrief"),
    path("<slug:code>/", views.briefing, name="briefing"),
    path("<slug:code>/mulai/", views.start, name="start"),
]
