"""Behind a reverse proxy every connection comes from the proxy."""


def client_ip(request):
    """Return the address that the proxy saw, the last one it wrote; a browser may have made up the others."""
    return request.headers.get("X-Forwarded-For", request.META["REMOTE_ADDR"]).split(",")[-1].strip()
