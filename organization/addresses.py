"""Parts of addresses that several apps share."""

from django.urls import register_converter


class OfficeConverter:
    """A department by its code, as `departments/CC`, or `heads`: None, for the heads themselves.

    A code is the county's own word, so it stands behind one of ours: no code can be taken for a page.
    """

    heads = "heads"
    regex = "heads|departments/[^/]+"

    def to_python(self, value):
        return None if value == self.heads else value.removeprefix("departments/")

    def to_url(self, code):
        return self.heads if code is None else f"departments/{code}"


register_converter(OfficeConverter, "office")
