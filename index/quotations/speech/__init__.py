"""What is speech: reported clauses and their ends, quotations within them, marks that quote nobody."""
