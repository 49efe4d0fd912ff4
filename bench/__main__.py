"""`python -m bench [--people N ...]`: measure against the limits of the design; exit code 1 beyond one."""

import argparse
import os
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if os.environ.get("DATABASE_URL") is None:  # a database of its own
        again = [sys.executable, "-m", "bench", *sys.argv[1:]]
        return subprocess.call([sys.executable, "-m", "launcher", "run", "--profile", "bench", "--", *again])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countyhr.settings")
    import django

    django.setup()
    from bench import county, runs

    county.refuse_others()
    within = [runs.measure(people, rounds=chosen.rounds) for people in chosen.people]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
