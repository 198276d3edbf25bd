"""The embedding model that comes with the packages: unpacked and quantised once, kept in the user's cache."""

from index.bundled.model import ONNX_FILE, TOKENIZER_FILE, Report, bundled_model

__all__ = ["ONNX_FILE", "TOKENIZER_FILE", "Report", "bundled_model"]
