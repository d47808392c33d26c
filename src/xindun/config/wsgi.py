"""The WSGI application that Granian, or any other server, serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from xindun.config.home import create_secrets
from xindun.config.tracing import start_tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xindun.config.settings")
create_secrets()
start_tracing()
application = get_wsgi_application()
