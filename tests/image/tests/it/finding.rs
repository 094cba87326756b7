//! What was frozen is what a finder gives.

use crate::shown;
use enroll::import::{Image, OnClash};
use enroll_abi::image::View;
use enroll_codegen::emit;
use images::{Random, TAG, names, rom, set};

#[test]
fn random_sets_are_found_as_they_were_written() {
    let mut random = Random::new(1);
    let (mut modules, mut files, mut ids) = (0, 0, 0);
    for round in 0..500 {
        let set = set(&mut random, 12);
        let bytes = emit::image(&set, 0, TAG).expect("an image");
        let view = View::check(&bytes, TAG).expect("a right image");
        let mut read = shown::set(&view);
        for (read, written) in read.modules.iter_mut().zip(&set.modules) {
            read.aliases.sort();
            assert_eq!(read.aliases, written.aliases, "{round}");
        }
        assert_eq!(read, set, "{round}");
        // Some of the names are in the pool, the others are made.
        let mut names = names(&["name1", "name2", "name3", "unheard"]);
        let image = Image::check(rom(&bytes), TAG).expect("a right image");
        let mounted = image.mount(&mut names, OnClash::Refuse).expect("no clash");
        assert!(mounted.is_in_place());
        assert_eq!(shown::found(&mounted, &names, &set), set, "{round}");
        for module in &set.modules {
            for alias in &module.aliases {
                let position = view.find(alias).and_then(|at| view.module(at));
                assert_eq!(position.map(|found| found.name), Some(&*module.name));
            }
        }
        modules += set.modules.len();
        files += set.data.len();
        ids += set
            .modules
            .iter()
            .map(|module| module.names.len())
            .sum::<usize>();
    }
    println!("500 images: {modules} modules, {files} data files, {ids} ids");
    assert!(modules > 1000 && files > 500 && ids > 5000);
}
