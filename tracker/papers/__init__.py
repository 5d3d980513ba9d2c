"""Papers that leave the program: spreadsheets, reports, messages, calendars, pages. They render
records; what a figure means is decided elsewhere.
"""
