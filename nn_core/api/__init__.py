"""The REST API of finished runs: starlette routes that the app mounts on its own server."""
