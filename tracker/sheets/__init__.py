"""Files of rows as others make them: workbooks, delimited text, JSON. What the rows mean is not
known here.
"""

from tracker.sheets.reading import read
from tracker.sheets.records import Fault, Merged, Row, Sheet, Unread, Value

__all__ = ["Fault", "Merged", "Row", "Sheet", "Unread", "Value", "read"]
