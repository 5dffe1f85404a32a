// The module's first file; see Documentation/Architecture.md for what lives here.
