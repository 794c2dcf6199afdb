"""The endpoints, for programs: what each takes, gives and refuses, and the document that says so."""
