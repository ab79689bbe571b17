"""Makes our own site the administration. Django registers the apps' `admin.py` there."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "samverkan.lib.administration.Administration"
