"""Documents as tagged PDF (PDF/UA-1), set by typst from a template and plain data."""

import json

import typst

from look.finders import font_folder


def pdf(template, data):
    """The document as bytes. The template reads `data` from `sys.inputs.data`.

    Text goes in as data: none of it is taken for markup. A character that no font here has, such as an emoji
    or a bullet out of Word, stands there as a box: that document is tagged, but is no PDF/UA-1.
    """
    try:
        return _set(template, data, ["ua-1"])
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return _set(template, data, [])


def _set(template, data, standards):
    return typst.compile(
        str(template),
        sys_inputs={"data": json.dumps(data)},
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        pdf_standards=standards,
    )
