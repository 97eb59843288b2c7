"""Title cards, drawn when somebody first asks and kept for ever."""
