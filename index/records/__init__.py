"""What is kept beside the articles in small tables: conversations, watched feeds, workspaces, members, logins."""

from index.records.forms import CONVERSATIONS, FEEDS, LOGINS, MEMBERS, WORKSPACES, Form
from index.records.table import Record, Records, RecordTable, copy_records

__all__ = [
    "CONVERSATIONS",
    "FEEDS",
    "LOGINS",
    "MEMBERS",
    "WORKSPACES",
    "Form",
    "Record",
    "RecordTable",
    "Records",
    "copy_records",
]
