"""The board: the campaign on a terminal, live. Imported only when it is opened."""
