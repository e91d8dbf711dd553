import csv
import tomllib

from reviewnlp.evaluation.annif import write_annif
from reviewnlp.evaluation.splits import repeated_folds
from reviewnlp.vocabulary import read_skos


def rows(path):
    with path.open(newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_corpora_are_the_folds_of_an_experiment(reviews, vocabulary, tmp_path):
    write_annif(reviews, vocabulary, tmp_path, folds=3, repeats=2, seed=5)
    splits = repeated_folds(reviews, folds=3, repeats=2, seed=5)
    names = [f"r{repeat}f{fold}" for repeat in (1, 2) for fold in (1, 2, 3)]
    for name, split in zip(names, splits, strict=True):
        tested = [reviews[i] for i in split.test if reviews[i].terms]
        assert (tmp_path / name / "test-ids.txt").read_text().split() == [review.id for review in tested]
        assert [row[0] for row in rows(tmp_path / name / "test.tsv")] == [" ".join(r.text.split()) for r in tested]
        trained = sum(bool(reviews[i].terms) for i in split.train)
        assert len(rows(tmp_path / name / "train.tsv")) == trained


def test_subjects_are_uris_of_the_written_vocabulary(reviews, vocabulary, tmp_path):
    write_annif(reviews, vocabulary, tmp_path, folds=2)
    skos = (tmp_path / "vocabulary.ttl").read_text()
    indexed = [review for review in reviews if review.terms]
    for review, (_, subjects) in zip(indexed, rows(tmp_path / "all.tsv"), strict=True):
        assert len(subjects.split()) == len(review.terms)
        assert all(f"{subject} a skos:Concept" in skos for subject in subjects.split())
    assert read_skos(tmp_path / "vocabulary.ttl") == vocabulary


def test_projects_name_only_projects_that_are_there(reviews, vocabulary, tmp_path):
    write_annif(reviews, vocabulary, tmp_path, folds=2)
    projects = tomllib.loads((tmp_path / "projects.toml").read_text())
    assert len(projects) == 8
    for project in projects.values():
        assert project["vocab"] == "reviewnlp"
        assert all(source in projects for source in project.get("sources", "").split(",") if source)
