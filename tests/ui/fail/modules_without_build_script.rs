enroll::include_modules!();

fn main() {}
