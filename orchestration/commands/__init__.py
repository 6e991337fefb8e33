"""The commands, one module per subject. Each reads arguments, calls one function and prints what it answers."""
