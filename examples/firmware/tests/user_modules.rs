//! The default firmware with a module that no manifest names.

use std::path::Path;
use std::process::Command;

#[test]
fn a_folder_of_sources_is_a_module_by_a_variable() {
    let code = "local weather = require('weather')\n\
                print(('%.1f'):format(weather.dew_point(25, 60)))\n\
                print(('%.1f'):format(weather.heat_index{temperature = 32.2, humidity = 70}))\n\
                print(pcall(weather.dew_point, 25, 0))\n\
                print(weather.__doc__)";
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut cargo = Command::new(env!("CARGO"));
    // What the Cargo that runs the tests has set.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_") && text != "CARGO_HOME" {
            cargo.env_remove(&name);
        }
    }
    // In a folder of its own: the variable would have the other tests' firmware
    // built anew, without the module.
    let output = cargo
        .args([
            "run",
            "--quiet",
            "--offline",
            "--package",
            "firmware",
            "--target-dir",
        ])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("user"))
        .args(["--", "-e", code])
        .current_dir(repository)
        .env("USER_MODULES", "examples/user")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    // The National Weather Service's table has 106 °F for 90 °F and 70 %.
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "16.7\n41.0\nfalse\t(command line):4: weather.dew_point: ValueError: humidity must be more than 0\n\
         Formulas about the weather, temperatures in degrees Celsius.\n"
    );
}
