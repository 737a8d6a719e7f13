"""Running baselines and drawing up the board."""
