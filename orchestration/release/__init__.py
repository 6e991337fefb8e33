"""Releases: built, audited, published, frozen, compared. One immutable file each."""
