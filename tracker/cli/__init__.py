"""The command line: one module per family of commands, `main` to start them, `output` to print.

The only folder that knows Typer. Commands read and write through the use cases of `tracker` and
print through `output`; nothing else writes to the terminal.
"""
