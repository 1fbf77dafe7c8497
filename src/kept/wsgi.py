"""The entry for a WSGI server; pages are served faster this way than through ASGI."""

import os

from django.core.wsgi import get_wsgi_application

from kept.kit.garbage import stand_still

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")
application = get_wsgi_application()
stand_still()
