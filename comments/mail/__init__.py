"""What is sent by mail about comments, and what its links do."""
