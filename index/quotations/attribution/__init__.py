"""Who said which words: the article read in order, quotation by quotation."""
