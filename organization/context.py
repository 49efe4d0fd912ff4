from organization.models import County


def county(request):
    """Context processor: the county's name and state, for the head of every page. One query a page."""
    found = County.objects.filter(pk=1).only("name", "state").first()
    return {"county": str(found) if found else ""}
