"""The commands, one module each; imported when their command is called and not before."""
