fn main() {
    let _ = enroll::qstr!(1);
    let _ = enroll::qstr!(b"argv");
}
