"""What any web application needs: database, forms, pages, errors, clock, safety. Nothing about improvement."""
