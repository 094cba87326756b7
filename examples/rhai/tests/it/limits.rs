//! What a hostile script runs into.

use crate::modules::said;
use crate::scripts::interpreter;
use enroll_rhai::Report;

#[track_caller]
fn fails(code: &str, with: &str) {
    let error = interpreter().run(code).unwrap_err();
    let report = Report(&error).to_string();
    assert!(report.contains(with), "{report}");
}

#[test]
fn a_script_that_calls_itself_through_native_code_ends() {
    for code in [
        r#"import "values" as v; fn f() { v::call_(|| f()) } f();"#,
        r#"import "sys" as s; fn f() { s::apply(|| f()) } f();"#,
        // An iterator is stepped outside of any call.
        r#"import "values" as v;
           fn f() { for x in v::each(#{ next: || f() }) { print(x); } }
           f();"#,
        r#"import "values" as v; fn f() { v::sum(#{ next: || f() }) } f();"#,
        r#"import "values" as v; fn f() { f.call() } v::call_(Fn("f"));"#,
    ] {
        let ended = interpreter().run(code);
        let error = ended.expect_err(code);
        let report = Report(&error).to_string();
        assert!(
            report.contains("Stack overflow")
                || report.contains("Function not found")
                || report.contains("not found"),
            "{report}"
        );
    }
}

#[test]
fn an_iterator_does_not_give_a_script_its_levels_back() {
    // The depth that is reached is all that a stack has to hold.
    let depth = r#"
        import "values" as v;
        let deepest = list([0]);
        fn down(levels, depth, deepest) {
            if depth > deepest[0] { deepest[0] = depth; }
            if levels > 0 { return down(levels - 1, depth + 1, deepest); }
            let again = || { down(LEVELS, depth + 1, deepest); () };
            for x in v::each(#{ next: again }) { print(x); }
        }
        try { down(LEVELS, 1, deepest); } catch {}
        deepest[0]
    "#;
    for levels in ["0", "1", "2", "5", "10", "20"] {
        let rhai = interpreter();
        let code = depth.replace("LEVELS", levels);
        let mut scope = rhai::Scope::new();
        // A stack overflow cannot be caught, so what was reached is said.
        let _ = rhai.run_with_scope(
            &mut scope,
            &code.replace("deepest[0] = depth;", "deepest[0] = depth; print(depth);"),
        );
        let deepest = said()
            .lines()
            .filter_map(|line| line.parse::<usize>().ok())
            .max();
        let deepest = deepest.unwrap();
        assert!((2..=64).contains(&deepest), "{levels}: {deepest}");
    }
}

#[test]
fn lists_within_lists_have_an_end() {
    let deep = r#"
        import "values" as v;
        let a = [];
        for i in 0..LEVELS { a = [a]; }
        v::kind(a)
    "#;
    let rhai = interpreter();
    let shallow = rhai.eval::<String>(&deep.replace("LEVELS", "60"));
    assert_eq!(shallow.unwrap(), "list");
    let levels = "lists within lists go deeper than 64";
    fails(&deep.replace("LEVELS", "70"), levels);
    fails(
        &deep.replace("[a]", "#{ a: a }").replace("LEVELS", "70"),
        levels,
    );
    fails(r#"import "values" as v; v::deep(70)"#, levels);
    // A list that holds itself is an object, and writing it ends; so does
    // dropping many that hold one another.
    rhai.run(
        r#"
        let l = list([1]);
        l.push(l);
        print(l);
        let a = l;
        for i in 0..100_000 { a = list([a]); }
        print(a);
        let d = dict(#{});
        for i in 0..100_000 { d = dict(#{ d: d }); }
        "#,
    )
    .unwrap();
    assert_eq!(said().lines().count(), 2);
}

#[test]
fn what_is_shared_grows_as_far_as_arrays_do() {
    let mut engine = crate::scripts::engine();
    engine.set_max_array_size(10);
    let rhai = enroll_rhai::install(engine, crate::modules::builtins()).unwrap();
    for (code, message) in [
        (
            "bytearray(10); bytearray(11);",
            "ValueError: it would be longer",
        ),
        (
            "let l = list([]); loop { l.push(1); if l.len() > 10 { break; } }",
            "ValueError: it is as long",
        ),
        (
            r#"import "values" as v; let l = v::kept(); loop { l.push(1); if l.len() > 10 { break; } }"#,
            "ValueError: it is as long",
        ),
    ] {
        let report = Report(&rhai.run(code).unwrap_err()).to_string();
        assert!(report.contains(message), "{report}");
    }
}

#[test]
fn operations_are_counted_while_native_code_calls_back() {
    let rhai = {
        let mut engine = crate::scripts::engine();
        engine.set_max_operations(20_000);
        enroll_rhai::install(engine, crate::modules::builtins()).unwrap()
    };
    for code in [
        r#"import "values" as v; v::call_(|| { loop {} });"#,
        r#"import "values" as v; v::catch_(|| { loop {} });"#,
        r#"import "values" as v; loop { v::call_(|| 1); }"#,
        r#"import "values" as v; v::sum(#{ next: || 1 });"#,
    ] {
        let error = rhai.run(code).unwrap_err();
        let report = Report(&error).to_string();
        assert!(report.contains("Too many operations"), "{code}: {report}");
    }
}
