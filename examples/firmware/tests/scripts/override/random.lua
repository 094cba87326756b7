return { origin = "a file" }
