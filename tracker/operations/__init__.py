"""The verbs of the campaign: each one transaction, one group of events, the same for board and
command line.
"""
