"""How much money the business needs, how it can be repaid, and the verdict on the request."""
