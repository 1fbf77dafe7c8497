"""Building walls before clients: whom they keep from whom, what is refused, and what taking them away leaves."""

import pytest

from kept.flows import walling
from kept.ledgers.clients.models import Client
from kept.ledgers.team import walls
from kept.ledgers.team.models import KeptOut, Wall
from tests.cast import NOW, Studio
from tests.ledgers.telling import everything, told


def test_a_new_wall_keeps_from_the_client_whom_it_names(studio: Studio) -> None:
    who = {"by": studio.ada, "at": NOW}
    with told("team.raise_wall", "team.keep_out", "team.keep_out", "clients.put_behind"):
        walling.wall_off(studio.borealis, keep_out=[studio.kit, studio.fin], reason="They compete.", **who)
    assert not Client.objects.seen_by(studio.kit).exists()
    assert [client.name for client in Client.objects.seen_by(studio.fin)] == ["Cassini"]
    assert Client.objects.seen_by(studio.bo).count() == 2


def test_taking_it_away_leaves_everything_as_it_was(studio: Studio) -> None:
    before = everything()
    wall = walling.wall_off(studio.borealis, keep_out=[studio.kit], by=studio.ada, at=NOW)
    with told("clients.put_behind", "team.take_down"):
        walling.take_away(wall, by=studio.ada, at=NOW)
        walling.take_away(wall, by=studio.ada, at=NOW)
    assert everything() == before


def test_a_lead_is_not_kept_from_a_client_of_theirs(studio: Studio) -> None:
    who = {"by": studio.ada, "at": NOW}
    with pytest.raises(ValueError, match="Bo Field leads Borealis"):
        walling.wall_off(studio.borealis, keep_out=[studio.bo], **who)
    assert Wall.objects.count() == 1
    wall = walling.wall_off(studio.borealis, keep_out=[studio.kit], **who)
    with pytest.raises(ValueError, match="Bo Field leads Borealis"):
        walling.keep_out(wall, member=studio.bo, **who)
    walls.keep_out_of(studio.wall, member=studio.bo, **who)
    with pytest.raises(ValueError, match="another lead first"):
        walling.put_behind(studio.borealis, wall=studio.wall, **who)
    assert {row.member for row in KeptOut.objects.filter(wall=wall)} == {studio.kit}


def test_who_builds_it_stays_in_front(studio: Studio) -> None:
    with pytest.raises(ValueError, match="Ask another owner"):
        walling.wall_off(studio.borealis, keep_out=[studio.ada], by=studio.ada, at=NOW)
    assert Client.objects.seen_by(studio.ada).count() == 2


def test_keeping_out_twice_is_once(studio: Studio) -> None:
    with told("team.keep_out"):
        walling.keep_out(studio.wall, member=studio.fin, by=studio.ada, at=NOW)
        walling.keep_out(studio.wall, member=studio.fin, by=studio.ada, at=NOW)
