//! The page of the default firmware in a browser: what it says, and how it reads.
#![cfg(unix)]

use crate::browser::Browser;
use crate::project::Project;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What a command says of the firmware, which is built where it always is.
fn ask(command: &str, arguments: &[&str]) -> String {
    Project::of_repository(command, &[&["-p", "firmware"], arguments].concat())
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Writes the page of the test of this name, and opens it.
fn opened(name: &str) -> (PathBuf, Browser) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("page-{name}"));
    // A run that was ended left its pipes.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let page = folder.join("firmware.html");
    ask("report", &["--html", "-o", page.to_str().expect("a path")]);
    // Nobody is at that port, and nobody has to be.
    let mut browser = Browser::start(&folder.join("browser"), 9);
    browser.open(&page);
    (page, browser)
}

/// The texts of a column, from top to bottom.
fn column(table: &str, at: usize) -> String {
    format!(
        "Array.from(document.querySelectorAll('#{table} tbody tr'), (row) => row.cells[{at}].innerText)"
    )
}

fn texts(browser: &mut Browser, expression: &str) -> Vec<String> {
    let value = browser.value(expression);
    let texts = value.as_array().expect("a list").iter();
    texts
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}

#[test]
#[ignore = "needs Chromium: .ci/page"]
fn the_page_of_the_firmware_says_what_the_other_commands_say() {
    let (_, mut browser) = opened("says");
    let plan = parsed(&ask("plan", &[]));
    let mut expected = Vec::new();
    for module in list(&plan, "modules") {
        expected.push(module["name"].as_str().expect("a name").to_owned());
        for extension in list(module, "extensions") {
            expected.push(extension["name"].as_str().expect("a name").to_owned());
        }
    }
    assert!(expected.len() > 15, "{expected:?}");
    // Behind a name stand its aliases.
    let shown: Vec<String> = texts(&mut browser, &column("modules", 0))
        .iter()
        .map(|name| name.split_whitespace().next().expect("a name").to_owned())
        .collect();
    assert_eq!(shown, expected);
    for key in ["names", "left_out"] {
        let rows = format!(
            "document.querySelectorAll('#{} tbody tr').length",
            key.replace('_', "-")
        );
        assert_eq!(browser.value(&rows), list(&plan, key).len(), "{key}");
    }
    let frozen = list(&plan, "frozen").len() + list(&plan, "data").len();
    assert!(frozen > 0);
    assert_eq!(
        browser.value("document.querySelectorAll('#frozen tbody tr').length"),
        frozen
    );

    // Both pictures and the table below them are what `size` measured.
    let sizes = parsed(&ask("size", &["--json"]));
    let image = &sizes["images"][0];
    let rom = |part: &Value| -> u64 {
        let columns = ["code", "constants", "data"].iter();
        columns
            .map(|column| part[column].as_u64().expect("bytes"))
            .sum()
    };
    let of_modules = list(image, "parts")
        .iter()
        .filter(|part| part["kind"] == "module");
    let of_modules: u64 = of_modules.map(rom).sum();
    for (picture, bytes) in [("image", rom(&image["total"])), ("by-module", of_modules)] {
        let sum = format!(
            "Array.from(document.querySelectorAll('#{picture} rect'), (rect) => \
             Number(rect.dataset.bytes)).reduce((sum, bytes) => sum + bytes)"
        );
        assert_eq!(browser.value(&sum), bytes, "{picture}");
        // As large as it says, as far as a browser rounds.
        let worst = format!(
            "Math.max(...Array.from(document.querySelectorAll('#{picture} rect'), (rect) => {{ \
             const whole = document.getElementById('{picture}').getBoundingClientRect(); \
             const part = rect.getBoundingClientRect(); \
             return Math.abs(part.width * part.height / (whole.width * whole.height) \
             - rect.dataset.bytes / {bytes}); }}))"
        );
        let worst = browser.value(&worst).as_f64().expect("a share");
        assert!(worst < 0.002, "{picture}: {worst}");
    }
    let sum = "Array.from(document.querySelectorAll('#parts td[data-of=ROM]'), (cell) => \
               Number(cell.dataset.n)).reduce((sum, bytes) => sum + bytes)";
    assert_eq!(browser.value(sum), rom(&image["total"]));
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
#[ignore = "needs Chromium: .ci/page"]
fn the_page_of_the_firmware_is_sorted_and_its_links_lead() {
    let (_, mut browser) = opened("sorts");
    let click = |column: &str| {
        format!(
            "Array.from(document.querySelectorAll('#modules th button'))\
             .find((button) => button.textContent === '{column}').click()"
        )
    };
    let sorted = |column: &str| {
        format!(
            "Array.from(document.querySelectorAll('#modules thead th'))\
             .find((heading) => heading.textContent === '{column}').getAttribute('aria-sort')"
        )
    };
    let numbers = |browser: &mut Browser| -> Vec<u64> {
        let cells = "Array.from(document.querySelectorAll('#modules tbody tr'), (row) => row.cells[4].dataset.n)";
        let numbers = texts(browser, cells).into_iter();
        numbers
            .map(|number| number.parse().expect("a number"))
            .collect()
    };
    let before = numbers(&mut browser);
    let mut ascending = before.clone();
    ascending.sort_unstable();
    let descending: Vec<u64> = ascending.iter().rev().copied().collect();
    assert!(before != ascending && before != descending, "{before:?}");
    // The largest first, and not by digits.
    for (order, expected) in [("descending", &descending), ("ascending", &ascending)] {
        browser.value(&click("entries"));
        assert_eq!(browser.value(&sorted("entries")), order);
        assert_eq!(numbers(&mut browser), *expected);
    }
    browser.value(&click("class"));
    assert_eq!(browser.value(&sorted("entries")), Value::Null);
    let classes = texts(&mut browser, &column("modules", 1));
    assert!(
        classes.is_sorted() && classes[0] == "builtin",
        "{classes:?}"
    );

    // From the row to the tree, which shows the crates on the way, and back to
    // a row that the search had hidden.
    let way = "Array.from(document.querySelectorAll('#modules tbody tr'))\
               .find((row) => row.cells[0].innerText === 'collections').querySelector('a').click()";
    browser.value(way);
    assert_eq!(
        browser.value("document.querySelector(':target').innerText"),
        "collections"
    );
    let on_way = "Array.from(document.querySelectorAll('.tree .package'))\
                  .filter((crate) => getComputedStyle(crate).backgroundColor !== 'rgba(0, 0, 0, 0)')\
                  .map((crate) => crate.innerText)";
    assert_eq!(
        texts(&mut browser, on_way),
        ["firmware", "board", "collections-module"]
    );
    browser.value("document.getElementById('search').focus()");
    browser.insert("hashlib");
    let back = "(async () => { document.querySelector(':target').click(); \
                await new Promise((then) => setTimeout(then)); \
                return document.querySelector(':target').offsetParent !== null })()";
    assert_eq!(browser.value(back), true);
    assert_eq!(browser.value("document.getElementById('search').value"), "");
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
#[ignore = "needs Chromium: .ci/page"]
fn the_page_of_the_firmware_reads_on_a_phone_in_the_dark_and_without_a_script() {
    let (page, mut browser) = opened("reads");
    let color = "getComputedStyle(document.body).backgroundColor";
    let background = |browser: &mut Browser, scheme: &str| {
        browser.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
        browser.value(color)
    };
    assert_eq!(background(&mut browser, "light"), "rgb(255, 255, 255)");
    let dark = background(&mut browser, "dark");
    assert_eq!(dark, "rgb(20, 24, 30)");

    browser.call(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true }),
    );
    // Only the pictures are wider, and scroll in their own box.
    assert_eq!(browser.value("document.documentElement.scrollWidth"), 360);
    let wide = "Array.from(document.querySelectorAll('main section')).filter((section) => \
                section.scrollWidth > section.clientWidth).map((section) => section.innerText)";
    assert_eq!(texts(&mut browser, wide), [""; 0]);

    browser.call(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    );
    browser.open(&page);
    let rows = "document.querySelectorAll('#modules tbody tr').length";
    assert!(browser.value(rows).as_u64() > Some(15));
    assert_eq!(
        browser.value("document.querySelectorAll('button').length"),
        0
    );
    assert_eq!(
        browser.value("document.getElementById('searching').offsetParent"),
        Value::Null
    );
    assert_eq!(browser.complaints, [""; 0]);
}
