"""One line per app; Wagtail's catch-all last. Indonesian without a prefix, English under /en/."""

from allauth.account import views as account_views
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import views

# Wagtail's own doors know no second factor and no lock-out.
to_sign_in = login_not_required(
    RedirectView.as_view(pattern_name="account_login", query_string=True)
)
to_new_passphrase = login_not_required(RedirectView.as_view(pattern_name="account_reset_password"))

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler500 = "config.views.server_error"
urlpatterns = [
    path("status/", views.status, name="status"),
    path("", include("content.urls")),
    path("kelola/login/", to_sign_in),
    path("kelola/logout/", account_views.logout),
    re_path(r"^kelola/password_reset/", to_new_passphrase),
    path("kelola/", include(wagtailadmin_urls)),
    path("dokumen/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("", include("config.account_urls")),
        path("_util/login/", to_sign_in),
        path("", include("certificates.urls")),
        path("latihan/", include("sandbox.urls")),
        path("", include("learning.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
if settings.SERVE_MEDIA:  # where no web server stands before this one
    pictures = login_not_required(serve)
    urlpatterns.insert(
        0,
        re_path(
            r"^media/(?P<path>(?:images|original_images)/.+)$",
            pictures,
            {"document_root": settings.MEDIA_ROOT},
            name="pictures",
        ),
    )
