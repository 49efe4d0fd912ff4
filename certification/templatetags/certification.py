from django import template

register = template.Library()


@register.filter
def named(names, key):
    """The name that a dict gives to a key; empty if it has none."""
    return names.get(key, "")
