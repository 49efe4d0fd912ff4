from functools import wraps

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from look import formats
from look.icons import icon_svg
from look.rendering import attributes
from look.statuses import LOOKS

register = template.Library()
register.filter(attributes)


def _empty_stays_empty(write):
    """A column without a value is left empty (no dashes, no N/A)."""

    @wraps(write)
    def written(value, *args):
        return "" if value in (None, "") else write(value, *args)

    return written


for _name, _write in {
    "money": formats.money,
    "cents": formats.money_from_cents,
    "dollars": formats.estimate,
    "signed": formats.signed,
    "rate": formats.rate,
    "percent": formats.percent,
    "number": formats.number,
    "score": formats.score,
    "day": formats.day,
    "short_date": formats.short_date,
    "record_date": formats.record_date,
    "moment": formats.moment,
    "from_today": formats.from_today,
    "monogram": formats.monogram,
    "hash_groups": formats.hash_groups,
}.items():
    register.filter(_name, _empty_stays_empty(_write))


@register.filter
def clock(value, precision=""):
    return "" if value in (None, "") else formats.clock(value, seconds=precision == "seconds")


@register.filter
def plural(count, words):
    """`{{ awards|plural:"award,awards" }}`: 1 award, 1,196 awards."""
    singular, several = words.split(",")
    return formats.plural(count, singular, several)


@register.simple_tag(takes_context=True)
def chosen_theme(context):
    """`light` or `dark` where the person chose one; empty where the page follows the system."""
    request = _request(context)
    theme = request.COOKIES.get("theme") if request else None
    return theme if theme in ("light", "dark") else ""


@register.simple_tag
def icon(name, label="", css=""):
    return icon_svg(name, label, css)


@register.simple_tag
def status(state, word, *, plain=False):
    """A state as word, icon and colour: `{% status evaluation.state evaluation.get_state_display %}`."""
    kind, icon_name = LOOKS[str(state)]
    return pill(word, kind, icon_name, plain=plain)


@register.simple_tag
def pill(word, kind="idle", icon="circle-dashed", *, plain=False):
    """A state that is no one's `State` choice: `{% pill "Passes" "good" "circle-check" %}`."""
    css = "status" if kind == "idle" else f"status status--{kind}"
    if plain:
        css += " status--plain"
    return format_html('<span class="{}">{}{}</span>', css, icon_svg(icon), word)


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """The page's query string with some parts replaced, or left out when None.

    Always begins with `?`, so that a link can take off the last filter. A change of anything but the page
    goes back to the first page.
    """
    parameters = _request(context).GET.copy()
    if "page" not in changes:
        parameters.pop("page", None)
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return "?" + parameters.urlencode()


@register.simple_tag(takes_context=True)
def sort_header(context, label, field, current, css=""):
    """Head of a sortable column; `current` is the list's order as the view applied it: `name` or `-name`."""
    direction, next_sort, arrow = "none", field, "chevrons-up-down"
    if current == field:
        direction, next_sort, arrow = "ascending", f"-{field}", "arrow-up"
    elif current == f"-{field}":
        direction, next_sort, arrow = "descending", field, "arrow-down"
    return format_html(
        '<th scope="col"{} aria-sort="{}"><a href="{}">{} {}</a></th>',
        format_html(' class="{}"', css) if css else "",
        direction,
        query(context, sort=next_sort),
        label,
        icon_svg(arrow),
    )


def _request(context):
    return getattr(context, "request", None) or context.get("request")


@register.filter
def page_numbers(page):
    """First, last and the neighbours of the current page; None where numbers are left out."""
    return [
        number if isinstance(number, int) else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.simple_tag
def meter(value, most, label, *, thin=True, kind="1"):
    """A bar from 0 to `most` in a row or under a figure; `label` says in words what it shows."""
    return _meter([(f"c-{kind}", value)], most, label, thin=thin)


@register.simple_tag
def stacked_meter(most, label, *values_and_words):
    """A bar in up to three parts with its legend: `{% stacked_meter pool label v1 words1 v2 words2 %}`."""
    colors = ("c-1", "c-1s", "c-2")
    values, words = values_and_words[::2], values_and_words[1::2]
    bar = _meter(list(zip(colors, values, strict=False)), most, label, thin=False)
    legend = format_html_join(
        "",
        '<li><svg viewBox="0 0 12 12" aria-hidden="true">'
        '<rect class="{}" width="12" height="12" rx="2"/></svg>{}</li>',
        zip(colors, words, strict=False),
    )
    return format_html('{}<ul class="legend mt-2">{}</ul>', bar, legend)


def _meter(parts, most, label, *, thin):
    rects, start = [], 0.0
    for css, value in parts:
        width = min(100 - start, max(0.0, 100 * float(value) / float(most))) if most else 0.0
        rects.append((css, f"{start:.2f}", f"{width:.2f}"))
        start += width
    return format_html(
        '<svg class="meter{}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">'
        "{}</svg>",
        " meter--thin" if thin else "",
        label,
        format_html_join("", '<rect class="{}" x="{}" width="{}" height="10"/>', rects),
    )


@register.filter
def as_input(field):
    """The field's input alone, marked as invalid when it is."""
    css = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} is-invalid"} if field.errors else None)


@register.filter
def error_title(form):
    """`One thing needs to be put right`."""
    count = sum(len(errors) for errors in form.errors.values())
    if count == 1:
        return "One thing needs to be put right"
    words = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
    return f"{words.get(count, count)} things need to be put right"


NOTICE_ICONS = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "octagon-alert"}
MESSAGE_KINDS = {"debug": "info", "info": "info", "success": "good", "warning": "warn", "error": "bad"}


@register.filter
def notice_icon(kind):
    return NOTICE_ICONS[kind or "info"]


@register.filter
def message_kind(message):
    return MESSAGE_KINDS[message.level_tag]


@register.simple_block_tag
def notice(content, title="", kind="info", icon=""):
    """A notice whose text holds links or more than one paragraph."""
    return render_to_string(
        "components/notice.html", {"title": title, "kind": kind, "icon": icon, "text": content}
    )


@register.simple_block_tag
def fold(content, title, key="", icon="", *, opened=False):
    """Evidence that can be opened; the closed row already says the key figure."""
    return render_to_string(
        "components/fold.html",
        {"title": title, "key": key, "icon": icon, "opened": opened, "content": content},
    )


@register.simple_block_tag
def reason(content, title, text="", kind="bad", icon="octagon-alert"):
    """Why a row is blocked; the content is the one act that helps (a button or link), or nothing."""
    return render_to_string(
        "components/reason.html",
        {"title": title, "text": text, "kind": kind, "icon": icon, "acts": SafeString(content.strip())},
    )
