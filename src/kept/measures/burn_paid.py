"""What was worked against what was paid for: extra hours, gifts and leaks, and what an hour brought."""

from dataclasses import dataclass

from kept.measures.burn import check_hours


@dataclass(frozen=True, slots=True)
class Overservice:
    """Hours worked beyond those paid for (MEASURES 3.1); fewer worked than paid gives amounts below 0.

    `gift` is what somebody chose beforehand, with a purpose. Only the rest of the extra hours is leak.
    """

    worked: float
    paid: float
    gift: float = 0.0

    @property
    def extra(self) -> float:
        """Hours beyond those paid for."""
        return self.worked - self.paid

    @property
    def share(self) -> float | None:
        """Extra hours over paid hours (OS%: 0.225 is 22.5 %); None where nothing was paid for."""
        return self.extra / self.paid if self.paid else None

    @property
    def leak(self) -> float:
        """Extra hours nobody chose, at least 0."""
        return max(0.0, self.extra - self.gift)

    @property
    def gift_share(self) -> float | None:
        """Gift hours actually worked over paid hours; None where nothing was paid for."""
        return min(self.gift, max(0.0, self.extra)) / self.paid if self.paid else None


def overservice(*, worked: float, paid: float, gift: float = 0.0) -> Overservice:
    """Compare hours worked, paid for and given on purpose; ValueError for amounts below 0."""
    check_hours({"hours worked": worked, "hours paid for": paid, "hours given": gift})
    return Overservice(worked, paid, gift)


def earned_per_hour(fee: float, *, worked: float) -> float | None:
    """Fee over hours worked (EHR, MEASURES 3.1), in the fee's currency; None before the first hour."""
    return fee / worked if worked > 0 else None


def realisation(fee: float, *, card_value: float) -> float | None:
    """Fee over the worked hours at the rate card (MEASURES 3.1), 1 is full price; None without priced hours.

    `card_value` sums hours x rate, so that grades with different rates may be mixed.
    """
    return fee / card_value if card_value > 0 else None
