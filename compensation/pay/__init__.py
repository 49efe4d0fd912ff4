"""The pay calculation: plain Python. No Django, no clock, no database, no floats.

`rules.parse` reads a plan, `preparation.prepare` makes it ready once, `calculation.award` answers for one
person. Units, everywhere in this package: money in integer cents; hourly rates in ten-thousandths of a
dollar; percentages in millionths (2.2507% is 22,507); scores in hundredths; FTE in ten-thousandths; days as
dates.
"""
