"""Will this customer buy again? Eight numbers about a customer, a network that reads them, and what
its answers are worth."""
