"""How the inputs of all forms become HTML.

The kinds that nearly all inputs are, are written here at once: as templates within templates they took a
quarter of the time of a page with a form. Others go by Django's templates. The text is the same as theirs.
"""

import html

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

INPUTS = ("input", "text", "number", "email", "url", "tel", "search", "password", "hidden", "date", "time")
INPUTS += ("datetime", "color", "file", "checkbox")


class Renderer(TemplatesSetting):
    def render(self, template_name, context, request=None):
        write = WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def attributes(attrs):
    """HTML attributes of a widget, each with a space before it; False and None are left out."""
    return SafeString("".join(_attribute(name, value) for name, value in attrs.items()))


def _attribute(name, value):
    if value is True:
        return f" {name}"
    return "" if value is False or value is None else f' {name}="{_text(value)}"'


def _text(value):
    """What is not marked as safe is escaped."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


def _input(widget):
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    name, attrs = _text(widget["name"]), attributes(widget["attrs"])
    return SafeString(f'<input type="{widget["type"]}" name="{name}"{value}{attrs}>')


def _textarea(widget):
    name, attrs = _text(widget["name"]), attributes(widget["attrs"])
    return SafeString(f'<textarea name="{name}"{attrs}>\n{_text(widget["value"] or "")}</textarea>')


def _select(widget):
    name, attrs = _text(widget["name"]), attributes(widget["attrs"])
    groups = "".join(_group(label, options) for label, options, _ in widget["optgroups"])
    return SafeString(f'<select name="{name}"{attrs}>{groups}</select>')


def _group(label, options):
    written = "".join(
        f'<option value="{_text(each["value"])}"{attributes(each["attrs"])}>{_text(each["label"])}</option>'
        for each in options
    )
    return f'<optgroup label="{_text(label)}">{written}</optgroup>' if label else written


WRITERS = {f"django/forms/widgets/{name}.html": _input for name in INPUTS} | {
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
