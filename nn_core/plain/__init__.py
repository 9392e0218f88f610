"""Forward passes in plain NumPy, a function a layer: what an export is made of."""
