"""Names are found in capitals or small letters on every database, whatever alphabet they are written in."""

import pytest

from kept.kit.called import called, containing
from kept.ledgers.clients.models import Client
from tests.cast import Studio

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stands", "asked"),
    [("Ärzte & Co", "ärzte & CO"), ("ŻÓŁĆ", "żółć"), ("Студия", "СТУДИЯ"), ("Quince Two", "QUINCE TWO")],
)
def test_capitals_make_no_other_name(studio: Studio, stands: str, asked: str) -> None:
    row = Client.objects.create(name=stands)
    assert list(called(Client.objects.all(), asked)) == [row]
    assert list(containing(Client.objects.all(), asked[1:4])) == [row]
    assert not called(Client.objects.all(), asked[1:4]).exists()


def test_other_letters_make_another_name(studio: Studio) -> None:
    Client.objects.create(name="Bäcker")
    assert not called(Client.objects.all(), "Backer").exists()
    assert not called(Client.objects.all(), "BÖCKER").exists()


def test_a_sign_that_stands_for_others_is_looked_for_as_it_is(studio: Studio) -> None:
    row = Client.objects.create(name="100 % Größe")
    assert list(containing(Client.objects.all(), "% GRÖ")) == [row]
    assert not containing(Client.objects.all(), "0%GRÖ").exists()
