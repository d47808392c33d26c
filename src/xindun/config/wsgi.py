"""The WSGI application that Granian, or any other server, serves.

What a reader would get wrong: Granian's processes outlive kill -9 of the one that made them, and
would go on serving, with a database that nobody watches, beside those that take their place.
"""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from xindun.config.home import create_secrets
from xindun.config.parentage import end_with_parent
from xindun.config.tracing import start_tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xindun.config.settings")
end_with_parent()
create_secrets()
start_tracing()
application = get_wsgi_application()
