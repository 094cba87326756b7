//! Follows the pages that lead a newcomer, literally.
#![cfg(unix)]

mod readme;
mod steps;
mod writing;
