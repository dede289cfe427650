"""The door for officers: forms that read what an officer types, call one action and show what came of it."""
