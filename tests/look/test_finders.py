from pathlib import Path

from django.contrib.staticfiles import finders

from look.finders import FontFinder


def test_the_two_font_files_are_served_by_plain_names():
    assert sorted(path for path, _ in FontFinder().list([])) == [
        "fonts/public-sans-italic.ttf",
        "fonts/public-sans.ttf",
    ]
    assert Path(finders.find("fonts/public-sans.ttf")).stat().st_size > 100_000
    assert FontFinder().find("fonts/other.ttf") is None


def test_collectstatic_copies_them():
    for path, storage in FontFinder().list(None):
        with storage.open(path) as file:
            assert file.read(4) == b"\x00\x01\x00\x00"
