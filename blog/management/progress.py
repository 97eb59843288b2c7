"""Progress for a person who waits; silence for everybody else."""

from tqdm import tqdm


def progress_for(command, verbosity):
    """Return a function that wraps an iterable: a bar on a terminal, nothing elsewhere or with --verbosity 0."""

    def wrap(iterable):
        # None: tqdm itself looks whether it writes to a terminal.
        return tqdm(iterable, disable=True if verbosity == 0 else None, file=command.stderr._out, leave=False)

    return wrap
