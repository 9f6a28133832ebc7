"""The demonstration: a hospital with its wards and people by role, and fourteen projects told day by day.

The births, bleeds and risk assessments of the PPH project are synthetic, anchored to the 12%, 9% and 5% of a
published project; all else is made up. Every page of these projects says that the data are illustrative.
"""
