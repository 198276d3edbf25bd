from index.languages.stopwords import stopwords


def test_function_words_are_folded_and_kept_by_language() -> None:
    assert {"la", "meme", "qu"} <= stopwords("fr")
    assert {"the", "isn"} <= stopwords("en")
    assert "cest" in stopwords("fr")  # as typed in haste
    assert {"whatll", "doesnt"} <= stopwords("en")
    assert stopwords("de") == frozenset()
    assert stopwords("../languages/fr") == frozenset()
