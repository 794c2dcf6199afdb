"""English, in one place: the words, numbers and dates of a text, whoever wrote it and whatever it is read
for."""
