"""Live training: one play for each viewer, streamed over a WebSocket."""
