"""Business papers of every kind, in two languages: what each says, how it is laid out, as PDF or photographed."""
