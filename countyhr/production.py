"""What must hold before a real county's data is served."""

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
SHORTEST_SECRET = 40


def faults(*, mode: str, secret: str, debug: bool, hosts: list[str], database: str, broker: str) -> list[str]:
    """Return a sentence for each thing in the environment that is unsafe in this mode."""
    found = []
    if mode == "production":
        if not secret:
            found.append("SECRET_KEY is not set. Make one with: openssl rand -base64 48")
        elif len(secret) < SHORTEST_SECRET:
            found.append(f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters.")
        if debug:
            found.append("COUNTYHR_DEBUG is on. It shows settings and data to anyone who meets an error.")
        if not hosts:
            found.append("ALLOWED_HOSTS is not set. Name the host people type, for example hr.county.gov.")
        elif "*" in hosts:
            found.append("ALLOWED_HOSTS is *. Name the host people type, for example hr.county.gov.")
        if not database:
            found.append("DATABASE_URL is not set. Example: postgres://countyhr:password@localhost/countyhr")
        if not broker:
            found.append("CELERY_BROKER_URL is not set. Example: redis://localhost:6379/0")
    elif outside := sorted(set(hosts) - LOOPBACK):
        found.append(
            f"COUNTYHR_MODE is {mode}, and ALLOWED_HOSTS names {', '.join(outside)}. "
            "The demo's passwords are known to everyone, so it answers on this machine alone."
        )
    return found
