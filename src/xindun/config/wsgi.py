"""The WSGI application that Granian, or any other server, serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from xindun.config.home import create_secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xindun.config.settings")
create_secrets()
application = get_wsgi_application()
