"""The due-diligence report that a manager signs."""
