"""A pay plan from form to order: its rows and groups, gates, examples, versions, effects on the county."""
