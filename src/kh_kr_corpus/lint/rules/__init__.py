"""One family of rules a file; a function a rule."""
