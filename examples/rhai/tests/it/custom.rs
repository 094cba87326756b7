//! Types that the embedder gives to scripts, in portable modules.

use crate::modules::{builtins, said};
use crate::scripts::engine;
use enroll_rhai::install;

#[derive(Clone, Debug, PartialEq)]
struct Point {
    x: i64,
    y: i64,
}

#[test]
fn portable_modules_use_what_is_registered_for_a_type() {
    let mut engine = engine();
    engine.register_type_with_name::<Point>("Point");
    engine.register_fn("point", |x: i64, y: i64| Point { x, y });
    engine.register_get_set("x", |p: &mut Point| p.x, |p: &mut Point, x: i64| p.x = x);
    engine.register_indexer_get(|p: &mut Point, index: i64| match index {
        0 => p.x,
        _ => p.y,
    });
    engine.register_fn("len", |_: &mut Point| 2_i64);
    engine.register_fn("add", |p: &mut Point, by: i64| p.x + p.y + by);
    engine.register_fn(
        "fail",
        |_: &mut Point| -> Result<i64, Box<rhai::EvalAltResult>> { Err("a point fails".into()) },
    );
    engine.register_fn("==", |a: Point, b: Point| a == b);
    engine.register_fn("to_string", |p: &mut Point| format!("<{} {}>", p.x, p.y));
    let rhai = install(engine, builtins()).unwrap();
    rhai.run(
        r#"
        import "values" as v;
        let p = point(1, 2);
        print([v::kind(p), v::same(p) == p, v::get(p, "x"), v::item(p, 1), v::length(p)]);
        print([v::method(p, "add", 10), v::text(p), v::equal(p, point(1, 2)), v::equal(p, 1)]);
        for action in [
            || v::get(p, "z"), || v::item(p, "x"), || v::method(p, "nothing"),
            || v::method(p, "fail"), || v::call_(p), || v::sum(p),
        ] {
            try { action.call(); } catch (e) { print(if type_of(e) == "map" { e.kind } else { e }); }
        }
        "#,
    )
    .unwrap();
    assert_eq!(
        said(),
        "[\"object\", true, 1, 2, 2]\n\
         [13, \"<1 2>\", true, false]\n\
         AttributeError\nTypeError\nAttributeError\na point fails\nTypeError\nTypeError\n"
    );
}
