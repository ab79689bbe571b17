"""Which site is `/administration/`? Django finds the apps' `admin.py` and registers them there."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "samverkan.lib.administration.Administration"
