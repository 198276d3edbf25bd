"""An article -> the words quoted or reported in it, each under the name of who said them.

``extractor.extract_quotations`` is the way in; importing this package loads nothing.
"""
