"""What people touch: settings, the command line, exports."""
