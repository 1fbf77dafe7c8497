"""What is typed about an office: where it is, and its days off."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from holidays import country_holidays

from kept.doors.desk.settings_forms import a_day, a_name
from kept.ledgers.team.keeping_hours import check_zone
from kept.ledgers.team.models import Office


class OfficeForm(forms.Form):
    """Where people sit, and whose public holidays they keep."""

    name = a_name("Name")
    zone = forms.CharField(label="Time zone", max_length=64, error_messages={"required": "Write a time zone."})
    country = forms.CharField(label="Country", max_length=2, required=False)
    region = forms.CharField(label="Region", max_length=12, required=False)

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        try:
            check_zone(zone)
        except ValueError as fault:
            raise ValidationError(str(fault)) from None
        return zone

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        country, region = typed.get("country", "").upper(), typed.get("region", "").upper()
        try:
            country_holidays(country, subdiv=region or None, years=[]) if country else None
        except NotImplementedError:
            where = f"{country}, {region}" if region else country
            self.add_error("country", f"The public holidays of {where} are not known; write it like GB, and ENG.")
        if region and not country:
            self.add_error("country", "Name the country that the region is in.")
        return typed | {"country": country, "region": region}


def office_typed(office: Office) -> dict[str, Any]:
    """The office as its form would be typed."""
    return {field: getattr(office, field) for field in ("name", "zone", "country", "region")}


class HolidayForm(forms.Form):
    """A day on which nobody in the office works."""

    day = a_day("Day")
    name = a_name("What for", required=False)
