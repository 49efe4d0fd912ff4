"""Every write that means something, by noun. `by` is a Person on the day of the act, `at` the county's time.

Each locks, asks `workflow`, checks, writes and records, or raises `Refused` with a sentence for the person.
"""
