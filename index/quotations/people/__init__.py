"""Who is named in an article: entities, their kind and gender, roles, kinship, salience, coreference."""
