"""Terms, entry terms, relations and themes as SKOS, and the matching of a raw keyword to its term."""
