"""The course: experiments that answer a question, and what it asks of the one who learns."""
