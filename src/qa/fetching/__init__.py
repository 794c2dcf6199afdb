"""Fetching: what a regulator publishes on the web, into a corpus folder.

Nothing else in Askwell goes to the network by itself.
"""
