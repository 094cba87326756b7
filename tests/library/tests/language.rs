//! What is outside of the subset, or of a host, is told with its line.

use enroll_tests_library::case::Case;
use enroll_tests_library::host::Host;
use enroll_tests_library::{lua, rhai};

fn error(source: &str) -> String {
    match Case::new("module/topic.py", source) {
        Ok(case) => panic!("{case:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_is_outside_of_the_subset_has_a_line() {
    for (source, expected) in [
        (
            "x = 1\nwhile x:\n",
            "2: `while` is outside of the subset, or not here",
        ),
        (
            "x = [y for y in z]\n",
            "1: a comprehension is outside of the subset: write a loop",
        ),
        (
            "x = a if b else c\n",
            "1: `a if b else c` is outside of the subset",
        ),
        ("x = a or b\n", "1: `or` needs comparisons on both sides"),
        (
            "x = a < b < c\n",
            "1: a chain of comparisons is outside of the subset",
        ),
        ("x = a is b\n", "1: `is` is for None alone"),
        ("x = f(*a)\n", "1: `*` in a call is outside of the subset"),
        (
            "x = 99999999999999999999\n",
            "1: an integer has at most 64 bits",
        ),
        ("x = \"a\n", "1: a text without an end"),
        ("x = '''a'''\n", "1: a text stands on one line"),
        (
            "x = \"\\q\"\n",
            "1: the escape \\q is outside of the subset",
        ),
        ("x = b\"\u{e9}\u{142}\"\n", "1: no such character"),
        ("x = 1 $ 2\n", "1: '$' is outside of the subset"),
        ("\nx\n", "2: only a call is a statement"),
        ("fails(x)\n", "1: write fails(lambda: …)"),
        ("show(1, 2)\n", "1: show takes one value"),
        (
            "def f(x):\n    return x\n",
            "1: a function is one line here: def f(x): return …",
        ),
        ("for x in y:\nz()\n", "1: expected an indented block"),
        (
            "if x:\n    f()\n  g()\n",
            "3: the indentation matches no line above",
        ),
        ("f(a=1, 2)\n", "1: a positional argument after a named one"),
        ("del x\n", "1: only items and attributes are deleted"),
        ("f() = 1\n", "1: cannot assign to this"),
    ] {
        assert_eq!(error(source), expected, "{source}");
    }
}

#[test]
fn a_mark_names_hosts_and_says_why() {
    for (source, expected) in [
        ("f()  # not lua\n", "1: a mark says why: # not lua: why"),
        ("f()  # not lua: \n", "1: a mark says why: # not lua: why"),
        (
            "f()  # not perl: why\n",
            "1: no host is called perl: lua, rhai, cpython, stdlib",
        ),
        (
            "f()\n# not lua: why\n",
            "2: a mark belongs behind a statement, or above the first one",
        ),
    ] {
        assert_eq!(error(source), expected, "{source}");
    }
}

#[test]
fn what_is_marked_runs_on_the_other_hosts() {
    let source = "# stdlib\n\
        show(1)  # not lua, rhai: because\n\
        for x in y:  # not stdlib: no y\n\
        \x20   show(x)\n\
        show([\n\
        \x20   2,  # not lua: this; not cpython: that\n\
        ])\n";
    let case = Case::new("module/topic.py", source).unwrap();
    for (host, lines) in [
        (Host::Lua, vec![4]),
        (Host::Rhai, vec![4, 5]),
        (Host::CPython, vec![2, 4]),
        (Host::Stdlib, vec![2, 5]),
    ] {
        let found: Vec<usize> = case.lines_for(host).into_iter().collect();
        assert_eq!(found, lines, "{host}");
        assert!(case.runs_on(host));
    }
    let python = case.python_for(Host::Stdlib);
    assert_eq!(python.lines().nth(2), Some("pass"));
    assert_eq!(python.lines().nth(3), Some("    pass"));
    assert_eq!(case.marks_of(Host::Lua).count(), 2);
    let unmarked = case.without(Some(2), Host::Lua);
    assert_eq!(unmarked.lines_for(Host::Lua).len(), 2);
}

#[test]
fn a_file_that_is_left_out_runs_nowhere_else() {
    let case = Case::new("module/topic.py", "# not rhai: because\nshow(1)\n").unwrap();
    assert!(!case.runs_on(Host::Rhai) && !case.runs_on(Host::Stdlib));
    assert!(case.runs_on(Host::Lua) && case.lines_for(Host::Rhai).is_empty());
}

#[test]
fn what_a_host_cannot_say_has_a_line() {
    let block = |source: &str| Case::new("module/topic.py", source).unwrap().statements;
    for (source, expected) in [
        ("x = [1, None]\n", "1: a list ends where nil is, in Lua"),
        (
            "\nx = {\"a\": None}\n",
            "2: a table cannot hold nil, in Lua",
        ),
        (
            "import m\nm.f(a=None)\n",
            "2: an argument by name cannot be None, in Lua",
        ),
        ("x = y\n", "1: nothing is called y"),
        (
            "x = len(1, 2)\n",
            "1: len takes other arguments in the subset",
        ),
    ] {
        let error = lua::translate(&block(source)).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let error = rhai::translate(&block("x = {1: 2}\n")).unwrap_err();
    assert_eq!(error.to_string(), "1: the keys of a map are texts, in Rhai");
}
