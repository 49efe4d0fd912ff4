"""Documents as tagged PDF (PDF/UA-1), set by typst from a template and plain data."""

import json

import typst

from look.finders import font_folder


def pdf(template, data):
    """The document as bytes. The template reads `data` from `sys.inputs.data`.

    Text goes in as data: none of it is taken for markup.
    """
    return typst.compile(
        str(template),
        sys_inputs={"data": json.dumps(data)},
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
