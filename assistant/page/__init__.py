"""The page: what it shows of articles, quotations and the conversation, and what it does for a visitor."""
