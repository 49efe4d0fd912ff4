"""Scenarios and the Court's decision sheet: over whom, what comes of it, how it is shown."""
