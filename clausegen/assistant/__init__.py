"""The guided conversation: what to ask next, what an answer says, what it already implies. Knows no terminal."""
