"""What is ours about accounts, and the routes of django-allauth that we use; the others do not exist."""

from allauth.account import views
from django.urls import path, re_path

from parties.deputies import views as deputies
from parties.sign_in import views as sign_in

urlpatterns = [
    path("logga-in/", sign_in.sign_in, name="account_login"),
    path("logga-in/", sign_in.sign_in, name="account_request_login_code"),  # django-allauth's name for it
    path("logga-in/kod/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("konto/stangt/", views.account_inactive, name="account_inactive"),
    path("losenord/glomt/", views.password_reset, name="account_reset_password"),
    path("losenord/glomt/skickat/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "losenord/nytt/klart/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("losenord/byt/", views.password_change, name="account_change_password"),
    path("konto/stallforetradare/", deputies.deputies, name="deputies"),
    path("konto/stallforetradare/<int:pk>/", deputies.deputies_of, name="deputies_of"),
]
