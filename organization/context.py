def county(request):
    """Context processor: the county's name and state, for the head of every page."""
    found = getattr(request, "county", None)  # a request that failed early has none
    return {"county": str(found) if found else ""}
