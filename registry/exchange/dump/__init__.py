"""Public dumps: all that is published, as files that a partner's mirror begins with."""
