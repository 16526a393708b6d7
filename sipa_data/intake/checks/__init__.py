"""What must hold before a file may go on: tables of checks, each with its sentence."""
