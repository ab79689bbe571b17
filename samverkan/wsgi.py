"""The WSGI application. It does not start on a database whose locks are missing, and waits for no database for ever."""

import os

from django.core.wsgi import get_wsgi_application

from samverkan.lib.databases import wait_as_a_page_does
from samverkan.locked import refuse_without_locks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
application = get_wsgi_application()
wait_as_a_page_does()
refuse_without_locks()
