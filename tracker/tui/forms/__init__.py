"""Forms and questions: what is asked before something is written, each on top of the board."""
