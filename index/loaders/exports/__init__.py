"""Files of many articles, as press databases export them -> each article, read by layouts that are data."""
