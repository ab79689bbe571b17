"""The WSGI application. It does not start on a database whose locks are missing."""

import os

from django.core.wsgi import get_wsgi_application

from samverkan.locked import refuse_without_locks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
application = get_wsgi_application()
refuse_without_locks()
