//! A page in headless Chromium, driven as a person would.
//!
//! The browser speaks the Chrome DevTools Protocol over two pipes: JSON texts
//! with a zero byte behind each.

use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    to: File,
    from: BufReader<File>,
    folder: PathBuf,
    last: u64,
    session: Option<String>,
    /// The addresses that the page asked for until now.
    pub(crate) requests: Vec<String>,
    /// What a developer would read in red: errors of scripts, refused loads.
    pub(crate) complaints: Vec<String>,
}

impl Browser {
    /// Starts a browser that reaches the world through a proxy alone, which is
    /// at this port of the machine.
    ///
    /// `folder` is for its profile and its pipes.
    pub(crate) fn start(folder: &Path, proxy: u16) -> Browser {
        let program = std::env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
        fs::create_dir_all(folder).expect("a folder");
        let pipe = |name: &str| {
            let path = folder.join(name);
            let made = Command::new("mkfifo").arg(&path).status();
            assert!(made.expect("mkfifo runs").success());
            path
        };
        let (to, from) = (pipe("to"), pipe("from"));
        // A shell, since only it can open files under these numbers here.
        let child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<\"$TO\" 4>\"$FROM\""])
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu"])
            .args(["--no-first-run", "--disable-background-networking"])
            .args(["--disable-component-update", "--disable-sync"])
            .arg("--remote-debugging-pipe")
            .arg(format!("--user-data-dir={}", folder.display()))
            .arg(format!("--proxy-server=http://127.0.0.1:{proxy}"))
            // Without it, this machine itself would be asked directly.
            .arg("--proxy-bypass-list=<-loopback>")
            .arg("about:blank")
            .env("TO", &to)
            .env("FROM", &from)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let to = File::options().write(true).open(to).expect("a pipe");
        let from = File::open(from).expect("a pipe");
        let mut browser = Browser {
            child,
            to,
            from: BufReader::new(from),
            folder: folder.to_owned(),
            last: 0,
            session: None,
            requests: Vec::new(),
            complaints: Vec::new(),
        };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let target = &target["targetId"];
        let session = browser.call(
            "Target.attachToTarget",
            json!({ "targetId": target, "flatten": true }),
        );
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        assert!(browser.session.is_some(), "{session}");
        browser.call("Network.enable", json!({}));
        browser.call("Page.enable", json!({}));
        browser.call("Log.enable", json!({}));
        browser.call("Runtime.enable", json!({}));
        browser
    }

    /// Calls a method, and returns its result.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("a browser that listens");
        loop {
            let message = self.next();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    /// The next message; what it says of requests is kept.
    fn next(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).expect("a message");
        assert_eq!(
            bytes.pop(),
            Some(0),
            "the browser ended: is CHROMIUM right?"
        );
        let message: Value = serde_json::from_slice(&bytes).expect("JSON");
        if message["method"] == "Network.requestWillBeSent" {
            let url = &message["params"]["request"]["url"];
            self.requests
                .push(url.as_str().expect("an address").to_owned());
        }
        let is_error = message["params"]["entry"]["level"] == "error";
        if is_error || message["method"] == "Runtime.exceptionThrown" {
            self.complaints.push(message["params"].to_string());
        }
        message
    }

    /// Opens a file, until it is loaded.
    pub(crate) fn open(&mut self, page: &Path) {
        let url = format!("file://{}", page.display());
        let opened = self.call("Page.navigate", json!({ "url": url }));
        assert!(opened["errorText"].is_null(), "{opened}");
        while self.next()["method"] != "Page.loadEventFired" {}
    }

    /// The value of an expression in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let answer = self.call(
            "Runtime.evaluate",
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true }),
        );
        assert!(answer["exceptionDetails"].is_null(), "{answer}");
        answer["result"]["value"].clone()
    }

    /// Types a text where the cursor is.
    pub(crate) fn insert(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Presses and releases a key with a character.
    pub(crate) fn press(&mut self, key: &str) {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { key } else { "" };
            self.call(
                "Input.dispatchKeyEvent",
                json!({ "type": kind, "key": key, "text": text }),
            );
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
