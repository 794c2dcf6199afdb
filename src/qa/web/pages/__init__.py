"""The pages, for people: the conversation, its answers, and the pages that they link to."""
