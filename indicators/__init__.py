"""What we say: measures and indicators as pure functions and declarations. No source, no disk."""
