"""recon: a folder of evidence becomes three statements that reconcile, and the loan figure that follows."""
