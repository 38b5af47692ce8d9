"""Many runs that share eight drawing slots: how close ours and other frameworks come to slots that never wait."""
