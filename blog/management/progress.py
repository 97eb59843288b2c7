"""Progress for a person who waits; silence for everybody else."""

from tqdm import tqdm


def progress_for(command, verbosity):
    """Return a function that wraps an iterable: a bar on a terminal, nothing elsewhere or with --verbosity 0.

    It takes the `total` of an iterable that does not know its length.
    """

    def wrap(iterable, total=None):
        # None: tqdm itself looks whether it writes to a terminal.
        disable = True if verbosity == 0 else None
        return tqdm(iterable, total=total, disable=disable, file=command.stderr._out, leave=False)

    return wrap
