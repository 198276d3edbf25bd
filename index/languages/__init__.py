"""Every word of a language in one place: a folder of data for each language, and the code that reads them.

Importing this package loads nothing.
"""
