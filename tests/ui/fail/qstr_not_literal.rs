const NAME: &str = "argv";

fn main() {
    let _ = enroll::qstr!(NAME);
    let _ = enroll::qstr!(argv);
    let _ = enroll::qstr!();
    let _ = enroll::qstr!("a", "b");
    let _ = enroll::qstr!(concat!("a", "b"));
}

fn _pattern(name: enroll::Qstr) -> bool {
    matches!(name, enroll::qstr!(NAME))
}
