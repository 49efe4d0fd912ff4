"""Documents as PDF, whatever people have typed."""

import pytest
from typst import TypstError

from look.documents import pdf

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: "Words")
#set text(font: "Public Sans", lang: "en")
= Words
#data.words
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "words.typ"
    path.write_text(TEMPLATE)
    return path


def test_a_document_is_accessible(template):
    made = pdf(template, {"words": "Nguyễn, 5 → 6 #strong[as it is]"})
    assert b"pdfuaid" in made


@pytest.mark.parametrize("words", ["Great work 👍", "\uf0b7 pasted out of Word", "你好", "\x1b"])
def test_a_character_that_no_font_has_keeps_nobody_from_a_tagged_document(template, words):
    made = pdf(template, {"words": words})
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made


def test_what_is_wrong_with_a_template_is_told(template):
    with pytest.raises(TypstError):
        pdf(template, {})
