from importlib.resources import files
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

FONTS = {
    "fonts/public-sans.ttf": "PublicSans[wght].ttf",
    "fonts/public-sans-italic.ttf": "PublicSans-Italic[wght].ttf",
}


def font_folder():
    """Folder of the Public Sans files in the installed package; letters made with typst use it too."""
    return Path(str(files("fontpkg_public_sans"))) / "files"


class FontFinder(BaseFinder):
    """Serves the two Public Sans files under names without brackets, from the installed package."""

    def find(self, path, find_all=False):
        found = str(font_folder() / FONTS[path]) if path in FONTS else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns):
        storage = FontStorage(font_folder())
        for path in FONTS:
            if not matches_patterns(path, ignore_patterns or []):
                yield path, storage

    def check(self, **kwargs):
        return []


class FontStorage(FileSystemStorage):
    """Knows the package's files by the names under which they are served."""

    prefix = None  # collectstatic asks for it

    def path(self, name):
        return super().path(FONTS[name])
