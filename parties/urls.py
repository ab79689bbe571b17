from django.urls import include, path

urlpatterns = [path("", include(f"parties.{room}.urls")) for room in ("sign_in", "deputies")]
