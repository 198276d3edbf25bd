"""The embedding model that comes with the packages: unpacked and quantised once, kept in the user's cache."""

from index.bundled.folder import Report, kept_folder
from index.bundled.model import MODEL, ONNX_FILE, TOKENIZER_FILE, bundled_model

__all__ = ["MODEL", "ONNX_FILE", "TOKENIZER_FILE", "Report", "bundled_model", "kept_folder"]
