"""Tables in the Ministry's layouts: one definition each (``layout``), as pages show it and as Excel keeps it."""
