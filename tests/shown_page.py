"""A page as a browser shows it, for tests that read its HTML."""

from bs4 import BeautifulSoup


def shown_page(html: str) -> BeautifulSoup:
    """Return the parsed page without the content of its templates, in which older versions of soupsieve select
    as well."""
    page = BeautifulSoup(html, "html.parser")
    for template in page.find_all("template"):
        template.clear()
    return page
