"""From files to candidates: finding files, landing them, reading, recognising, typing, keying, pairing duplicates."""
