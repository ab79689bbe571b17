from django.contrib import admin
from django.urls import include, path

from samverkan import views
from samverkan.health import health

urlpatterns = [
    path("", views.start, name="start"),
    path("konto/", views.profile, name="profile"),
    path("kontakt/", views.contact, name="contact"),
    path("hjalp/", views.help_page, name="help"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("personuppgifter/", views.privacy, name="privacy"),
    path("halsa/", health, name="health"),
    path("administration/", admin.site.urls),
    path("", include("parties.urls")),
    path("", include("priorities.urls")),
    path("", include("activities.urls")),
]

handler404 = "samverkan.views.not_found"
handler403 = "samverkan.views.forbidden"
handler500 = "samverkan.views.server_error"
handler400 = "samverkan.views.bad_request"
