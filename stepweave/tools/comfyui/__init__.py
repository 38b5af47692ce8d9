"""A user's own ComfyUI workflows as an image tool."""
