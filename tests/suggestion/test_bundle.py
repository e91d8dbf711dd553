"""Model bundles: what is written is read, and what was tampered with is refused by name."""

import hashlib
import json
import pickle
import shutil

import numpy as np
import pytest
from safetensors.numpy import load, save
from threadpoolctl import threadpool_limits

from reviewnlp.errors import BundleError
from reviewnlp.suggestion import load_suggester, train

FILES = [
    "vocabulary.ttl",
    "vocabulary.json",
    "cues.toml",
    "circumstances.toml",
    "features.json",
    "weights.safetensors",
    "vectors.safetensors",
    "tokenizer.json",
]


@pytest.fixture(scope="module")
def written(suggester, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle") / "model"
    suggester.save(folder)
    return folder


@pytest.fixture
def bundle(written, tmp_path):
    return shutil.copytree(written, tmp_path / "model")


class Bomb:
    """Unpickling this creates a file: the proof that somebody unpickled it."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_a_bundle_suggests_what_its_suggester_did(suggester, bundle, reviews):
    loaded = load_suggester(bundle)
    assert np.allclose(suggester.scores(reviews), loaded.scores(reviews), atol=1e-4)
    assert suggester.suggest(reviews[:3]) == loaded.suggest(reviews[:3])


def test_training_twice_writes_the_same_bytes_but_for_the_date(written, reviews, vocabulary, tmp_path):
    with threadpool_limits(limits=3):  # whatever the number of threads that linear algebra may use
        train(reviews, fictional=False, vocabulary=vocabulary).save(tmp_path / "again")
    for name in FILES:
        assert (written / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name
    one, two = (json.loads((folder / "manifest.json").read_text()) for folder in (written, tmp_path / "again"))
    assert {**one, "created": ""} == {**two, "created": ""}


def test_another_seed_makes_another_model(written, reviews, vocabulary, tmp_path):
    train(reviews, fictional=False, vocabulary=vocabulary, seed=1).save(tmp_path / "other")
    name = "weights.safetensors"
    assert (written / name).read_bytes() != (tmp_path / "other" / name).read_bytes()


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_truncated_file_is_refused_by_name(bundle, name):
    content = (bundle / name).read_bytes()
    (bundle / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(BundleError, match=name.replace(".", r"\.")):
        load_suggester(bundle)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_refused_by_name(bundle, name):
    content = bytearray((bundle / name).read_bytes())
    content[len(content) // 2] ^= 1
    (bundle / name).write_bytes(bytes(content))
    with pytest.raises(BundleError, match=rf"{name}.*changed"):
        load_suggester(bundle)


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file_is_refused_by_name(bundle, name):
    (bundle / name).unlink()
    with pytest.raises(BundleError, match=rf"{name}.*missing"):
        load_suggester(bundle)


def test_a_newer_bundle_is_refused_with_advice(bundle):
    manifest = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps({**manifest, "version": 99}))
    with pytest.raises(BundleError, match=r"format 99.*update reviewnlp"):
        load_suggester(bundle)


def test_an_edited_manifest_is_refused(bundle):
    manifest = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps({**manifest, "seed": 7}))
    with pytest.raises(BundleError, match=r"manifest\.json.*changed"):
        load_suggester(bundle)


def reseal(bundle, **changes):
    """Write a manifest as somebody would who knows how it is sealed."""
    manifest = {**json.loads((bundle / "manifest.json").read_text()), **changes}
    plain = {key: value for key, value in manifest.items() if key not in ("digest", "created")}
    manifest["digest"] = hashlib.sha256(
        (json.dumps(plain, ensure_ascii=False, sort_keys=True) + "\n").encode()
    ).hexdigest()
    (bundle / "manifest.json").write_text(json.dumps(manifest))


def replace(bundle, name, content):
    """Put other content into a file, and its digest into the manifest."""
    (bundle / name).write_bytes(content)
    files = json.loads((bundle / "manifest.json").read_text())["files"]
    reseal(bundle, files={**files, name: hashlib.sha256(content).hexdigest()})


@pytest.mark.parametrize("files", [None, [], "vocabulary.ttl", {"../elsewhere": "0"}])
def test_a_manifest_without_its_table_of_files_is_refused(bundle, files):
    reseal(bundle, files=files)
    with pytest.raises(BundleError, match=r"manifest\.json"):
        load_suggester(bundle)


@pytest.mark.parametrize("content", ["{}", "[1]", '{"terms": 3, "themes": {}}', "[" * 100_000, '"\\ud800"'])
def test_files_that_do_not_fit_together_are_refused(bundle, content):
    replace(bundle, "vocabulary.json", content.encode())
    with pytest.raises(BundleError, match="do not fit together"):
        load_suggester(bundle)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("trees.columns", lambda array: np.repeat(array, 20, axis=2)),  # 2 ** 60 leaves
        ("trees.columns", lambda array: array + 10**6),
        ("trees.columns", lambda array: array.astype(np.float32)),
        ("trees.leaves", lambda array: array[:, :, 1:]),
        ("trees.start", lambda array: array[:, 1:]),
    ],
)
def test_trees_that_do_not_fit_are_refused(bundle, table, change):
    name = "weights.safetensors"
    arrays = load((bundle / name).read_bytes())
    replace(bundle, name, save({**arrays, table: np.ascontiguousarray(change(arrays[table]))}))
    with pytest.raises(BundleError, match="trees"):
        load_suggester(bundle)


def test_a_term_of_a_great_number_takes_no_memory(bundle):
    names = json.loads((bundle / "features.json").read_text())
    names[next(place for place, name in enumerate(names) if name.startswith("#"))] = f"#{10**12} name"
    replace(bundle, "features.json", json.dumps(names).encode())
    assert load_suggester(bundle)


def test_half_a_character_in_a_manifest_is_refused(bundle):
    manifest = (bundle / "manifest.json").read_text()
    (bundle / "manifest.json").write_text(manifest.replace('"library":', '"\\ud800": 1, "library":', 1))
    with pytest.raises(BundleError, match=r"manifest\.json.*changed"):
        load_suggester(bundle)


def test_the_date_is_not_part_of_what_is_checked(bundle):
    manifest = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps({**manifest, "created": "2030-01-01"}))
    assert load_suggester(bundle).manifest["seed"] == 0


@pytest.mark.parametrize("content", ["[]", "{}", '{"format": "other"}', "not json", "[" * 100_000])
def test_a_foreign_manifest_is_refused(bundle, content):
    (bundle / "manifest.json").write_text(content)
    with pytest.raises(BundleError, match=r"manifest\.json"):
        load_suggester(bundle)


def test_no_folder_is_no_bundle(tmp_path):
    with pytest.raises(BundleError, match="no such folder"):
        load_suggester(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["model.pkl", "model.joblib"])
def test_a_planted_pickle_is_refused_and_never_opened(bundle, tmp_path, name):
    (bundle / name).write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    with pytest.raises(BundleError, match=name):
        load_suggester(bundle)
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("name", FILES)
def test_a_pickle_in_place_of_a_file_runs_nothing(bundle, tmp_path, name):
    """Even when the manifest was forged to agree with it."""
    from reviewnlp.suggestion import bundle as module

    (bundle / name).write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    manifest = json.loads((bundle / "manifest.json").read_text())
    manifest["files"][name] = module._digest((bundle / name).read_bytes())
    manifest["digest"] = module._own_digest(manifest)
    (bundle / "manifest.json").write_text(json.dumps(manifest))
    if name == "vocabulary.ttl":  # only its digest is read: the compiled vocabulary is used
        load_suggester(bundle)
    else:
        with pytest.raises(BundleError):
            load_suggester(bundle)
    assert not (tmp_path / "exploded").exists()


def test_a_folder_with_other_files_is_not_written_over(suggester, tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(BundleError, match=r"thesis\.docx"):
        suggester.save(tmp_path)
