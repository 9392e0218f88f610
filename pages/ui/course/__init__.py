"""What the pages of the course share."""
