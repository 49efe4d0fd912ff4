"""`python -m bench [--people N ...] [--pages N ...] [--json FILE]`: measure against the limits of the design.

Exit code 1 beyond one. `--people` are the sizes of the pay runs (with any, a scenario is measured too),
`--pages` those of the counties whose pages are opened: 100000 takes some minutes more.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--pages", type=int, nargs="*", default=[1_900])
    parser.add_argument("--no-sheet", dest="sheet", action="store_false", help="leave the head's sheet out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    chosen = parser.parse_args()
    if os.environ.get("DATABASE_URL") is None:  # a database of its own
        again = [sys.executable, "-m", "bench", *sys.argv[1:]]
        return subprocess.call([sys.executable, "-m", "launcher", "run", "--profile", "bench", "--", *again])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countyhr.settings")
    import django

    django.setup()
    from bench import county, pages, runs, scenarios, sheets

    county.refuse_others()
    busy, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{cores} cores, {busy:.1f} processes at work beside this, Python {platform.python_version()}")
    measured = {"runs": [runs.measure(people, rounds=chosen.rounds) for people in chosen.people]}
    import countyhr.wsgi  # noqa: F401 - the rest is measured in a process like the server's

    measured |= {
        "scenarios": [scenarios.measure()] if chosen.people else [],
        "sheets": [sheets.measure()] if chosen.sheet else [],
        "pages": [pages.measure(people, rounds=chosen.rounds) for people in chosen.pages],
    }
    if chosen.json:
        figures = {name: [figures for _, figures in found] for name, found in measured.items()}
        chosen.json.write_text(json.dumps({"cores": cores, "load": busy, **figures}, indent=2) + "\n")
    return 0 if all(is_within for found in measured.values() for is_within, _ in found) else 1


if __name__ == "__main__":
    sys.exit(main())
