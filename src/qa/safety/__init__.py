"""Questions that suggest danger, hold personal data or ask how to complain: they are told where to turn, and
nothing is searched.
"""
