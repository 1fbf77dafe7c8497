"""Every page of the desk is tested with its static files as they lie in the package, not laid out as for serving."""

from copy import deepcopy
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = storages
    settings.WHITENOISE_AUTOREFRESH = True  # looks for no folder at the start
