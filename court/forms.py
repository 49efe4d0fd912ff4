from crispy_forms.layout import Layout
from django import forms

from court.fields import PdfField
from court.models import CourtAction, Seat, Vote
from look.forms import LookForm, SideBySide


class ActionForm(LookForm, forms.Form):
    """One order: the motion. Each member's vote is a `vote_<position>` field, drawn as a table."""

    purpose = forms.ChoiceField(
        label="What it decides", choices=[("", "Choose what it decides"), *CourtAction.Purpose.choices]
    )
    title = forms.CharField(label="Subject", max_length=200, help_text="A few words for lists and letters.")
    meeting_on = forms.DateField(label="Meeting")
    agenda_item = forms.CharField(label="Item", max_length=20, required=False)
    number = forms.CharField(label="Order number", max_length=30)
    motion = forms.CharField(
        label="Motion, as read",
        help_text="The words of the minutes. They are printed on letters and certificates.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    mover = forms.ChoiceField(label="Mover")
    seconder = forms.ChoiceField(label="Seconder")
    effective_on = forms.DateField(label="Effective date", help_text="Not before the day of the meeting.")
    document = PdfField(
        what="the signed order",
        label="Signed order",
        required=False,
        help_text="A PDF of at most 10 MB.",
    )

    def __init__(self, *args, seats, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats, self.today = seats, today
        members = [("", "Choose a member"), *((seat.member, seat.member) for seat in seats)]
        self.fields["mover"].choices = self.fields["seconder"].choices = members
        for seat in seats:
            self.fields[f"vote_{seat.position}"] = forms.ChoiceField(
                label=seat.member,
                choices=Vote.Answer,
                widget=forms.RadioSelect,
                error_messages={"required": "No vote is chosen."},
            )
        self.helper.layout = Layout(
            "purpose",
            "title",
            SideBySide("meeting_on", "agenda_item", "number"),
            "motion",
            SideBySide("mover", "seconder"),
        )
        self.helper.render_unmentioned_fields = False

    @property
    def vote_rows(self):
        """Each seat with its bound field, for the table of votes."""
        return [(seat, self[f"vote_{seat.position}"]) for seat in self.seats]

    def clean_meeting_on(self):
        meeting_on = self.cleaned_data["meeting_on"]
        if meeting_on > self.today:
            raise forms.ValidationError(
                "This meeting has not been held yet. Record the order after the vote."
            )
        return meeting_on

    def clean(self):
        data = super().clean()
        mover, seconder = data.get("mover"), data.get("seconder")
        if mover and mover == seconder:
            self.add_error("seconder", f"{mover} made the motion. Someone else must second it.")
        for who in ("mover", "seconder"):
            seat = next((seat for seat in self.seats if seat.member == data.get(who)), None)
            if seat and data.get(f"vote_{seat.position}") == "absent":
                self.add_error(who, f"{seat.member} is marked as absent.")
        meeting_on, effective_on = data.get("meeting_on"), data.get("effective_on")
        if meeting_on and effective_on and effective_on < meeting_on:
            self.add_error("effective_on", "An order takes effect on the day of the meeting or later.")
        return data

    def fields_of_action(self):
        names = ("purpose", "title", "meeting_on", "agenda_item", "number", "motion", "mover", "seconder")
        return {name: self.cleaned_data[name] for name in (*names, "effective_on")}

    def votes(self):
        return [(seat, self.cleaned_data[f"vote_{seat.position}"]) for seat in self.seats]


class SeatForm(LookForm, forms.ModelForm):
    class Meta:
        model = Seat
        fields = ["position", "title", "member", "starts_on"]
        labels = {
            "position": "Seat number",
            "title": "Seat",
            "member": "Member",
            "starts_on": "From",
        }
        help_texts = {
            "position": "1 is the County Judge, 2 to 5 are the commissioners.",
            "title": "Such as Commissioner, Precinct 1.",
            "starts_on": "Whoever holds the seat leaves it on this day.",
        }

    def _post_clean(self):
        """The service ends the earlier member's time first; until then the seats would overlap."""
