"""The base learners, each seen as scores of (review, term) pairs, and the table of pairs they make together.

Every learner is fitted on the training reviews and gives for these the scores that they would get if they were left out
(exactly, not by folds), so that the fusion learns from what a new review would show. Nothing in a pair's row names
the term: what is learned on rows holds for terms that no training review has.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self

import numpy as np

from reviewnlp.suggestion.clauses import ACCOUNT, OPENING
from reviewnlp.suggestion.columns import CUED, NAMED
from reviewnlp.suggestion.features import FeatureIndex, clause_parts, wholes
from reviewnlp.suggestion.habits import Habits
from reviewnlp.suggestion.knowledge import CIRCUMSTANCE
from reviewnlp.suggestion.mentions import PhraseTrust, SignTrust, either, phrases_in
from reviewnlp.suggestion.observation import stacked, years_of
from reviewnlp.suggestion.ridge import VectorRidge, WordRidge
from reviewnlp.suggestion.signs import Signs, signs_of
from reviewnlp.vocabulary.arrays import relation_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.suggestion.features import Occurrences
    from reviewnlp.suggestion.knowledge import Knowledge
    from reviewnlp.suggestion.likeness import TermLikeness
    from reviewnlp.suggestion.observation import Observation, Stack
    from reviewnlp.vocabulary import Vocabulary

    Floats = NDArray[np.float32]

#: What a real review counts for where a fictional one counts 1.
REAL = 3.0

#: Features of fewer reviews are left out; of many reviews, those of fewer than one in so many.
_RARE, _SHARE = 3, 500


@dataclasses.dataclass(frozen=True, eq=False)
class Pairs:
    """The pairs of some reviews with all terms.

    Parameters
    ----------
    rows
        Float, (n, n_terms, n_columns); the columns are :data:`reviewnlp.suggestion.columns.COLUMNS`.
    themes
        Scores of the themes from the words of the text, (n, n_themes).
    """

    rows: Floats
    themes: Floats


@dataclasses.dataclass(frozen=True, eq=False)
class Added:
    """What each clause of some reviews adds to the scores of all terms by its words, (n_clauses, n_terms).

    ``whole`` is of the learner that sees all of the text, ``account`` of the one that sees what happened, ``opening``
    of the one that sees how the summary begins.
    """

    whole: Floats
    account: Floats
    opening: Floats


@dataclasses.dataclass
class BaseLearners:
    """All base learners together.

    Parameters
    ----------
    knowledge
        The phrases and circumstances of the terms.
    likeness
        The vectors of the terms.
    related, broader
        Which terms are related, and which is broader: (n_terms, n_terms) of 0 and 1, the row's term first.
    default_year
        The year of a review whose title gives none.
    real_weight
        For how many fictional reviews a real one counts in training.
    """

    knowledge: Knowledge
    likeness: TermLikeness
    related: Floats
    broader: Floats
    default_year: int = 2025
    real_weight: float = REAL

    @classmethod
    def of(cls, vocabulary: Vocabulary, knowledge: Knowledge, likeness: TermLikeness) -> Self:
        """Make learners for the terms of a vocabulary."""
        related, broader = relation_matrix(vocabulary, "related"), relation_matrix(vocabulary, "broader")
        return cls(knowledge, likeness, (related | related.T).astype(np.float32), broader.astype(np.float32))

    def fit(
        self,
        observations: Sequence[Observation],
        truth: Floats,
        themes: Floats,
        real: NDArray[np.bool_],
    ) -> Pairs:
        """Learn, and return the pairs of the training reviews, each review left out.

        Parameters
        ----------
        observations
            The training reviews.
        truth, themes
            Their terms, (n, n_terms), and their themes, (n, n_themes), of 0 and 1.
        real
            Which are real, not fictional, (n,).
        """
        weight = np.where(real, self.real_weight, 1).astype(np.float32)
        stack = stacked(observations)
        self.features_ = FeatureIndex(max(_RARE, len(observations) // _SHARE)).fit(observations)
        found, account, opening = self._found(observations, stack)
        blocks = self.features_.blocks_
        # Words speak for themes as they do for terms: one solution for both.
        self.whole_ = WordRidge(blocks, 1.0).fit(found, np.hstack([truth, themes]), weight)
        self.account_ = WordRidge(blocks, 0.6).fit(account, truth, weight)
        self.opening_ = WordRidge(blocks, 0.6).fit(opening, truth, weight)
        self.vectors_ = VectorRidge(0.3).fit(_document_vectors(observations), truth, weight)
        learners = (self.whole_, self.account_, self.opening_, self.vectors_)
        linear = [learner.left_out_[:, : truth.shape[1]] for learner in learners]

        years = years_of(observations, self.default_year)
        self.habits_ = Habits().fit(years, truth, weight, real)
        signs = signs_of(observations, stack, self.knowledge)
        self.signs_ = SignTrust().fit(signs.there, truth, weight)
        self.mentioned_ = ((signs.there.any(axis=2) * weight[:, None]).sum(axis=0) / weight.sum()).astype(np.float32)
        kinds, targets = np.array(self.knowledge.kinds), np.array(self.knowledge.targets)
        of_terms = kinds < CIRCUMSTANCE
        self.phrases_ = PhraseTrust(kinds[of_terms], targets[of_terms]).fit(*phrases_in(stack), truth, weight)
        cosines = self.likeness.cosines(observations)
        self.likeness.fit(cosines)
        rows = self._rows(
            observations,
            np.stack(linear, axis=2),
            self.habits_.left_out_logs(years, truth, weight, real),
            signs,
            self.signs_.left_out(signs.there, truth, weight),
            self._phrases(stack, truth, weight),
            cosines,
            years,
        )
        return Pairs(rows, self.whole_.left_out_[:, truth.shape[1] :])

    def pairs(self, observations: Sequence[Observation]) -> Pairs:
        """Return the pairs of new reviews, in the style of their years."""
        return self.pairs_and_added(observations, stacked(observations))[0]

    def pairs_and_added(self, observations: Sequence[Observation], stack: Stack) -> tuple[Pairs, Added]:
        """Return the same with what each clause adds by its words; ``stack`` is that of the observations."""
        terms = len(self.related)
        found, account, opening = self._found(observations, stack)
        whole, whole_added = self.whole_.scores(found)
        told, told_added = self.account_.scores(account)
        opened, opened_added = self.opening_.scores(opening)
        linear = [
            whole[:, :terms],
            told,
            opened,
            self.vectors_.scores(_document_vectors(observations)),
        ]
        years = years_of(observations, self.default_year)
        signs = signs_of(observations, stack, self.knowledge)
        rows = self._rows(
            observations,
            np.stack(linear, axis=2),
            self.habits_.logs(years),
            signs,
            self.signs_.of(signs.there),
            self._phrases(stack),
            self.likeness.cosines(observations),
            years,
        )
        clauses = clause_parts(stack)
        added = Added(whole_added[clauses, :terms], told_added[clauses], opened_added[clauses])
        return Pairs(rows, whole[:, terms:]), added

    def _found(self, observations: Sequence[Observation], stack: Stack) -> tuple[Occurrences, Occurrences, Occurrences]:
        """Return the features of all of the text, of what happened, and of the opening; each has the circumstances."""
        found = self.features_.occurrences(observations, stack)
        opening = np.zeros(len(found.reviews), dtype=bool)
        opening[wholes(stack)] = True
        account = opening.copy()
        opening[clause_parts(stack)] = stack.places == OPENING
        account[clause_parts(stack)] = np.isin(stack.places, (OPENING, ACCOUNT))
        return found, found.within(account), found.within(opening)

    def _phrases(self, stack: Stack, truth: Floats | None = None, weight: Floats | None = None) -> Floats:
        """Return the greatest trust in a term's phrases, and that in any of them: (n, n_terms, 2)."""
        out = np.zeros((len(stack.starts) - 1, len(self.related), 2), dtype=np.float32)
        reviews, phrases = phrases_in(stack)
        if truth is None or weight is None:
            trust = self.phrases_.of(phrases)
        else:
            trust = self.phrases_.left_out(reviews, phrases, truth, weight)
        cells = reviews, self.phrases_.targets[phrases]
        np.maximum.at(out[:, :, 0], cells, trust)
        np.add.at(out[:, :, 1], cells, -np.log1p(-np.minimum(trust, 0.95)))
        return out

    def _rows(
        self,
        observations: Sequence[Observation],
        linear: Floats,
        logs: Floats,
        signs: Signs,
        trust: Floats,
        phrases: Floats,
        cosines: Floats,
        years: NDArray[np.intp],
    ) -> Floats:
        names, cues = either(trust[:, :, NAMED], axis=2), either(trust[:, :, CUED], axis=2)
        strength = linear[:, :, 0] + linear[:, :, 1] + cues
        lengths = np.log([max(observation.length, 1) for observation in observations])
        wide = linear.shape[:2]
        singles = [
            names,
            cues,
            phrases[:, :, 0],
            phrases[:, :, 1],
            signs.shares[:, :, 0],
            signs.shares[:, :, 1],
            signs.first,
            np.minimum(signs.against, 1),
            signs.there[:, :, CUED].sum(axis=2),
            np.broadcast_to(self.mentioned_, wide),
        ]
        lasts = [
            strength @ self.related.T / np.maximum(self.related.sum(axis=1), 1),
            strength @ self.broader.T,
            strength @ self.broader,
            np.broadcast_to(((years - 2012) / 13)[:, None], wide),
            np.broadcast_to(lengths[:, None], wide),
        ]
        parts = [
            linear,
            _among_terms(linear),
            logs,
            trust,
            np.stack(singles, axis=2),
            cosines,
            _among_terms(cosines),
            self.likeness.unusual(cosines),
            np.stack(lasts, axis=2),
        ]
        return np.concatenate(parts, axis=2, dtype=np.float32)


def _document_vectors(observations: Sequence[Observation]) -> Floats:
    """Return the unit sum of the vectors of the clauses but the title's, (n, size)."""
    sums = []
    for observation in observations:
        body = np.array([not clause.title for clause in observation.clauses], dtype=np.float32)
        total = body @ observation.vectors
        sums.append(total / (np.linalg.norm(total) or 1))
    return np.array(sums, dtype=np.float32)


def _among_terms(values: Floats) -> Floats:
    """Return values as standard deviations from the mean over the terms of the same review."""
    centred = values - values.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=1, keepdims=True))
    return np.asarray(centred / (spread + 1e-6), dtype=np.float32)
