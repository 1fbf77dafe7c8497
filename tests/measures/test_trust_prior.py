"""A client begins at the firm's own average, and the average is worth as much as clients are alike."""

import pytest

from kept.measures.belief import Prior
from kept.measures.trust import trust, trust_of_all
from kept.measures.trust_blend import Blend
from kept.measures.trust_prior import firm_mean, firm_priors, moments_strength, new_firm, prior_strength
from kept.measures.trust_streams import Part
from kept.measures.trust_weighing import Sums
from tests.measures.trust_example import EXAMPLE, NOW

WORKED = [Sums(20, 19), Sums(30, 24), Sums(10, 6), Sums(40, 38)]


def test_the_worked_strength() -> None:
    assert moments_strength(WORKED) == pytest.approx(7.599, abs=5.1e-4)


def test_four_clients_are_too_few_to_say_how_alike_they_are() -> None:
    assert prior_strength(WORKED) == 8
    assert prior_strength([*WORKED, Sums(20, 18)]) != 8


def test_a_client_whose_evidence_has_faded_does_not_count() -> None:
    assert prior_strength([*WORKED, Sums(0.4, 0.1)]) == 8


def test_evidence_that_fades_all_alike_tells_as_much_of_how_alike_clients_are() -> None:
    faded = [Sums(each.weight / 2, each.good / 2, squares=each.weight / 4) for each in WORKED]
    assert moments_strength(faded) == pytest.approx(7.599, abs=5.1e-4)


def test_clients_as_alike_as_chance_make_them_keep_the_average_strong() -> None:
    assert moments_strength([Sums(20, 17)] * 6) is None
    assert prior_strength([Sums(20, 17)] * 6) == 40
    assert prior_strength([Sums(20, 20)] * 6) == 40


def test_clients_worlds_apart_keep_the_average_weak() -> None:
    assert prior_strength([Sums(50, 50), Sums(50, 0)] * 4) == 4


def test_a_new_firm_begins_at_85() -> None:
    assert firm_mean(Sums()) == 0.85
    assert new_firm() == dict.fromkeys(Part, Prior(0.85, 8.0))


def test_the_firm_s_mean_is_drawn_to_its_own_past() -> None:
    assert firm_mean(Sums(100, 87)) == pytest.approx((8 * 0.85 + 87) / 108)


def of_quality(*sums: Sums) -> dict[int, dict[Part, Sums]]:
    return {client: {Part.QUALITY: own} for client, own in enumerate(sums)}


def test_from_five_clients_on_nobody_is_their_own_average() -> None:
    firm = firm_priors(of_quality(*WORKED, Sums(20, 0)))
    assert firm.of(4)[Part.QUALITY].mean == pytest.approx(firm_mean(Sums(100, 87)))
    assert firm.of(0)[Part.QUALITY].mean == pytest.approx(firm_mean(Sums(100, 68)))


def test_of_four_clients_each_is_part_of_the_average() -> None:
    firm = firm_priors(of_quality(*WORKED))
    assert {firm.of(client)[Part.QUALITY].mean for client in range(4)} == {firm_mean(Sums(100, 87))}


def test_a_client_never_seen_begins_at_the_whole_firm_s_average() -> None:
    firm = firm_priors(of_quality(*WORKED, Sums(20, 0)))
    assert firm.of(99)[Part.QUALITY].mean == pytest.approx(firm_mean(Sums(120, 87)))


def test_clients_without_evidence_are_clients() -> None:
    firm = firm_priors(of_quality(*WORKED, Sums()))
    assert firm.of(0)[Part.QUALITY].mean == pytest.approx(firm_mean(Sums(80, 68)))


def test_a_firm_of_one_client_is_judged_from_a_new_firm_s_beginning_and_its_own_past() -> None:
    everyone, _ = trust_of_all({1: EXAMPLE}, at=NOW)
    assert everyone[1].pillar(Part.MERIT).prior.mean == pytest.approx((8 * 0.85 + 1.2) / 9.5)
    assert trust(EXAMPLE, at=NOW).pillar(Part.MERIT).prior.mean == 0.85


def test_the_numbers_of_the_beginning_can_be_set() -> None:
    careful = Blend(new_firm_mean=0.7, strength=20)
    assert new_firm(careful)[Part.MERIT] == Prior(0.7, 20)


def of_marks(*marks: float) -> Sums:
    """One client's marks of 0 to 1, each of weight 1."""
    return Sums(len(marks), sum(marks), len(marks), sum(each * each for each in marks))


def test_marks_scatter_less_than_yes_and_no_and_clients_differ_all_the_same() -> None:
    glad, calm, cold = (0.9, 0.8, 0.9, 1.0, 0.9, 0.8), (0.8, 0.7, 0.8, 0.7, 0.8, 0.8), (0.4, 0.3, 0.4, 0.5, 0.4, 0.3)
    firm = [of_marks(*glad), of_marks(*glad[::-1]), of_marks(*calm), of_marks(*calm[::-1]), of_marks(*cold)]
    as_yes_and_no = [Sums(each.weight, each.good, each.squares) for each in firm]
    assert prior_strength(as_yes_and_no) > 8
    # between clients the variance is about .03, so p (1 - p) / .03 - 1 is near 5
    assert prior_strength(firm) == pytest.approx(4.9, abs=1.0)


def test_yes_and_no_told_one_by_one_are_read_as_in_the_paper() -> None:
    told = [Sums(each.weight, each.good, each.weight, each.good) for each in WORKED]
    assert moments_strength(told) == pytest.approx(7.599, abs=1.0)
