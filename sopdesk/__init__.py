"""SOPDesk's core: an SOP is an immutable value, and everything else is a function of it.

Nothing below this package knows Qt; the window and the command line are served by the same code.
"""

__version__ = "0.1.0"
