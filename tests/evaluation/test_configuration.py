import pytest

from reviewnlp import ConfigError
from reviewnlp.evaluation.configuration import Experiment, experiment_from_dict, read_experiment
from reviewnlp.resources import shipped


def test_small_experiment_reads_as_written(settings):
    experiment = experiment_from_dict(settings)
    assert isinstance(experiment, Experiment)
    assert [method.name for method in experiment.methods] == ["popular terms", "words"]
    assert (experiment.split.folds, experiment.split.kind, experiment.seed) == (3, "folds", 3)


@pytest.mark.parametrize("path", sorted(shipped("experiments").glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_experiments_are_valid(path):
    assert read_experiment(path).title


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sede": 1}, r"sede: no such key \(did you mean 'seed'\?\); allowed: title, about, seed"),
        ({"split": {"fold": 5}}, r"split\.fold: no such key \(did you mean 'folds'\?\); allowed: kind, folds"),
        ({"split": {"kind": "random"}}, r"split\.kind: .*'folds' or 'years'"),
        ({"split": {"folds": "many"}}, r"split\.folds: .*integer.*'many'"),
        ({"split": {"kind": "years"}}, r"split\.years: .*give years"),
        ({"methods": [{"name": "a"}]}, r"methods\.0\.method: this key is missing"),
        ({"methods": [{"name": "a", "method": "magic"}]}, r"methods\.0\.method: 'magic' is not known.*popularity"),
        ({"methods": [{"name": "a", "method": "lexical", "text": ["body"]}]}, r"methods\.0\.text: 'body'.*summary"),
        ({"methods": [{"name": "a", "method": "lexical"}] * 2}, "two methods are called 'a'"),
        ({"methods": []}, "methods: name at least one method"),
        ({"metrics": ["F2@5"]}, r"metrics: 'F2@5' is not a metric; metrics: P@k, recall@k"),
        ({"metrics": ["P@1:10+"]}, "is not a metric"),
        ({"analyses": ["clibration"]}, r"analyses: 'clibration' is not known \(did you mean 'calibration'\?\)"),
        ({"compare_to": "wrods"}, r"compare_to: 'wrods' is not known \(did you mean 'words'\?\)"),
        ({"corpus": {"gold": 3}}, r"corpus\.gold: .*string"),
    ],
)
def test_wrong_key_or_value_is_named_with_what_is_allowed(settings, change, message):
    settings |= change
    if change.get("methods") == []:
        settings["compare_to"] = None
    with pytest.raises(ConfigError, match=message):
        experiment_from_dict(settings)


def test_a_title_is_asked_for(settings):
    del settings["title"]
    with pytest.raises(ConfigError, match="title: this key is missing"):
        experiment_from_dict(settings)


def test_file_that_is_missing_or_no_toml_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read"):
        read_experiment(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("title = ")
    with pytest.raises(ConfigError, match=r"bad\.toml: not a TOML file"):
        read_experiment(tmp_path / "bad.toml")
    (tmp_path / "wrong.toml").write_text('title = "x"\nseeds = 1')
    with pytest.raises(ConfigError, match=r"wrong\.toml: seeds: no such key"):
        read_experiment(tmp_path / "wrong.toml")
