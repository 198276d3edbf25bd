"""What is kept beside the articles in small tables: conversations, watched feeds, workspaces, members, logins.

``index.records.table`` has the tables; SQLAlchemy, which it needs, takes a while to import.
"""

from index.records.forms import CONVERSATIONS, FEEDS, LOGINS, MEMBERS, WORKSPACES, Form, Record

__all__ = ["CONVERSATIONS", "FEEDS", "LOGINS", "MEMBERS", "WORKSPACES", "Form", "Record"]
