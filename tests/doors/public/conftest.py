"""Pages open to everybody are tested with static files as they lie in the package, and with no limit used up."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.cache import cache

from tests.studio import NOW


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = storages
    settings.WHITENOISE_AUTOREFRESH = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    cache.clear()
