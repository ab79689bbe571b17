from django.urls import include, path

ROOMS = (
    "pictures",
    "attachments",
    "agreements",
    "signing",
    "needs",
    "declarations",
    "invitations",
    "first_steps",
)

urlpatterns = [path("", include(f"priorities.{room}.urls")) for room in ROOMS]
