"""Our agents on real models beside those models by themselves, in the same run."""
