"""When we met: who was promised, who came, whether on time."""
