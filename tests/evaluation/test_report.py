import html.parser
import json
import re
import sys

import pytest

from reviewnlp.evaluation.configuration import experiment_from_dict
from reviewnlp.evaluation.experiment import run
from reviewnlp.evaluation.plots import PlotsMissingError, draw
from reviewnlp.evaluation.report import all_plots, render, write_report


@pytest.fixture(scope="module")
def results(reviews, vocabulary):
    return run(
        experiment_from_dict(
            {
                "title": "Small & <quick>",
                "metrics": ["F1@5", "ECE@10"],
                "compare_to": "words",
                "analyses": ["frequency", "calibration", "terms", "neighbours"],
                "split": {"folds": 2, "repeats": 1},
                "methods": [
                    {"name": "words", "method": "lexical"},
                    {"name": "popular", "method": "popularity"},
                    {"name": "classifier", "method": "tfidf"},
                ],
            }
        ),
        reviews,
        vocabulary,
    )


class Page(html.parser.HTMLParser):
    """Collects tags and checks that each that opens is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.addresses = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [
            value for name, value in attrs if name in {"src", "href", "xlink:href"} and not value.startswith("#")
        ]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_report_stands_alone(results, tmp_path):
    write_report(results, tmp_path)
    text = (tmp_path / "report.html").read_text()
    page = Page(text)
    assert page.open == []
    assert page.addresses == []
    assert "script" not in page.tags
    assert "@import" not in text
    assert text.count("<svg") == len(list(tmp_path.glob("*.png"))) >= 4
    assert "Small &amp; &lt;quick&gt;" in text


def test_every_figure_stands_in_the_report(results):
    text = render(results, {})
    for methods in results["figures"].values():
        for method, figures in methods.items():
            assert method in text
            for figure in figures.values():
                assert f"{figure['value']:.3f}" in text
                assert f"{figure['low']:.3f}–{figure['high']:.3f}" in text


def test_the_best_value_of_each_metric_is_marked(results):
    marked = re.findall(r'class="best">([0-9.]+)', render(results, {}))
    figures = results["figures"]["all"]
    assert f"{max(f['F1@5']['value'] for f in figures.values()):.3f}" in marked
    assert f"{figures['classifier']['ECE@10']['value']:.3f}" in marked


def test_plots_are_the_same_every_time(results):
    plot = all_plots(results)[0]
    assert draw(plot) == draw(plot)


def test_plots_name_their_axes(results):
    for analysis in results["analyses"].values():
        for plot in analysis["plots"]:
            assert plot["x_label"]
            assert plot["y_label"]


def test_report_without_plots_needs_no_matplotlib(results, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    written = write_report(results, tmp_path, plots=False)
    assert {path.name for path in written} == {"results.json", "report.html"}
    assert json.loads((tmp_path / "results.json").read_text()) == results
    with pytest.raises(PlotsMissingError, match=r"reviewnlp\[plots\]"):
        write_report(results, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_keywords_that_no_method_finds_are_counted(results, reviews):
    found = results["analyses"]["terms"]["figures"]["missed by every method"]["value"]
    rows = results["analyses"]["terms"]["tables"][1]["rows"]
    total = sum(len(set(review.terms)) for review in reviews)
    assert found == pytest.approx(sum(row[2] for row in rows) / total, abs=1e-6)


def test_neighbours_agree_no_better_than_the_best_match(results):
    figures = results["analyses"]["neighbours"]["figures"]
    for measure in ("Hooper", "Rolling"):
        best = figures[f"best match among all/{measure}"]["value"]
        assert 0 <= figures[f"nearest neighbour/{measure}"]["value"] <= best <= 1
        assert figures[f"any other review/{measure}"]["value"] <= best
