"""What a conversation's page needs of letters: the one being written, those under way, and who else is here."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from kept.doors.desk import mailto
from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.letters_composer import Composer, answering, quoted, writing
from kept.doors.desk.letters_receivers import called
from kept.doors.desk.letters_since import since
from kept.doors.desk.letters_ways import way
from kept.ledgers.letters.models import Form, Letter, Skeleton
from kept.ledgers.team.models import Member
from kept.readings.conversation_page import Talk
from kept.readings.drafts import Written, mailboxes_of


def letters_here(one: Talk, found: Written, *, viewer: Member, eye: Eye, asked: dict[str, Any]) -> dict[str, Any]:
    """The context of the composer and of the letters between the messages; `asked` names the draft to open ("letter").

    "begin": with the skeletons there are to begin from; "refused" and "overtaken": why it did not go.
    """
    draft = next(
        (each for each in found.drafts if each.pk == asked["letter"]), found.drafts[0] if found.drafts else None
    )
    composer = _composer(one, draft, found, eye=eye)
    context: dict[str, Any] = {
        "c": composer,
        "ways": [way(letter, eye) for letter in found.under_way],
        "other_drafts": [_other(each) for each in found.drafts if each is not draft],
    }
    return context | {
        "mailboxes": mailboxes_of(viewer) if one.boxes > 1 and composer else [],
        "receivers": one.client.pk if one.client else 0,
        "skeletons": list(Skeleton.objects.filter(retired_at=None)) if asked["begin"] and composer else [],
        "begin_to": f"?letter={draft.pk if draft else 0}&begin=1#begin",
        "refused": asked.get("refused"),
        "unkind_hour": asked.get("unkind_hour"),
        "since": since(asked.get("overtaken"), one, eye),
    }


def _composer(one: Talk, draft: Letter | None, found: Written, *, eye: Eye) -> Composer | None:
    """The draft there is, or the answer that might be begun; None where nobody of theirs has written on this page."""
    back = reverse("desk:conversation", args=[one.conversation.pk])
    if draft:
        opened = f"{back}?letter={draft.pk}#words"
        composer = writing(draft, found.files.get(draft.pk, []), eye=eye, way_out=one.way_out, back=opened)
    elif one.newest:
        composer = answering(one.newest, way_out=one.way_out, back=f"{back}#words")
    else:
        return None
    said = next((each for each in one.spoken if each.message.pk == composer.message), None)
    if said:
        name, text = quoted(said.message, said.visible, eye)
        begun = mailto.answer(said.message, one.conversation.subject, ours=eye.own)
        composer = replace(composer, quote=text, quote_name=name, mailto=begun)
    return replace(composer, mailto=mailto.draft(draft, said.message if said else None)) if draft else composer


def _other(letter: Letter) -> dict[str, str]:
    """Another draft of the reader's in this conversation, as a line."""
    what = "passing it on" if letter.form == Form.FORWARD else "to"
    here = reverse("desk:conversation", args=[letter.conversation_id])
    return {"words": f"{what} {called(letter.to) or 'nobody yet'}", "to": f"{here}?letter={letter.pk}#words"}
