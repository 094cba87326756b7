//! "Write a module in ten minutes", examples/modules/WRITING.md.

use crate::steps::{follow, repository, steps};
use std::fs;

#[test]
fn the_steps_of_the_page_lead_to_a_module_in_a_firmware() {
    let page = fs::read_to_string(repository().join("examples/modules/WRITING.md")).unwrap();
    let steps = steps(&page);
    assert!(steps.len() > 15, "{steps:#?}");
    let printed = follow("writing", &steps);
    // What the page says its commands print, in their order.
    let shown = page.split("```text\n").skip(1);
    let mut expected = shown
        .map(|text| text.split("```").next().unwrap())
        .peekable();
    assert!(expected.peek().is_some());
    for output in &printed {
        expected.next_if(|text| text == output);
    }
    assert_eq!(
        expected.next(),
        None,
        "no command printed it, in its place: {printed:#?}"
    );
}
