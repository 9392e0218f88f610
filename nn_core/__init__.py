"""The engine of Glassnet: small neural networks in NumPy, with Keras's names and numbers."""
