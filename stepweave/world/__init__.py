"""The embedded world: its words, scenes and pictures. Pure, without a bus, a clock or a model."""
