"""An answer, a quotation or a name -> Markdown, HTML, JSON or a line for a terminal."""
