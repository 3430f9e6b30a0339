from django.urls import path

from . import views

app_name = "certificates"
urlpatterns = [
    path("sertifikat/", views.mine, name="mine"),
    path("sertifikat/<int:pk>/", views.certificate, name="certificate"),
    path("sertifikat/<int:pk>.pdf", views.download, name="download"),
    path("sertifikat/<int:pk>/gambar/", views.draw, name="draw"),
    path("verifikasi/", views.check, name="check"),
    path("verifikasi/<code>/", views.verify, name="verify"),
]
