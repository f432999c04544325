"""The sheet on view: where its parts lie, and what shows over them."""
