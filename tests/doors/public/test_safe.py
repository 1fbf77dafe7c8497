"""What the open pages say to the browser, which must be what every page says."""

from typing import Any

from django.test import Client as Browser

from tests.doors.test_safe_pages import check
from tests.studio import Studio


def test_the_open_pages_are_as_strict_as_the_desk(client: Browser, studio: Studio) -> None:
    answers: list[Any] = [client.get("/help/"), client.post("/help/", {}), client.post("/in/comment/")]
    good = {"words": "Hello", "name": "Noor", "address": "noor@museum.example"}
    answers += [client.post("/help/", good), client.post("/help/", good, follow=True)]
    for answer in answers:
        check(answer)
    assert [answer.status_code for answer in answers] == [200, 422, 401, 303, 200]
