//! Follows the pages that lead a newcomer, literally.
#![cfg(unix)]

mod console;
mod readme;
mod steps;
mod writing;
