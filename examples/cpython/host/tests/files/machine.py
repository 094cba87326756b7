origin = "file"
