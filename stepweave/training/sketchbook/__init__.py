"""The sketchbook: requests of which it is known exactly what the pictures must show, and runs measured against it."""
