"""What a lived year leaves behind: statements, bills, cash books, invoices and photographs, in their native forms."""
