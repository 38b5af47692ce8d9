"""Every decoder under a coverage-guided fuzzer, and a running system under fire."""
