"""python -m launcher demo | demo-reset | develop | run [--profile test|demo|bench] -- COMMAND"""

import argparse
import os
import signal
import sys

from launcher import places, processes, services


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m launcher", description="Starts County HR in a clone.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("demo", help="the synthetic county, with web server, worker and scheduler")
    verbs.add_parser("demo-reset", help="throw the demo's data away and start it over")
    verbs.add_parser("develop", help="development server and worker on the demo's data, reloaded on change")
    run = verbs.add_parser("run", help="one command with a database and a broker")
    run.add_argument("--profile", choices=places.PROFILES, default="demo")
    run.add_argument("command", nargs="+", metavar="COMMAND")
    chosen = parser.parse_args()
    try:
        if chosen.verb == "run":
            return run_command(chosen.profile, chosen.command)
        from launcher import demo

        return {"demo": demo.run, "demo-reset": demo.reset, "develop": demo.develop}[chosen.verb]()
    except places.CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1


def run_command(profile: str, command: list[str]) -> int:
    """Run a command with the profile's services. Returns its exit code, or 128 + the signal that ended it."""
    with services.lent(profile) as lease:
        child = None
        # The terminal sends Ctrl-C to the command as well. Not SIG_IGN, which the command would inherit.
        signal.signal(signal.SIGINT, lambda number, frame: None)

        def pass_on(number, frame):
            if child:
                child.send_signal(number)

        signal.signal(signal.SIGTERM, pass_on)
        try:
            child = processes.start(command, env=os.environ | lease.environment, own_group=False, cwd=None)
        except FileNotFoundError:
            print(f"There is no command {command[0]}.", file=sys.stderr)
            return 127
        code = child.wait()
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(main())
