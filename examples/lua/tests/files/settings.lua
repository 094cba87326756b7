return { origin = "file" }
