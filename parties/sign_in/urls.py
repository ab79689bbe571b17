"""Our own sign-in pages and the django-allauth routes that we use. Its other routes do not exist here."""

from allauth.account import views as allauth
from django.urls import path, re_path

from parties.sign_in import views

urlpatterns = [
    path("logga-in/", views.sign_in, name="account_login"),
    path("logga-in/", views.sign_in, name="account_request_login_code"),  # django-allauth's name for it
    path("logga-in/kod/", views.confirm_code, name="account_confirm_login_code"),
    path("logga-ut/", allauth.logout, name="account_logout"),
    path("konto/stangt/", allauth.account_inactive, name="account_inactive"),
    path("losenord/glomt/", views.ask_for_password, name="account_reset_password"),
    path("losenord/glomt/skickat/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "losenord/nytt/klart/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("losenord/byt/", views.change_password, name="account_change_password"),
]
