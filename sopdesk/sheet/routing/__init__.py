"""From symbols on a grid to orthogonal routes; no millimetres here.

Routes are chosen on the grid of rows, lanes and tracks, so that a text that grows moves lines and
never changes their course. `router.route` is the door.
"""
