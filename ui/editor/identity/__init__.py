"""The identity of an SOP as a form that looks like its sheet."""
