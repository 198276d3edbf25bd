"""What stands before the page and the API: who may send what, how often, how large; and how the page is served."""
