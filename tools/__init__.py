"""What keeps the documentation true: generated reference pages, examples that are run, and the site's build."""
