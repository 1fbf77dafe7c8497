"""The entry for an ASGI server."""

import os

from django.core.asgi import get_asgi_application

from kept.kit.garbage import stand_still

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")
application = get_asgi_application()
stand_still()
