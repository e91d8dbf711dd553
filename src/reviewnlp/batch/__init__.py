"""Annotates corpora of any size: parse, extract and suggest, a shard at a time, on one core or many machines.

The parent process reads and numbers the reviews and writes the shards; workers do the steps between. Memory is
bounded by the chunk, a stopped run goes on where it was, and the result does not depend on how often it was
stopped or how many processes shared the work. Scheduling is joblib's, on a cluster that of Dask.
"""

from reviewnlp.batch.run import Progress, Summary, annotate
from reviewnlp.batch.steps import ExtractFacts, Step, SuggestSubjects

__all__ = ["ExtractFacts", "Progress", "Step", "SuggestSubjects", "Summary", "annotate"]
