"""Reading a question: text → annotations → parse → :class:`~qa.question.query.Query`."""
