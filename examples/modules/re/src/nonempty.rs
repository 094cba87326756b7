//! What of a pattern matches at least one character.
//!
//! After an empty match, CPython looks for one at the same place that is not. As
//! a rule there is none: of the ways in which a pattern matches, the longer come
//! first. Where an empty one does, as in `\b|x` or `x*?`, this makes the pattern
//! without its empty ways.

use crate::syntax::Node;
use alloc::vec::Vec;
use core::mem;

/// How many parts of a sequence may be empty: the more, the larger it becomes.
const PARTS: usize = 8;

/// Whether the empty ways of a sequence come after all others.
pub(crate) fn is_eager(nodes: &[Node]) -> bool {
    if !can_be_empty(nodes) || !consumes(nodes) {
        return true;
    }
    nodes.iter().all(|node| match node {
        Node::One(_) | Node::At(_) => true,
        Node::Group(_, nodes) => is_eager(nodes),
        Node::Either(all) => {
            let first = all.iter().position(|one| can_be_empty(one));
            let mut rest = all.iter().skip(first.unwrap_or(all.len()));
            rest.next().is_none_or(|one| is_eager(one)) && !rest.any(|one| consumes(one))
        }
        Node::Repeat {
            of,
            least,
            most,
            greedy,
        } => (*greedy || *most == Some(*least)) && is_eager(of),
    })
}

/// Whether the empty ways of a sequence come before all others.
fn is_reluctant(nodes: &[Node]) -> bool {
    if !can_be_empty(nodes) || !consumes(nodes) {
        return true;
    }
    nodes.iter().all(|node| match node {
        Node::One(_) | Node::At(_) => true,
        Node::Group(_, nodes) => is_reluctant(nodes),
        Node::Either(all) => {
            let first = all.iter().position(|one| consumes(one));
            let mut rest = all.iter().skip(first.unwrap_or(all.len()));
            rest.next().is_none_or(|one| is_reluctant(one)) && !rest.any(|one| can_be_empty(one))
        }
        Node::Repeat { of, greedy, .. } => !greedy && !can_be_empty(of),
    })
}

/// A sequence without its empty ways, the others in their order; `None` where
/// there are no others, or where empty ones are between them.
pub(crate) fn nonempty(mut nodes: Vec<Node>) -> Option<Vec<Node>> {
    if !can_be_empty(&nodes) {
        return Some(nodes);
    }
    let mut parts = nodes.iter().enumerate().filter(|(_, node)| is_part(node));
    let (place, _) = parts.next()?;
    match parts.count() {
        0 => {}
        // Either this part is not empty, and anything follows; or it is, and
        // something follows that is not.
        1..PARTS => return of_two(nodes, place),
        _ => return None,
    }
    let node = nodes.get_mut(place)?;
    *node = match mem::replace(node, Node::Either(Vec::new())) {
        Node::Group(number, nodes) => Node::Group(number, nonempty(nodes)?),
        Node::Either(all) => {
            let consuming = all.into_iter().filter(|one| consumes(one));
            let all: Option<Vec<Vec<Node>>> = consuming.map(nonempty).collect();
            Node::Either(all?)
        }
        Node::Repeat {
            of, most, greedy, ..
        } if !can_be_empty(&of) => Node::Repeat {
            of,
            least: 1,
            most,
            greedy,
        },
        Node::Repeat {
            of, most: Some(1), ..
        } => Node::Group(None, nonempty(of)?),
        _ => return None,
    };
    Some(nodes)
}

/// The same, of a part that may be empty and others that may be.
fn of_two(mut nodes: Vec<Node>, place: usize) -> Option<Vec<Node>> {
    let rest = nodes.split_off(place + 1);
    let part = Vec::from([nodes.pop()?]);
    let (eager, reluctant) = (is_eager(&part), is_reluctant(&part));
    let mut second = empty(&part)?;
    second.extend(nonempty(rest.clone())?);
    let mut first = nonempty(part)?;
    first.extend(rest);
    nodes.push(Node::Either(match (eager, reluctant) {
        (true, _) => Vec::from([first, second]),
        (_, true) => Vec::from([second, first]),
        _ => return None,
    }));
    Some(nodes)
}

/// The empty ways of a sequence that has some; `None` where they are not known.
fn empty(nodes: &[Node]) -> Option<Vec<Node>> {
    let empty = |node: &Node| match node {
        Node::One(_) => None,
        Node::At(at) => Some(Node::At(*at)),
        Node::Group(number, nodes) => Some(Node::Group(*number, empty(nodes)?)),
        Node::Either(all) => {
            let all = all.iter().filter(|one| can_be_empty(one));
            let all: Option<Vec<Vec<Node>>> = all.map(|one| empty(one)).collect();
            Some(Node::Either(all?))
        }
        Node::Repeat { of, .. } => (!can_be_empty(of)).then(|| Node::Group(None, Vec::new())),
    };
    nodes.iter().map(empty).collect()
}

/// Whether it may take characters.
fn is_part(node: &Node) -> bool {
    consumes(core::slice::from_ref(node))
}

fn can_be_empty(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::One(_) => false,
        Node::At(_) => true,
        Node::Group(_, nodes) => can_be_empty(nodes),
        Node::Either(all) => all.iter().any(|one| can_be_empty(one)),
        Node::Repeat { of, least, .. } => *least == 0 || can_be_empty(of),
    })
}

fn consumes(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::One(_) => true,
        Node::At(_) => false,
        Node::Group(_, nodes) => consumes(nodes),
        Node::Either(all) => all.iter().any(|one| consumes(one)),
        Node::Repeat { of, most, .. } => *most != Some(0) && consumes(of),
    })
}
