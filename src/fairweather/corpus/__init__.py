"""The corpus: the article model, its text, stand-off units, votes and agreement."""
