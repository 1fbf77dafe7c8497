"""What we write: drafts, letters on their way, what became of them, and skeletons to begin from."""
