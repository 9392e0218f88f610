"""One customer looked at: lists side by side, why, what if, and the network's inside."""
