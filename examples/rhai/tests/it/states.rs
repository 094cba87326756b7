//! More than one engine in a process, and the ends of one.

use crate::modules::{builtins, said};
use crate::scripts::{engine, interpreter};
use enroll_rhai::{Clock, Options, install};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

#[test]
fn c25_two_engines_of_one_process_share_nothing_that_changes() {
    let (one, two) = (interpreter(), interpreter());
    one.run(
        r#"
        let sys = builtin("sys");
        sys.ps1 = "one";
        let values = builtin("values");
        values.mode = "one";
        values.count();
        values.count();
        "#,
    )
    .unwrap();
    let missing = r#"
        fn is_missing(owner, name) {
            try { attribute(builtin(owner), name); } catch (e) { return e.kind == "AttributeError"; }
            false
        }
        is_missing("sys", "ps1") && is_missing("values", "mode")
    "#;
    assert!(two.eval::<bool>(missing).unwrap());
    let count = r#"import "values" as values; values::count()[0]"#;
    assert_eq!(two.eval::<i64>(count).unwrap(), 1);
    two.run(r#"let sys = builtin("sys"); sys.ps1 = "two"; let v = builtin("values"); v.mode = 2;"#)
        .unwrap();
    let kept = r#"builtin("sys").ps1 + builtin("values").mode"#;
    assert_eq!(one.eval::<String>(kept).unwrap(), "oneone");
    one.shutdown().unwrap();
    drop(one);
    assert_eq!(two.eval::<String>(kept).unwrap(), "two2");
    assert_eq!(said(), "init sys\ninit sys\ndeinit sys\n");
}

#[test]
fn after_a_shutdown_modules_start_anew() {
    let rhai = interpreter();
    let count = r#"
        import "sys" as sys;
        import "values" as values;
        values::count()[0] * 100 + values::count()[1]
    "#;
    assert_eq!(rhai.eval::<i64>(count).unwrap(), 120);
    assert_eq!(rhai.eval::<i64>(count).unwrap(), 340);
    rhai.shutdown().unwrap();
    assert_eq!(rhai.eval::<i64>(count).unwrap(), 120);
    assert_eq!(said(), "init sys\ndeinit sys\ninit sys\n");
}

#[test]
fn objects_are_dropped_with_their_last_name_and_the_engine_with_its_end() {
    let rhai = interpreter();
    let drops = r#"
        import "values" as v;
        let before = v::drops();
        { let s = v::Stack(1); let t = s; let all = [s, #{ t: t }]; }
        for i in 0..10 { v::Stack(i); }
        v::drops() - before
    "#;
    assert_eq!(rhai.eval::<i64>(drops).unwrap(), 11);
    // A script's function that a module keeps, and a native one that it gives.
    rhai.run(
        r#"
        import "values" as v;
        let v2 = builtin("values");
        v2.mode = [|x| v::greet(x), v2.call_, v::Stack(1), v2];
        "#,
    )
    .unwrap();
    let function = rhai.eval::<rhai::FnPtr>(r#"builtin("values").call_"#);
    let function = function.unwrap();
    let engine = Rc::downgrade(rhai.engine());
    drop(rhai);
    assert_eq!(engine.strong_count(), 0, "something keeps the engine alive");
    // It tells so, and does no harm.
    let other = install(self::engine(), builtins()).unwrap();
    let result = function.call::<i64>(&other, &rhai::AST::empty(), ());
    assert!(
        result
            .unwrap_err()
            .to_string()
            .contains("the engine is gone")
    );
}

#[test]
fn a_clock_is_the_embedders() {
    struct Hand(Rc<Cell<u64>>);
    impl Clock for Hand {
        fn monotonic(&self) -> Option<Duration> {
            // Each question takes a second, so that waiting ends.
            self.0.set(self.0.get() + 1);
            Some(Duration::from_secs(self.0.get()))
        }
    }
    enroll::register_module! {
        static CLOCKS: Module<Portable> = "clocks" {
            "now" => PortableRom::Function(function!(now)),
            "wait" => PortableRom::Function(function!(wait)),
            "date" => PortableRom::Function(function!(date)),
        }
    }
    use enroll_portable::Rom as PortableRom;
    use enroll_portable::prelude::{Cx, Error, Operate, Portable, function};
    fn now(cx: &mut Cx<'_, '_, Portable>) -> Result<i64, Error> {
        Ok(cx.monotonic()?.as_secs() as i64)
    }
    fn wait(cx: &mut Cx<'_, '_, Portable>) -> Result<(), Error> {
        cx.sleep(Duration::from_secs(5))
    }
    fn date(cx: &mut Cx<'_, '_, Portable>) -> Result<i64, Error> {
        Ok(cx.unix_time()?.as_secs() as i64)
    }
    static ADAPTERS: &[enroll::Adapter<enroll_rhai::Rhai>] = &[
        enroll::Adapter::of::<enroll_rhai::Rhai>(),
        enroll::Adapter::of::<Portable>(),
    ];
    let builtins = enroll::testing::Kit::new()
        .declared::<CLOCKS>()
        .build(ADAPTERS);
    let hand = Rc::new(Cell::new(0));
    let rhai = Options::new()
        .clock(Hand(Rc::clone(&hand)))
        .install(engine(), builtins.unwrap())
        .unwrap();
    let waited = r#"
        import "clocks" as clocks;
        let before = clocks::now();
        clocks::wait();
        clocks::now() - before
    "#;
    assert!(rhai.eval::<i64>(waited).unwrap() >= 6);
    let date = r#"
        import "clocks" as clocks;
        try { clocks::date(); } catch (e) { return e.kind; }
    "#;
    assert_eq!(rhai.eval::<String>(date).unwrap(), "NotImplementedError");
    // The state owns the clock: nothing that scripts made keeps the state.
    rhai.run(
        r#"
        import "clocks" as clocks;
        let m = builtin("clocks");
        let l = list([m.now, |x| clocks::now(), m]);
        l.push(l[0]);
        fn f() { import "clocks" as inner; inner::now() }
        f();
        "#,
    )
    .unwrap();
    drop(rhai);
    assert_eq!(Rc::strong_count(&hand), 1);
}
