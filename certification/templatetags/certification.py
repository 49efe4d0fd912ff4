from django import template

from certification.checks import missing_of

register = template.Library()


@register.filter
def named(names, key):
    """The name that a dict gives to a key; empty if it has none."""
    return names.get(key, "")


@register.filter
def missing(rating):
    """What a rating lacks, in words that follow "without"."""
    return missing_of(has_progress_review=rating.has_progress_review, is_signed=rating.is_signed)
