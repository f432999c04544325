"""From an SOP to its sheet: every position in millimetres, computed once, painted twice.

`layout.lay_out` is the door; the modules behind it are pure functions of immutable values.
"""
