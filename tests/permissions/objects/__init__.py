"""What each page with parameters in its address is about, for the walk over all pages and roles.

One line a page, in the module of its app:
`"court:action": About(lambda world: {"number": world.order("budget").number})`. Where not everybody whom the
audience admits may see this very thing, `seen_by` names who does; others must get a 404.
"""

from tests.permissions.objects.about import About
from tests.permissions.objects.evaluations import EVALUATIONS
from tests.permissions.objects.pay import PAY
from tests.permissions.objects.people import PEOPLE

__all__ = ["OBJECTS", "About"]

OBJECTS = {**PEOPLE, **EVALUATIONS, **PAY}
