"""What was given on purpose, and why the rest of the extra hours came about, as far as anybody said."""

from datetime import timedelta
from decimal import Decimal

from kept.doors.terminal.demo.stage import Stage
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import OverReason
from kept.ledgers.hours.models import MonthTotal

GIFTS = (  # client, engagement, months ago, hours, what for
    ("borealis", "Shop and magazine", 9, 3, "a size chart, because their own was from 1998"),
    ("borealis", "Shop and magazine", 6, 4, "the trail map as a print, for Cleo's ten years"),
    ("borealis", "Shop and magazine", 3, 2, "pictures of the rescue dogs"),
    ("borealis", "Shop and magazine", 1, 3, "the new pages a first time, to see them whole"),
    ("marrowby", "Packaging", 4, 3, "a box for the school fair"),
    ("pellam", "The new wing", 1, 5, "the donkey's birthday card"),
    ("saltmarrow", "House and seasons", 2, 2, "a card for guests who come the tenth time"),
)
WHY = (  # how the extra hours are told apart, month by month in turn; what is missing nobody has said yet
    ((OverReason.ASKED, 0.5, "pages that were asked for on the phone"), (OverReason.HABIT, 0.2, "")),
    ((OverReason.REWORK, 0.4, "the menu, built twice"),),
    ((OverReason.HABIT, 0.35, "we say yes before we look"), (OverReason.ESTIMATE, 0.25, "the stock list was longer")),
    (),
    ((OverReason.ASKED, 0.6, "the magazine came early"), (OverReason.REWORK, 0.2, "wrong sizes, ours")),
)
EXPLAINED = (("borealis", "Shop and magazine"), ("marrowby", "Packaging"))


def give(stage: Stage) -> None:
    """Write the gifts, then the reasons for what went beyond the budget and was no gift."""
    for client, name, back, hours, purpose in GIFTS:
        engagements.give(
            stage.engagements[client, name],
            month=stage.month(back),
            hours=Decimal(hours),
            purpose=purpose,
            by=stage.members["bo" if client in {"borealis", "saltmarrow"} else "ada"],
            at=stage.ago((stage.day - stage.month(back)).days - 4),
        )
    for client, name in EXPLAINED:
        _explain(stage, client, name)


def _explain(stage: Stage, client: str, name: str) -> None:
    engagement = stage.engagements[client, name]
    budgets = list(engagement.budgets.order_by("starts"))
    totals = MonthTotal.objects.filter(engagement=engagement, month__lt=stage.month(0)).order_by("month")
    for number, total in enumerate(totals):
        paid = next(float(row.hours or 0) for row in reversed(budgets) if row.starts <= total.month)
        given = sum(float(row.hours) for row in engagement.gifts.filter(month=total.month))
        extra = total.seconds / 3600 - paid - given
        told = min(stage.day - timedelta(days=1), total.month + timedelta(days=35))
        for reason, share, words in WHY[number % len(WHY)] if extra >= 2 else ():
            engagements.explain(
                engagement,
                month=total.month,
                hours=Decimal(str(round(extra * share * 2) / 2)) or Decimal("0.5"),
                reason=reason,
                words=words,
                by=stage.members["bo" if client == "borealis" else "ines"],
                at=stage.ago((stage.day - told).days),
            )
