from django.urls import path

from . import views

app_name = "content"
urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("kalender/", views.calendar, name="calendar"),
]
