"""The SOP in the middle of the window: identity form, step table and canvas over one value."""

from ui.editor.pane import EditorPane

__all__ = ["EditorPane"]
