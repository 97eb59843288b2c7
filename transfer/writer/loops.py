"""Trees that are none. Pure."""


def on_a_loop(parents: dict) -> set:
    """Return the keys of `parents` ({child: parent}) that are among their own ancestors."""
    seen, loops = {}, set()
    for start in parents:
        trail, key = [], start
        while key in parents and key not in seen:
            seen[key] = start
            trail.append(key)
            key = parents[key]
        if seen.get(key) == start and key in trail:
            loops.update(trail[trail.index(key) :])
    return loops
