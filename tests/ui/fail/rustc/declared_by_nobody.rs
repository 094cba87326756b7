use enroll::testing::Kit;
fn main() {
    let _ = Kit::new().declared::<ui::Tiny>();
}
