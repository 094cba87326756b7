//! A pairing heap (M. L. Fredman and others, Algorithmica 1, 1986), its nodes in one
//! vector.
//!
//! MicroPython's (`py/pairheap.c`) links the tasks themselves. Links that are
//! positions of a vector need no references between tasks, which would be circles,
//! and nothing here recurses, however deep a heap is.

use alloc::vec::Vec;
use ticks::Ticks;

/// When a task is due, and how many came before it.
#[derive(Clone, Copy, Debug)]
struct Key {
    at: Ticks,
    number: u32,
}

impl Key {
    /// Whether this one leaves first; of two that are due at once, the one that
    /// came first.
    fn is_before(self, other: Key) -> bool {
        match self.at == other.at {
            true => (self.number.wrapping_sub(other.number) as i32) < 0,
            false => self.at.since(other.at) < 0,
        }
    }
}

/// Links are positions of nodes.
#[derive(Clone, Copy, Debug)]
struct Node {
    key: Key,
    child: Option<usize>,
    /// The next sibling.
    next: Option<usize>,
    /// The sibling before, or the parent of a first child; nothing for the root.
    before: Option<usize>,
}

/// A heap whose nodes keep their positions as long as they are in it.
#[derive(Default)]
pub(crate) struct Heap {
    nodes: Vec<Node>,
    free: Vec<usize>,
    root: Option<usize>,
    next: u32,
}

impl Heap {
    /// The position of what is due first.
    pub(crate) fn first(&self) -> Option<usize> {
        self.root
    }

    /// Puts in what is due at a time, and returns its position: a free one, or the
    /// one behind all others. `None` where there is no memory for it.
    pub(crate) fn push(&mut self, at: Ticks) -> Option<usize> {
        let node = Node {
            key: Key {
                at,
                number: self.next,
            },
            child: None,
            next: None,
            before: None,
        };
        let position = match self.free.pop() {
            Some(position) => {
                self.nodes[position] = node;
                position
            }
            None => {
                self.nodes.try_reserve(1).ok()?;
                // So that a removal never needs memory.
                let missing = self.nodes.len() + 1 - self.free.len();
                self.free.try_reserve(missing).ok()?;
                self.nodes.push(node);
                self.nodes.len() - 1
            }
        };
        self.next = self.next.wrapping_add(1);
        self.root = self.meld(self.root, Some(position));
        Some(position)
    }

    /// Takes out the node at a position, which is in the heap.
    pub(crate) fn remove(&mut self, position: usize) {
        let node = self.nodes[position];
        let below = self.pair(node.child);
        if let Some(before) = node.before {
            // Its children stay where they are, as one heap, beside the root's.
            match self.nodes[before].child == Some(position) {
                true => self.nodes[before].child = node.next,
                false => self.nodes[before].next = node.next,
            }
            if let Some(next) = node.next {
                self.nodes[next].before = Some(before);
            }
            self.root = self.meld(self.root, below);
        } else {
            self.root = below;
        }
        self.free.push(position);
    }

    /// One heap of the siblings from `first` on: in pairs from the left, then all
    /// from the right.
    fn pair(&mut self, mut first: Option<usize>) -> Option<usize> {
        // The pairs, linked from the last one back to the first.
        let mut pairs: Option<usize> = None;
        while let Some(one) = first {
            let other = self.nodes[one].next;
            first = other.and_then(|other| self.nodes[other].next);
            self.part(one);
            if let Some(other) = other {
                self.part(other);
            }
            let pair = self.meld(Some(one), other);
            if let Some(pair) = pair {
                self.nodes[pair].next = pairs;
            }
            pairs = pair;
        }
        let mut all = None;
        while let Some(pair) = pairs {
            pairs = self.nodes[pair].next.take();
            all = self.meld(all, Some(pair));
        }
        all
    }

    /// A node on its own, with what is below it.
    fn part(&mut self, position: usize) {
        self.nodes[position].next = None;
        self.nodes[position].before = None;
    }

    /// One heap of two: the root that is due later becomes the first child of the
    /// other.
    fn meld(&mut self, one: Option<usize>, other: Option<usize>) -> Option<usize> {
        let (Some(one), Some(other)) = (one, other) else {
            return one.or(other);
        };
        let (parent, child) = match self.nodes[other].key.is_before(self.nodes[one].key) {
            true => (other, one),
            false => (one, other),
        };
        let next = self.nodes[parent].child.replace(child);
        self.nodes[child].next = next;
        self.nodes[child].before = Some(parent);
        if let Some(next) = next {
            self.nodes[next].before = Some(child);
        }
        Some(parent)
    }
}
