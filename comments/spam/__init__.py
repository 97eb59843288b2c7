"""Does a comment look like spam? Learned from this blog's own moderators, told in words, and never decided alone:
what looks like spam waits for a person."""
