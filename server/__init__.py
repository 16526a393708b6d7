"""The web server around the pages: headers, the German document, readiness, start and failure."""
