"""Chunks through workers: this process, several on this machine, or a Dask cluster; joblib schedules all three."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from reviewnlp.batch.shards import Shard, make_shard
from reviewnlp.errors import ConfigError, ReviewNLPError

if TYPE_CHECKING:
    from reviewnlp.batch.chunks import Chunk
    from reviewnlp.batch.steps import Step

_ANSWER_SECONDS = 30


@contextmanager
def shards_of(
    chunks: Iterable[Chunk],
    steps: Sequence[Step],
    versions: dict[str, str],
    *,
    jobs: int = 1,
    scheduler: str | None = None,
) -> Iterator[Iterator[Shard]]:
    """Give the shards of the chunks to the block, in the order of the chunks.

    Parameters
    ----------
    chunks
        Read as workers become free: two chunks a worker are under way.
    steps, versions
        As for :func:`~reviewnlp.batch.shards.make_shard`.
    jobs
        Processes on this machine; with 1 the work is done in this one, with -1 by one a core.
    scheduler
        The address of a Dask scheduler whose workers do the work instead.

    Raises
    ------
    ConfigError
        There is no Dask, or no scheduler answers.
    """
    from joblib import Parallel, delayed

    source = _Guarded(chunks)
    with _cluster(scheduler) if scheduler else nullcontext():
        parallel = Parallel(
            n_jobs=-1 if scheduler else jobs,
            return_as="generator",
            batch_size=1,
            pre_dispatch="2*n_jobs",
            # Reviews are small objects: nothing is to be shared through files.
            max_nbytes=None,
        )
        work = delayed(make_shard)
        with closing(parallel(work(chunk, steps, versions) for chunk in source)) as shards:
            yield _checked(shards, source)


def _checked(shards: Iterator[Shard], source: _Guarded) -> Iterator[Shard]:
    from joblib.externals.loky.process_executor import BrokenProcessPool

    try:
        yield from shards
    except BrokenProcessPool as error:
        raise ReviewNLPError(
            "a worker process died (out of memory, or killed); finished shards are kept: run the same command again, "
            "with fewer --jobs if memory ran out"
        ) from error
    if source.error is not None:
        raise source.error


class _Guarded:
    """Chunks whose reading may fail: joblib reads them in a thread of its own, where an error would be lost."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        self.error: BaseException | None = None
        self._chunks = chunks

    def __iter__(self) -> Iterator[Chunk]:
        try:
            yield from self._chunks
        except Exception as error:
            self.error = error


@contextmanager
def _cluster(address: str) -> Iterator[None]:
    try:
        from distributed import Client
    except ImportError:
        raise ConfigError("--scheduler needs Dask: pip install 'reviewnlp[cluster]'") from None
    from joblib import parallel_config

    try:
        client: AbstractContextManager[Any] = Client(address, timeout=_ANSWER_SECONDS)
    except (OSError, ValueError) as error:
        raise ConfigError(f"no Dask scheduler answers at {address}: {error}") from error
    with client, parallel_config(backend="dask", wait_for_workers_timeout=_ANSWER_SECONDS):
        yield
