"""A business with known truth, and the evidence that it would leave."""
