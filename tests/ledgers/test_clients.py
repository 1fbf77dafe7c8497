"""What may and may not be done with clients and their people."""

from datetime import date

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.addresses import add_address, drop_address
from kept.ledgers.clients.history import lines_seen_by
from kept.ledgers.clients.models import Client, Contact, Stage, TieKind
from kept.ledgers.clients.verbs import AlreadyThere
from tests.cast import NOW, Studio
from tests.ledgers.telling import everything, told


@pytest.mark.parametrize(("stands", "again"), [("Ärzte & Co", "ÄRZTE & CO"), ("Студия", " студия ")])
def test_a_name_in_any_alphabet_is_its_own(studio: Studio, stands: str, again: str) -> None:
    clients.welcome(name=stands, by=studio.ada, at=NOW)
    for verb in (clients.welcome, lambda **new: clients.change(studio.cassini, **new)):
        with pytest.raises(AlreadyThere):
            verb(name=again, by=studio.ada, at=NOW)  # type: ignore[operator]


def test_a_client_has_a_name_of_its_own(studio: Studio) -> None:
    before = everything()
    for name in ("borealis", " BOREALIS "):
        with pytest.raises(AlreadyThere, match="There is a client called"):
            clients.welcome(name=name, by=studio.ada, at=NOW)
        with pytest.raises(AlreadyThere):
            clients.change(studio.cassini, name=name, by=studio.ada, at=NOW)
    with pytest.raises(ValueError, match="needs a name"):
        clients.welcome(name=" ", by=studio.ada, at=NOW)
    with pytest.raises(ValueError, match="needs a name"):
        clients.change(studio.borealis, name="", by=studio.ada, at=NOW)
    assert everything() == before


def test_a_client_may_change_the_case_of_its_name(studio: Studio) -> None:
    clients.change(studio.borealis, name="BOREALIS", by=studio.ada, at=NOW)
    assert Client.objects.get(pk=studio.borealis.pk).name == "BOREALIS"


def test_a_change_tells_what_stood_before_even_to_a_page_that_is_old(studio: Studio) -> None:
    old_page = Client.objects.get(pk=studio.borealis.pk)
    clients.change(studio.borealis, stage=Stage.PAUSED, by=studio.ada, at=NOW)
    with told("clients.change") as lines:
        clients.change(old_page, stage=Stage.ACTIVE, by=studio.bo, at=NOW)
    assert Client.objects.get(pk=studio.borealis.pk).stage == Stage.ACTIVE
    assert lines[0].facts["before"] == {"stage": "paused"}


def test_a_wall_is_not_changed_by_the_way(studio: Studio) -> None:
    with pytest.raises(TypeError, match="wall"):
        clients.change(studio.cassini, wall=None, by=studio.bo, at=NOW)


def test_a_client_that_parted_is_no_longer_served(studio: Studio) -> None:
    clients.part(studio.borealis, by=studio.ada, at=NOW)
    assert list(Client.objects.served()) == [studio.cassini]


def test_a_domain_belongs_to_one_client(studio: Studio) -> None:
    with told():
        assert clients.claim_domain(studio.borealis, name="cassini.example", by=studio.ada, at=NOW) is None
        assert clients.claim_domain(studio.cassini, name="Cassini.example", by=studio.ada, at=NOW)


def test_an_address_belongs_to_one_person(studio: Studio) -> None:
    with pytest.raises(AlreadyThere, match=r"cleo@borealis\.example"):
        clients.meet(studio.cassini, name="Clea", emails=("Cleo@Borealis.example",), by=studio.ada, at=NOW)
    twice = clients.meet(studio.borealis, name="Max", emails=("max@x.example", " MAX@x.example", ""), by=None, at=NOW)
    assert [str(address) for address in twice.addresses.all()] == ["max@x.example"]
    assert Contact.objects.count() == 3


def test_an_address_of_somebody_else_is_refused_with_what_to_do(studio: Studio) -> None:
    before = everything()
    with pytest.raises(AlreadyThere, match=r"how Cora Vale of Cassini writes to us already.*Take it off Cora first"):
        add_address(studio.cleo, email="CORA@cassini.example", by=studio.ada, at=NOW)
    with pytest.raises(AlreadyThere) as unseen:
        add_address(studio.cleo, email="cora@cassini.example", by=studio.kit, at=NOW)
    assert str(unseen.value) == "cora@cassini.example belongs to a contact already. Nothing was added."
    with pytest.raises(AlreadyThere, match="an address of one of us"):
        add_address(studio.cleo, email="kit@larkfield.example", by=studio.ada, at=NOW)
    assert everything() == before


def test_an_address_taken_off_one_is_free_for_another(studio: Studio) -> None:
    (address,) = studio.cora.addresses.all()
    with told("clients.drop_address", "clients.add_address") as lines:
        drop_address(address, by=studio.bo, at=NOW)
        add_address(studio.cleo, email=address.email, by=studio.bo, at=NOW)
    assert not studio.cora.addresses.exists()
    assert {row.email for row in studio.cleo.addresses.all()} == {"cleo@borealis.example", "cora@cassini.example"}
    assert (lines[0].said, lines[0].client_id) == ("cora@cassini.example", studio.cassini.pk)


def test_the_newest_agreement_counts_and_the_older_ones_stay(studio: Studio) -> None:
    who = {"by": studio.bo, "at": NOW}
    spring = clients.agree(studio.cleo, on=date(2026, 3, 2), channel="By mail", **who)
    autumn = clients.agree(studio.cleo, on=date(2026, 10, 1), channel="By phone", **who)
    assert studio.cleo.agreements.first() == autumn
    with told("clients.take_back_agreement") as lines:
        clients.take_back_agreement(autumn, **who)
    assert studio.cleo.agreements.first() == spring
    assert lines[0].said == "By phone"


def test_nobody_is_tied_to_themselves(studio: Studio) -> None:
    with pytest.raises(ValueError, match="two people"):
        clients.tie(studio.cleo, to=studio.cleo, kind=TieKind.FRIEND_OF, by=studio.bo, at=NOW)


def test_what_the_journal_says_of_a_walled_client_is_kept_from_those_kept_out(studio: Studio) -> None:
    clients.tie(studio.cleo, to=studio.cora, kind=TieKind.FRIEND_OF, by=studio.ada, at=NOW)
    clients.part(studio.cassini, by=studio.ada, at=NOW)

    def words(member: object) -> str:
        return " ".join(lines_seen_by(member).values_list("said", flat=True))  # type: ignore[arg-type]

    assert all(word in words(studio.ada) for word in ("Cassini", "Cassini wall", "Cora", "Borealis"))
    assert "Cassini" in words(studio.bo)
    assert not lines_seen_by(studio.fin).filter(verb__in=["team.raise_wall", "team.keep_out"]).exists()
    assert not any(word in words(studio.kit) for word in ("Cassini", "cassini", "Cora", "wall"))
    assert "Borealis" in words(studio.kit)
