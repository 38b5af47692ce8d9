"""Image tools behind the OpenAI Images API, for clients of others."""
