"""Documents of office programs, .docx and .odt: packed XML, read with the standard library."""
