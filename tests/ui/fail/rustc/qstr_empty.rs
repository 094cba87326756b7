fn main() {
    let _ = enroll::qstr!("");
}
