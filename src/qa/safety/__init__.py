"""Questions that suggest danger, contain personal data or ask how to complain: the answer says whom to
contact, and nothing is searched.
"""
