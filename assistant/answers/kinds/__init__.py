"""How each kind of question is answered, a module a kind: a question, its search and the sources in, findings out."""
