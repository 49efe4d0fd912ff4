import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NAME = "from countyhr import settings; print(settings.SESSION_COOKIE_NAME)"


def cookie_name(folder):
    environment = {"PATH": os.environ["PATH"], "COUNTYHR_MODE": "demo", "COUNTYHR_STATE": str(folder)}
    return subprocess.check_output([sys.executable, "-c", NAME], cwd=PROJECT, env=environment, text=True)


def test_demos_side_by_side_keep_their_own_sign_ins(tmp_path):
    demo, own = tmp_path / "demo", tmp_path / "own"

    assert cookie_name(demo) != cookie_name(own) == cookie_name(own)
