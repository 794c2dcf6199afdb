"""The endpoints, for programs: what each accepts, returns and refuses, and the document that
describes them.
"""
