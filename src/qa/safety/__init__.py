"""Questions that suggest danger, contain personal data or ask how to complain: they are answered with where
to turn, and nothing is searched.
"""
