"""Why a new schema breaks the rule of its subject, for registries that say no more than no."""
