"""What a text was before, what is being written, and how two texts differ."""
