//! Native modules for embedded interpreters.
#![no_std]
