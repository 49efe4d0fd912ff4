from django import template

from reports import history_words

register = template.Library()
register.filter("act_label", history_words.act_label)
register.filter("table_label", history_words.table_label)
