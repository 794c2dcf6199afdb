"""Evaluation: a question set → what each answer scores → figures, comparison and reports.

Only the command line imports it.
"""
