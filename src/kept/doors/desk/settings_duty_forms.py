"""What is typed about who answers strangers: the order of turns, and rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kept.ledgers.conversations.duty import Looks, Rule
from kept.ledgers.team.models import Member

LOOKS = {
    Looks.SENDER: "the sender’s address contains",
    Looks.RECIPIENT: "it was sent to",
    Looks.SUBJECT: "the subject contains",
    Looks.CHANNEL: "it came as a",
}


class RotaForm(forms.Form):
    """Members in the order of their turns, as "3,1,2"; who is named twice counts once."""

    order = forms.CharField(label="Who takes turns", max_length=2000, required=False)

    def __init__(self, data: Any = None, *, members: Sequence[Member]) -> None:
        super().__init__(data)
        self.members = {str(member.pk): member for member in members}

    def clean_order(self) -> list[Member]:
        named = [part.strip() for part in str(self.cleaned_data["order"]).split(",") if part.strip()]
        if any(part not in self.members for part in named):
            raise ValidationError("Somebody in it is no longer here. Nothing was changed; try once more.")
        return [self.members[part] for part in dict.fromkeys(named)]


class RuleForm(forms.Form):
    """What a stranger's mail looks like, and to whom it goes."""

    looks = forms.ChoiceField(label="When", choices=[(one.value, said) for one, said in LOOKS.items()])
    words = forms.CharField(
        label="These words",
        max_length=200,
        error_messages={"required": "Write the words by which it is known, like museum or @council.example."},
    )
    member = forms.ChoiceField(label="It goes to")
    position = forms.IntegerField(required=False, min_value=0, max_value=30_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, members: Sequence[Member]) -> None:
        super().__init__(data, auto_id="rule-%s")
        self.members = {str(member.pk): member for member in members}
        choice: Any = self.fields["member"]
        choice.choices = [(pk, member.name) for pk, member in self.members.items()]

    def facts(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        typed = self.cleaned_data
        member = self.members[typed["member"]]
        return {
            "looks": Looks(typed["looks"]), "words": typed["words"], "member": member, "position": typed["position"],
        }  # fmt: skip


def rule_typed(rule: Rule) -> dict[str, Any]:
    """The rule as its form would be typed."""
    return {"looks": rule.looks, "words": rule.words, "member": str(rule.member_id), "position": rule.position}
