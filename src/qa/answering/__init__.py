"""Query and Result → sentences and figures; passages → quotations; the Answer."""
