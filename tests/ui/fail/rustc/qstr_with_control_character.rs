fn main() {
    let _ = enroll::qstr!("a\tb");
}
