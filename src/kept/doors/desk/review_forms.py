"""What the lead writes in a review: three texts, whether hours are shown, and which of their words and promises are."""

from collections.abc import Iterable
from typing import Any

from django import forms

from kept.ledgers.reviews.models import Review
from kept.ledgers.reviews.verbs import LONGEST, Row, Words
from kept.readings.review import PROMISE, Evidence
from kept.readings.review_felt import NOUN

TOO_LONG = f"That is more than {LONGEST:,} letters. Write the main thing; the rest is for a conversation."
MOST = 60  # promises to choose from


def text(label: str, rows: int) -> forms.CharField:
    """A field for words of any number of lines."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )


class ReviewForm(forms.Form):
    """The fields, with what there is to choose from in `found`; who may not know of hours is not asked about them."""

    judgement = text("Your judgement", 7)
    changes = text("What changed because of them", 4)
    ahead = text("What comes next", 4)
    with_hours = forms.BooleanField(label="Show them the hours: worked, paid for, and what was a gift", required=False)
    quotes = forms.TypedMultipleChoiceField(label="Quote them", coerce=int, required=False)
    vows = forms.TypedMultipleChoiceField(label="Show as changes", coerce=int, required=False)

    def __init__(self, data: Any = None, *, found: Evidence, review: Review, money: bool) -> None:
        picks = found.picks
        stands = {name: getattr(review, name) for name in ("judgement", "changes", "ahead", "with_hours")}
        chosen = {"quotes": _of(picks, NOUN), "vows": _of(picks, PROMISE)}
        super().__init__(data, initial=stands | chosen, auto_id="review-%s")
        self.review, self.money, self.picks = review, money, picks
        fields: dict[str, Any] = self.fields
        fields["quotes"].choices = [(one.pk, one) for one in found.heard.answers if one.words]
        said = sorted(found.owed.every.values(), key=lambda one: one.promise.due, reverse=True)
        fields["vows"].choices = [(one.promise.pk, one.promise) for one in said[:MOST]]
        if not money:
            del fields["with_hours"]

    def words(self) -> Words:
        """As the verb takes them; what was chosen before and cannot be chosen now stays chosen."""
        typed = self.cleaned_data
        offered = {(NOUN, pk) for pk, _ in self.fields["quotes"].choices}  # type: ignore[attr-defined]
        offered |= {(PROMISE, pk) for pk, _ in self.fields["vows"].choices}  # type: ignore[attr-defined]
        picked: set[Row] = {(NOUN, pk) for pk in typed["quotes"]} | {(PROMISE, pk) for pk in typed["vows"]}
        return Words(
            judgement=typed["judgement"],
            changes=typed["changes"],
            ahead=typed["ahead"],
            with_hours=typed["with_hours"] if self.money else self.review.with_hours,
            picks=picked | (self.picks - offered),
        )


def chosen(form: ReviewForm, name: str) -> list[tuple[Any, bool]]:
    """What can be chosen in a field, each with whether it is."""
    value = {str(each) for each in form[name].value() or ()}
    return [(row, str(pk) in value) for pk, row in form.fields[name].choices]  # type: ignore[attr-defined]


def _of(picks: Iterable[Row], noun: str) -> list[int]:
    return [pk for name, pk in picks if name == noun]
