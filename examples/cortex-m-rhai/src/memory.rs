//! The RAM of the firmware: static, heap and stack, and how much of it is used.
//!
//! The only file with `unsafe`.
#![expect(
    unsafe_code,
    reason = "an allocator and the linker's symbols cannot be had without"
)]

use core::alloc::{GlobalAlloc, Layout};
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicUsize, Ordering};
use cortex_m_rt::STACK_PAINT_VALUE;
use embedded_alloc::LlffHeap;

/// Bytes of the heap.
pub const HEAP: usize = 320 * 1024;

static mut ARENA: [MaybeUninit<u8>; HEAP] = [MaybeUninit::uninit(); HEAP];

#[global_allocator]
static ALLOCATOR: Counting = Counting {
    heap: LlffHeap::empty(),
    peak: AtomicUsize::new(0),
};

/// An allocator that knows how much was used at most.
struct Counting {
    heap: LlffHeap,
    peak: AtomicUsize,
}

// SAFETY: every call is handed on to an allocator; what is counted besides does
// not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is that of the inner allocator.
        let block = unsafe { self.heap.alloc(layout) };
        self.peak.fetch_max(self.heap.used(), Ordering::Relaxed);
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block came from `alloc`, so from the inner allocator.
        unsafe { self.heap.dealloc(block, layout) }
    }
}

/// Hands the heap its memory; called once, before anything allocates.
pub fn start() {
    // SAFETY: nothing else refers to the arena, and `main` calls this once: it
    // is the first statement there.
    unsafe { ALLOCATOR.heap.init((&raw mut ARENA).addr(), HEAP) }
}

/// Bytes of the heap that are in use, with what the allocator adds to them.
pub fn heap_used() -> usize {
    ALLOCATOR.heap.used()
}

/// Begins a new measurement of the heap's peak.
pub fn restart_peak() {
    ALLOCATOR.peak.store(heap_used(), Ordering::Relaxed);
}

/// The most bytes of the heap that were in use since then.
pub fn heap_peak() -> usize {
    ALLOCATOR.peak.load(Ordering::Relaxed)
}

// SAFETY: the linker script of cortex-m-rt defines all of them. What is at
// their addresses is not read through them.
unsafe extern "C" {
    static __sdata: u32;
    static __edata: u32;
    static __sbss: u32;
    static __ebss: u32;
    static _stack_start: u32;
    static _stack_end: u32;
}

/// Bytes of static variables, the heap's memory apart.
pub fn static_used() -> usize {
    let data = (&raw const __edata).addr() - (&raw const __sdata).addr();
    let bss = (&raw const __ebss).addr() - (&raw const __sbss).addr();
    data + bss - HEAP
}

/// Bytes that the stack may take.
pub fn stack_size() -> usize {
    (&raw const _stack_start).addr() - (&raw const _stack_end).addr()
}

/// Bytes that the stack took when it was deepest. The start-up code painted all
/// of it, so that is where the paint ends.
pub fn stack_used() -> usize {
    let (top, mut word) = (&raw const _stack_start, &raw const _stack_end);
    // SAFETY: the words between the two symbols are RAM. A volatile read does
    // not assume that they hold a value of Rust.
    while word < top && unsafe { word.read_volatile() } == STACK_PAINT_VALUE {
        word = word.wrapping_add(1);
    }
    top.addr() - word.addr()
}
