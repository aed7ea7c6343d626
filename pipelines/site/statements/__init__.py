"""Pages of standing text, one file each; each file defines `STATEMENT`."""
