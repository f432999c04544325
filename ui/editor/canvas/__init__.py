"""The sheet to point at: what keys and mouse do on it, and the tools above it."""
