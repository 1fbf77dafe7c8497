"""What trust warns of, in words: what happened at once, what drifts, and how often such a warning is false."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from kept.doors.desk.trust_places import place_of
from kept.kit import words
from kept.measures.drift_alarms import false_alarm_sentence, worth_sentence
from kept.measures.trust_streams import Part
from kept.readings.trust_page import TrustPage


@dataclass(frozen=True)
class Alarm:
    """One warning: its mark and words, what it rests on, where it opens, and where it is marked as seen."""

    s: str
    says: str
    words: str
    to: str
    beside: list[str]
    seen: str = ""
    part: str = ""


def alarms(one: TrustPage, *, zone: ZoneInfo, clients: int) -> list[Alarm]:
    """Incidents first, then the pillars that drift, then those that are watched.

    `clients`: how many we serve, of those the reader may know of.
    """
    every = one.counted.told["alarms"]
    found = [_incident(each, one, zone) for each in every if each["kind"] == "incident"]
    return found + [
        _drift(each, one, clients) for each in sorted(every, key=lambda each: each["kind"]) if "pillar" in each
    ]


def _incident(each: dict[str, Any], one: TrustPage, zone: ZoneInfo) -> Alarm:
    when = words.day(datetime.fromisoformat(each["at"]).astimezone(zone).date(), today=one.at.astimezone(zone).date())
    to = place_of(each["noun"], each["pk"], client=one.client.pk) if "noun" in each else ""
    return Alarm("late", f"{words.sentence(each['what'])}, {when}", each.get("words", ""), to, [])


def _drift(each: dict[str, Any], one: TrustPage, clients: int) -> Alarm:
    drifting = each["kind"] == "drift"
    rows = words.count(len(each["rows"]), "row")
    drop = f" It has {each['drop']} fallen by a tenth or more in 60 days." if each["drop"] else ""
    rates = one.rates[list(Part).index(Part(each["pillar"]))]
    beside = [f"Since {each['since'][:10]}, {rows}.{drop}"] if each["since"] else []
    if drifting:
        beside += [false_alarm_sentence(max(1, clients), one.rates), worth_sentence(rates)]
    seen = reverse("desk:trust_alarms", args=[one.client.pk]) if drifting and one.now else ""
    return Alarm(
        "late" if drifting else "soon", f"{words.sentence(each['what'])}.", "", "", beside, seen, each["pillar"]
    )
