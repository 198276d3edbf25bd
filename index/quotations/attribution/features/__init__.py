"""Some words and somebody who may have spoken them -> the evidence for and against, as numbers.

Every module gives a part of the evidence by name; nan is what cannot be told. The names are those that the trees of
``scorer`` were fitted with, so that a change here asks for a new fit.
"""
