"""Realistic content for the page of parts. Names and figures are invented and agree with each other."""

from datetime import date, datetime
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator

from look import charts, formats
from look.forms import LookForm, MoneyField, PercentField

TODAY = date(2026, 9, 10)


class GoalForm(LookForm, forms.Form):
    title = forms.CharField(label="Title of the goal", help_text="Say what the customer will notice.")
    weight = PercentField(label="Weight", help_text="In percent, two decimals. All weights total 100.00.")
    budget = MoneyField(label="Budget", required=False)
    closes_on = forms.DateField(label="Close-out date")
    department = forms.ChoiceField(
        label="Department", choices=[("", "Choose one"), ("cc", "County Clerk"), ("rb", "Road and Bridge")]
    )
    kind = forms.ChoiceField(
        label="Kind",
        help_text="The county asks for at least one of service.",
        choices=[("s", "Customer service"), ("r", "Results of the job"), ("w", "Working with others")],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="Why this goal", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.FileField(label="Evidence", required=False, help_text="PDF or a picture, at most 10 MB.")
    shared = forms.BooleanField(label="Share it with the employee", required=False)

    def clean_weight(self):
        if self.cleaned_data["weight"] != 15:
            raise forms.ValidationError("The weights total 95.00. Add 5.00 here or elsewhere.")
        return self.cleaned_data["weight"]


def parts():
    wrong = GoalForm(
        {"wrong-title": "Certified copies", "wrong-weight": "10.00", "wrong-closes_on": "2/30/2026"},
        prefix="wrong",
    )
    wrong.focus_errors = False
    return {
        "today": TODAY,
        "form": GoalForm(),
        "wrong_form": wrong,
        "crumbs": [("Pay", "#"), ("Pay runs", "#")],
        "figures": [
            ("In this set", "51 awards", "one by written exception"),
            ("Merit a year", "$61,447.66", "and $155.75 once, at the range maximum"),
            ("Held back", "3 blocked", "can be signed in a later set"),
        ],
        "tasks": tasks(),
        "facts": [("Plan", "FY2027, version 2"), ("Orders", "2025-0983, 2026-1187"), ("Set", "CC-2027-01")],
        "ledger": ledger(),
        "steps": [
            ("Plan", "done"),
            ("Self-evaluation", "done"),
            ("Your rating", "now"),
            ("Review", "later"),
            ("Signature", "later"),
        ],
        "states": [
            ("planned", "Plan to be acknowledged"),
            ("under_way", "Under way"),
            ("rating", "Being rated"),
            ("rated", "With the reviewer"),
            ("released", "To be signed"),
            ("of_record", "Of record"),
            ("blocked", "Blocked"),
            ("overdue", "Overdue"),
            ("superseded", "Superseded"),
        ],
        "people": people(),
        "page": Paginator(range(1834), 12).get_page(3),
        "chips": [("“Kowalczyk”", "?"), ("County Clerk", "?"), ("Overdue", "?")],
        "run_parts": [
            {"name": "County Clerk", "state": "done", "done": 58, "total": 58},
            {"name": "Emergency Medical Services", "state": "done", "done": 164, "total": 164},
            {"name": "Parks", "state": "now", "done": 29, "total": 47},
            {"name": "Planning and Development", "state": "now", "done": 14, "total": 44},
            {"name": "Road and Bridge", "state": "wait", "done": 0, "total": 186},
        ],
        "chain": [
            {
                "title": "Plan adopted by the Commissioners Court",
                "text": "August 26, 2025, item 9, order 2025-0983, 5 to 0",
                "source": "Before the service year began, September 1, 2025",
            },
            {"title": "Rating of record: 3.98, exceeds", "text": "Service weight 45, 9 pieces of evidence"},
            {"title": "Certified by the County Clerk", "text": "Ruth Ann Kowalczyk, October 6, 2026"},
            {"title": "Released to payroll", "text": "Waits for the Court", "waiting": True},
        ],
        "saved_at": datetime(2026, 9, 10, 18, 41, 8),  # noqa: DTZ001 (a picture of a clock, not a moment)
        "digest": "9f3c61ab07de44187be094c21f5ad3e6",
        **pictures(),
    }


def tasks():
    return [
        {
            "title": "Answer a complaint about the wait for plat copies",
            "why": "Case C-2026-0418, Records counter. The customer left a phone number.",
            "url": "#",
            "act": "Answer",
            "icon": "message-square-warning",
            "urgency": "bad",
            "due_on": date(2026, 9, 11),
        },
        {
            "title": "Finish 5 of your 8 evaluations",
            "why": "Fall 2026 cycle. 3 are with the reviewer, 2 are begun, 3 are not begun.",
            "url": "#",
            "act": "Continue",
            "icon": "clipboard-check",
            "urgency": "warn",
            "due_on": date(2026, 9, 15),
        },
        {
            "title": "Adopted before the service began",
            "why": "Order 2025-0983 of August 26, 2025; the service year began September 1, 2025.",
            "icon": "check",
            "urgency": "good",
            "passed": "Aug 26, 2025",
        },
    ]


def ledger():
    return [
        {
            "label": "Base pay on September 30, 2026",
            "note": "Assignment 3 of Deputy Clerk II, annual basis",
            "amount": "$46,280.00",
        },
        {
            "label": "Across the board",
            "note": "Pay plan FY2027, component 1; order 2026-1187",
            "working": "2.00% × $46,280.00",
            "amount": "+ $925.60",
        },
        {"label": "Base after the raise", "amount": "$47,205.60", "kind": "subtotal"},
        {
            "label": "Merit for “exceeds”",
            "note": "Component 2; score 3.98 is in the band 3.50 to 4.49",
            "working": "2.75% × $47,205.60",
            "amount": "+ $1,298.15",
        },
        {
            "label": "Part above the range maximum, paid once",
            "note": "Grade 12 maximum $47,400.00, raised 2.00% to $48,348.00",
            "working": "$48,503.75 − $48,348.00",
            "amount": "− $155.75",
        },
        {"label": "New base pay, from October 17, 2026", "amount": "$48,348.00", "kind": "total"},
    ]


def people():
    rows = [
        ("Adeyemi, Josephine", "10311", "Vital Statistics Clerk", "rated", "With the reviewer", "1534.89", 4),
        ("Al-Masri, Hana", "10877", "Deputy Clerk I", "blocked", "Blocked", "783.60", 0),
        ("Nguyễn, Quang", "10655", "Deputy Clerk I", "rating", "Being rated", "1118.47", 1),
        ("Treviño, Marisol", "10482", "Deputy Clerk II", "of_record", "Of record", "1142.40", 5),
    ]
    names = ("name", "number", "job", "state", "state_word", "merit", "elements")
    return [dict(zip(names, row, strict=True)) | {"merit": Decimal(row[5])} for row in rows]


def pictures():
    ratings = [("Unacceptable", 12), ("Needs improvement", 68), ("Fully successful", 632)]
    ratings += [("Exceeds", 427), ("Outstanding", 137)]
    sizes = [0, 80, 0, 0, 150, 265, 258, 175, 137, 84, 52, 31, 13, 31]
    history = [
        (date(2023, 5, 2), Decimal("38900.00"), "Hired as Deputy Clerk I, grade 10"),
        (date(2023, 10, 21), Decimal("40067.00"), "Across the board, 3.00%"),
        (date(2024, 10, 19), Decimal("41269.01"), "Across the board, 3.00%"),
        (date(2025, 2, 3), Decimal("44932.04"), "Promotion to Deputy Clerk II, grade 12"),
        (date(2025, 10, 18), Decimal("46280.00"), "Across the board, 3.00%"),
        (date(2026, 10, 17), Decimal("48348.00"), "Across the board and merit"),
    ]
    departments = [
        ("Emergency Medical Services", Decimal("291757.79")),
        ("Road and Bridge", Decimal("284702.77")),
        ("District Attorney", Decimal("188805.86")),
        ("Juvenile Services", Decimal("177954.18")),
        ("Information Technology", Decimal("171132.69")),
    ]
    means = ["4.02", "4.05", "4.03", "4.11", "4.16", "4.22", "4.27", "4.31"]
    return {
        "ratings_chart": charts.bar_chart(
            "Half of the county is fully successful",
            "Ratings of record, Fall 2026 cycle, 1,276 people",
            ratings,
            value_title="People",
            category_title="Rating",
        ),
        "years_chart": charts.grouped_bars(
            "More people exceed than a year ago",
            "Ratings of record, share of people in percent",
            [label for label, _ in ratings],
            [("Fall 2026", [1, 5, 50, 33, 11]), ("Fall 2025", [2, 8, 55, 28, 7])],
            value_title="Percent of people",
            category_title="Rating",
        ),
        "awards_chart": charts.histogram(
            "How large the awards are",
            "Scenario B, 1,276 eligible people. 80 get none: rated below fully successful",
            [(250 * (step - 1), count) for step, count in enumerate(sizes) if step],
            value_title="People",
            category_title="Award a year, in dollars, in steps of $250; the last is $3,000 and over",
        ),
        "departments_chart": charts.row_chart(
            "Two departments carry a quarter of the cost",
            "Full cost of merit with the employer’s share, scenario B, dollars a year",
            departments,
            value_title="Dollars a year",
            category_title="Department",
            write=formats.estimate,
        ),
        "history_chart": charts.pay_history(
            "Up $9,448 since she was hired",
            "Base pay a year, with the promotion of February 2025",
            history,
            until=date(2026, 11, 20),
            narrow=True,
        ),
        "trend_chart": charts.trend_chart(
            "The public is better served than two years ago",
            "“I am satisfied with the service I received.” 2,240 answers in the last quarter",
            [
                (f"Q{quarter % 4 + 1} {24 + quarter // 4}", Decimal(mean))
                for quarter, mean in enumerate(means, start=3)
            ],
            value_title="Mean, 1 to 5",
            category_title="Calendar quarter",
        ),
        "structure_chart": charts.range_chart(
            "91 people are at the maximum of their range",
            "Base pay after pay run 14, by grade",
            [_grade(grade) for grade in range(18, 8, -1)],
        ),
    }


def _grade(grade):
    minimum = Decimal(27037) * Decimal("1.085") ** (grade - 9)
    spread = [(7 * grade + 5 * part * part) % 17 for part in range(16)]
    return charts.PayRange(
        str(grade),
        minimum.quantize(Decimal(1)),
        (minimum * Decimal("1.4")).quantize(Decimal(1)),
        spread,
        at_maximum=grade % 7 + 3,
        below=2 if grade == 9 else 0,
        midpoint=(minimum * Decimal("1.2")).quantize(Decimal(1)),
    )
