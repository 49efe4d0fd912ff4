"""How far a computed run has come: what its page shows as steps, read from the apps that take each."""

from django.db.models import F, Q

from certification.counting import count
from certification.standing import CERTIFIED, RELEASED, compare
from compensation.models import RunLine
from look.formats import number
from payroll.checks import orders_for
from payroll.readiness import count_unpaid


def steps_of(run):
    """(words, state) for each step, state being done, now or later; partly taken steps say how far.

    A step is done when nothing of it is left, whatever came before it: across-the-board raises go out while
    awards wait for their certificates. "now" is the first one that is not done.
    """
    steps = [
        ("Inputs frozen", 1, 1, ""),
        ("Computed", 1, 1, ""),
        ("Certification", *_certified(run), "awards"),
        ("Court approval", _approved(run), 1, ""),
        # Each line has its letter as soon as it is released.
        ("Payroll file and letters", *_released(run), "positions paid in full"),
    ]
    first = next((name for name, done, of, _ in steps if done < of), None)
    return [(_words(name, done, of, unit), _state(name, done, of, first)) for name, done, of, unit in steps]


def _certified(run):
    """Awards that are signed for or released, of all."""
    groups = count(compare(run), (), minimum_service_weights={run.pk: 0})
    done = sum(group.awards for group in groups if group.state in (CERTIFIED, RELEASED))
    return done, sum(group.awards for group in groups)


def _approved(run):
    """An order that can release the pay is there."""
    return int(run.batches.exists() or (run.plan.action is not None and orders_for(run).exists()))


def _released(run):
    """Lines of which nothing waits for release any more, of all that pay something."""
    pays = Q(new_annual__gt=F("old_annual")) | Q(lump__gt=0)
    lines = RunLine.objects.filter(pays, run=run).count()
    return lines - count_unpaid(run), lines


def _words(name, done, of, unit):
    return f"{name}, {number(done)} of {number(of)} {unit}" if 0 < done < of else name


def _state(name, done, of, first):
    if done >= of:
        return "done"
    return "now" if name == first else "later"
