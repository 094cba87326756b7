//! A ready-made enroll host for modules that run on any interpreter.
#![no_std]
