"""One-time links: each lets one member in, once, for a while, unless it was taken back."""

from datetime import timedelta

from kept.ledgers.journal.models import Line
from kept.ledgers.team import links
from kept.ledgers.team import verbs as team
from tests.cast import NOW, Studio


def test_a_link_lets_its_member_in_once(studio: Studio) -> None:
    token = links.make_link(studio.kit, at=NOW)
    assert links.holder(token, at=NOW) == studio.kit
    assert links.redeem(token, at=NOW) == studio.kit
    assert links.holder(token, at=NOW) is None
    assert links.redeem(token, at=NOW) is None


def test_a_link_grows_old(studio: Studio) -> None:
    token = links.make_link(studio.kit, at=NOW)
    assert links.redeem(token, at=NOW + links.LASTS) is None
    assert links.redeem(token, at=NOW + links.LASTS - timedelta(minutes=1)) == studio.kit


def test_a_link_of_who_left_lets_nobody_in(studio: Studio) -> None:
    token = links.make_link(studio.kit, at=NOW)
    team.leave(studio.kit, on=NOW.date(), by=studio.ada, at=NOW)
    assert links.redeem(token, at=NOW) is None


def test_links_that_were_taken_back_let_nobody_in_and_others_still_do(studio: Studio) -> None:
    tokens = [links.make_link(studio.kit, at=NOW, by=studio.ada) for _ in range(2)]
    bos = links.make_link(studio.bo, at=NOW)
    assert links.take_back_links(studio.kit, by=studio.ada, at=NOW) == 2
    assert [links.redeem(token, at=NOW) for token in tokens] == [None, None]
    assert links.redeem(bos, at=NOW) == studio.bo


def test_the_journal_knows_who_made_a_link_and_not_the_token(studio: Studio) -> None:
    token = links.make_link(studio.kit, at=NOW, by=studio.ada)
    line = Line.objects.get(verb="team.make_link")
    assert (line.by_name, line.said) == ("Ada Lark", "Kit Marsh")
    assert token not in f"{line.facts}{line.said}"
