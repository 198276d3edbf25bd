"""PDF -> text: pages, reading order, running heads, hyphens."""
