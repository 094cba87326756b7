//! `cargo enroll report --html`: the page, and the page in a browser.

use crate::project::{Project, module};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Two modules with an extension, one that is left out, and names that would be
/// markup if they were not texts.
fn project() -> Project {
    let extension = "enroll::extend_module! { static X: Extension<vm::Vm> = \"one\" { \
                     \"</script><img src='http://example.invalid/name'>\" => 3 } }";
    let timer = "enroll::register_module! {
        static M: Module<vm::Vm> = \"timer\" { \"now\" => 1 }
        requires: [\"clock\"],
    }";
    let project = Project::new()
        .library("one", "", &module("one", "\"b\" => 1, \"a\" => 2"))
        .library("more", "", extension)
        .library("two", "", &module("two", "\"<b>bold</b>\" => 1"))
        .library("timer", "", timer)
        .firmware(
            "one.path = \"../one\"\nmore.path = \"../more\"\ntwo.path = \"../two\"\n\
             timer.path = \"../timer\"",
        );
    project.edit("fw/build.rs", ".run", ".provides([\"float\"]).run");
    project
}

/// Writes the page, and returns what the command says.
fn report(project: &Project, arguments: &[&str]) -> String {
    let arguments = [&["--html", "-p", "fw"], arguments].concat();
    project.enroll("report", &arguments).expect("a page")
}

#[test]
fn a_page_is_one_file_without_an_address_in_it() {
    let project = project();
    let told = report(&project, &[]);
    assert_eq!(told, "fw: 2 modules, target/enroll/fw.html\n");
    let page = project.read("target/enroll/fw.html");
    for part in [
        "<title>fw: modules</title>",
        "content=\"default-src 'none'; ",
        "<table id=\"modules\"",
        "<td data-of=\"class\">extension</td>",
        "fw › more › <code>one</code>",
        "requires `clock`, which the host does not provide",
        "<svg id=\"by-module\"",
        "&lt;b&gt;bold&lt;/b&gt;",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    // What a name says is the only address, and that is no markup.
    assert_eq!(
        page.matches("http:").count(),
        page.matches("src=&#39;http:").count()
    );
    for markup in ["https:", "<img", "<iframe", "@import", "url(", "<script "] {
        assert!(!page.contains(markup), "{markup} is in\n{page}");
    }
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("</script>").count(), 1);

    // Where it was asked for, and the same again.
    report(&project, &["--out", "pages/fw.html"]);
    assert_eq!(project.read("pages/fw.html"), page);
    let refused = project
        .enroll("report", &["-p", "fw"])
        .expect_err("no form");
    assert!(refused.contains("say --html"), "{refused}");
}

/// A proxy that answers nothing, and how often it was asked.
fn proxy() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            drop(stream);
        }
    });
    (port, asked)
}

#[test]
#[cfg(unix)]
#[ignore = "needs Chromium: .ci/page"]
fn the_page_in_a_browser_is_searched_and_asks_for_nothing() {
    let project = project();
    report(&project, &["--out", "fw.html"]);
    let (port, asked) = proxy();
    let mut browser = crate::browser::Browser::start(&project.target().join("browser"), port);
    browser.open(&project.dir.join("fw.html"));

    let visible = |table: &str| {
        format!(
            "Array.from(document.querySelectorAll('#{table} tbody tr'))\
             .filter((row) => row.offsetParent !== null).length"
        )
    };
    let names = project
        .enroll("names", &["-p", "fw", "--json"])
        .expect("names");
    let names: serde_json::Value = serde_json::from_str(&names).expect("JSON");
    let all_names = names["firmwares"][0]["names"]
        .as_array()
        .expect("names")
        .len();
    assert_eq!(browser.value(&visible("modules")), 3);
    assert_eq!(browser.value(&visible("left-out")), 1);
    assert_eq!(browser.value(&visible("names")), all_names);
    assert_eq!(
        browser.value("document.querySelectorAll('.tree li').length"),
        4
    );
    assert_eq!(
        browser.value("document.querySelectorAll('#by-module .part').length"),
        3
    );
    assert_eq!(
        browser.value("document.images.length"),
        0,
        "a name became markup"
    );
    assert_eq!(
        browser.value("document.querySelectorAll('main b').length"),
        4
    );

    // Each of two words has to be in a row, in whatever column.
    let (search, shown) = (
        "document.getElementById('search')",
        "document.getElementById('shown').value",
    );
    browser.value(&format!("{search}.blur()"));
    browser.press("/");
    browser.insert("ONE");
    assert_eq!(browser.value(&format!("{search}.value")), "ONE");
    assert_eq!(browser.value(&visible("modules")), 2);
    assert_eq!(browser.value(shown), "2 of 3");
    browser.insert(" more");
    assert_eq!(browser.value(&visible("modules")), 1);
    assert_eq!(browser.value(&visible("left-out")), 0);
    browser.insert(" nothing");
    assert_eq!(browser.value(&visible("modules")), 0);
    assert_eq!(browser.value(shown), "0 of 3");
    browser.value(&format!("{search}.select()"));
    browser.insert("clock");
    assert_eq!(browser.value(&visible("left-out")), 1);
    assert_eq!(browser.value(&visible("names")), 1);
    browser.value(&format!("{search}.select()"));
    browser.insert(" ");
    assert_eq!(browser.value(&visible("names")), all_names);
    assert_eq!(browser.value(shown), "");

    // An entry is found by its name, which stands behind a click.
    browser.value(&format!("{search}.select()"));
    browser.insert("<b>bold");
    assert_eq!(browser.value(&visible("modules")), 1);
    browser.value("document.querySelector('#modules tr:not([hidden]) summary').click()");
    assert_eq!(
        browser.value(
            "document.querySelector('#modules details[open]').innerText.includes('<b>bold</b>')"
        ),
        true
    );

    // Its own file was all that it asked for, and what is put into it by force
    // gets nowhere.
    let opened = format!("file://{}", project.dir.join("fw.html").display());
    let of_net = |requests: &[String]| -> Vec<String> {
        let of_net = requests.iter().filter(|url| !url.starts_with("data:"));
        of_net.cloned().collect()
    };
    assert_eq!(of_net(&browser.requests), [opened]);
    let fetched = "fetch('http://example.invalid/').then(() => 'sent', () => 'refused')";
    assert_eq!(browser.value(fetched), "refused");
    assert_eq!(asked.load(Ordering::SeqCst), 0, "{:?}", browser.requests);

    // A page without the policy is seen to ask.
    project.write("other.html", "<img src=\"http://example.invalid/picture\">");
    browser.open(&project.dir.join("other.html"));
    assert_ne!(asked.load(Ordering::SeqCst), 0);
    assert!(browser.requests.iter().any(|url| url.ends_with("/picture")));
}
