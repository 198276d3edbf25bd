"""Unpacked weights -> a folder that sentence-transformers opens, and its quantised twin for everyday use."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from index.embedding.bundled_weights import PACKAGE, SHA256, Weights, read_weights, weights_path
from index.embedding.model_cache import kept_folder
from index.pytorch import import_torch

Report = Callable[[str], None]

MODEL = "multilingual-e5-small"
ONNX_FILE = "model-int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
PASSAGE = "passage: "
"""What stands before a text that is to be found, as the model was taught."""

_RECIPE = 1
"""To be raised with every change below: folders of another recipe are left alone and not used."""
NAME = f"{MODEL}-{SHA256[:8]}-{_RECIPE}"
"""The folder's, and the model's in catalogs."""
_ROOM = 1_600_000_000
_SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_PARTS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def bundled_model(cache: Path, report: Report) -> Path:
    """Return the folder of the bundled model below ``cache``; build it when it is missing or damaged (half a minute).

    The folder is a sentence-transformers model in single precision, with ``ONNX_FILE`` beside it.

    Raises:
        ModelError: the package with the weights is damaged, or the cache cannot be written.
    """

    def build(folder: Path) -> dict[str, Any]:
        report(f"Unpacking the embedding model into {cache} (once, about half a minute)…")
        _write_model(folder, read_weights(weights_path()))
        report("Quantising the embedding model…")
        _write_onnx(folder)
        report("The embedding model is ready.")
        packages = (PACKAGE, "onnxruntime", "tokenizers", "torch", "transformers")
        return {"weights": SHA256, "recipe": _RECIPE, "packages": {name: version(name) for name in packages}}

    return kept_folder(cache, NAME, build, _ROOM)


def _write_model(folder: Path, weights: Weights) -> None:
    from safetensors.numpy import save_file

    tensors = {_bert_name(name): _bert_shape(name, values, weights) for name, values in weights.tensors.items()}
    # The network's last layer, which sentence embeddings do not use and the file leaves out; transformers expects it.
    tensors["pooler.dense.weight"] = np.zeros((weights.hidden, weights.hidden), dtype=np.float32)
    tensors["pooler.dense.bias"] = np.zeros(weights.hidden, dtype=np.float32)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    unigram_tokenizer(weights).save(str(folder / TOKENIZER_FILE), pretty=False)
    (folder / "1_Pooling").mkdir()
    for name, content in _configurations(weights).items():
        (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _bert_name(name: str) -> str:
    if name in _EMBEDDING_PARTS:
        return _EMBEDDING_PARTS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def _bert_shape(name: str, values: NDArray[np.float32], weights: Weights) -> NDArray[np.float32]:
    if name.endswith((".b", "ln.w")):
        return values
    return values.reshape(-1, weights.inner if name.endswith("fo.w") else weights.hidden)


def unigram_tokenizer(weights: Weights) -> Tokenizer:
    """Return the tokenizer of XLM-RoBERTa over the file's pieces.

    Its characters are normalised as sentencepiece's "nmt_nfkc" does: control characters go, all kinds of space
    become one, then NFKC.
    """
    tokenizer = Tokenizer(Unigram(weights.pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"), ""),
            normalizers.Replace(Regex(r"[\s\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(_SPECIAL)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def _configurations(weights: Weights) -> dict[str, Any]:
    """Return the small files that transformers and sentence-transformers read beside the weights."""
    kinds = "sentence_transformers.models"
    return {
        "config.json": {
            "model_type": "bert",
            "architectures": ["BertModel"],
            "hidden_size": weights.hidden,
            "num_hidden_layers": weights.layers,
            "num_attention_heads": weights.heads,
            "intermediate_size": weights.inner,
            "vocab_size": weights.vocabulary,
            "max_position_embeddings": weights.positions,
            "type_vocab_size": weights.types,
            "layer_norm_eps": weights.epsilon,
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            # not XLMRobertaTokenizer: that class rebuilds the tokenizer and drops its normaliser
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": weights.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            **dict(zip(["bos_token", "pad_token", "eos_token", "unk_token", "mask_token"], _SPECIAL, strict=True)),
            "cls_token": "<s>",
            "sep_token": "</s>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{kinds}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{kinds}.Pooling"},
            {"idx": 2, "name": "2", "path": "", "type": f"{kinds}.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": weights.hidden, "pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {"max_seq_length": weights.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": PASSAGE},
            "similarity_fn_name": "cosine",
        },
    }


def _write_onnx(folder: Path) -> None:
    """Write ``ONNX_FILE``: token ids and mask in, normalised mean of the last layer out."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.quant_utils import add_pre_process_metadata

    exact = folder / "model.onnx"
    _export(folder, exact)
    model = onnx.load(exact)
    add_pre_process_metadata(model)  # or else it advises a step that changes nothing here
    onnx.save(model, exact)
    del model
    # Seven bits: with eight, processors without VNNI overflow, and vectors would depend on the machine.
    quantize_dynamic(exact, folder / ONNX_FILE, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    exact.unlink()


def _export(folder: Path, target: Path) -> None:
    import_torch()
    import torch
    from transformers import BertModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    bert = BertModel.from_pretrained(folder, local_files_only=True, attn_implementation="eager")

    class Encoder(torch.nn.Module):
        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=-1)

    encoder = Encoder()
    encoder.bert = bert
    ids = torch.tensor([[0, 10, 11, 2], [0, 10, 2, 1]])
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the tracer, about shapes that do not vary here; a test compares vectors
        torch.onnx.export(
            encoder.eval(),
            (ids, (ids != 1).long()),
            target,
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )
