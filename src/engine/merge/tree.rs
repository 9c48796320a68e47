//! A file as a tree of named things, made from the one line of RON that it is written as, and turned back into it.

use std::collections::BTreeMap;

use ascribe_schema::{File, read};
use ron::{extensions::Extensions, ser::PrettyConfig};

use super::{MergeError, at, shape::Shape};

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A value, as RON on one line.
    Whole(String),
    /// Things by name.
    Branch {
        /// The things.
        things: BTreeMap<String, Node>,
        /// Their order, where it means something; otherwise empty.
        order: Vec<String>,
    },
}

/// The tree of a file.
pub(super) fn tree<T: File>(file: &T, shape: &Shape) -> Result<Node, MergeError> {
    let config = PrettyConfig::new().depth_limit(0).extensions(Extensions::IMPLICIT_SOME);
    let text = ron::ser::to_string_pretty(file, config).map_err(|error| MergeError::Ron(error.to_string()))?;
    // The first line says how optional values are written.
    let body = text.split_once('\n').map_or(&*text, |(_, body)| body);
    parse(body, shape, "")
}

/// The file of a tree.
pub(super) fn file<T: File>(node: &Node, shape: &Shape) -> Result<T, MergeError> {
    let text = node.ron(shape);
    read::<T>(text.as_bytes(), "").map(|read| read.value).map_err(|problem| MergeError::Ron(problem.message))
}

/// Reads one line of RON; `place` is where it stands.
pub(super) fn parse(text: &str, shape: &Shape, place: &str) -> Result<Node, MergeError> {
    let text = text.trim();
    let mut branch = Branch { place, things: BTreeMap::new(), order: Vec::new() };
    match shape {
        Shape::Whole | Shape::Earliest => return Ok(Node::Whole(text.to_owned())),
        Shape::Fields(fields) => {
            for part in parts(text) {
                let (name, value) = part.split_once(':').ok_or_else(|| malformed(place))?;
                // Fields that belong together stand under the name of the first.
                match fields.iter().find(|field| field.with.contains(&name) || field.name == name) {
                    Some(field) if !field.with.is_empty() => branch.join(field.name, part),
                    _ => branch.add(name.to_owned(), value, shape)?,
                }
            }
            for field in fields.iter().filter(|field| field.shape.is_branch()) {
                branch.things.entry(field.name.to_owned()).or_insert_with(Node::empty);
            }
        }
        Shape::Named(key, _) | Shape::Ordered(key, _) => {
            for part in parts(text) {
                let name = field_of(part, key).ok_or_else(|| malformed(place))?;
                branch.add(string(name, place)?, part, shape)?;
            }
        }
        Shape::Words => {
            for part in parts(text) {
                branch.add(string(part, place)?, "", shape)?;
            }
        }
        Shape::Map(_) => {
            for part in parts(text) {
                let end = end_of_string(part).ok_or_else(|| malformed(place))?;
                let value = part[end..].trim_start().strip_prefix(':').ok_or_else(|| malformed(place))?;
                branch.add(string(&part[..end], place)?, value, shape)?;
            }
        }
    }
    if !matches!(shape, Shape::Ordered(..) | Shape::Words) {
        branch.order.clear();
    }
    Ok(Node::Branch { things: branch.things, order: branch.order })
}

/// A branch that is being read.
struct Branch<'a> {
    place: &'a str,
    things: BTreeMap<String, Node>,
    order: Vec<String>,
}

impl Branch<'_> {
    fn add(&mut self, name: String, text: &str, shape: &Shape) -> Result<(), MergeError> {
        let place = at::join(self.place, &name);
        let node = parse(text, shape.inside(&name), &place)?;
        if self.things.insert(name.clone(), node).is_some() {
            return Err(MergeError::Twice(place));
        }
        self.order.push(name);
        Ok(())
    }

    fn join(&mut self, name: &str, part: &str) {
        match self.things.get_mut(name) {
            Some(Node::Whole(text)) => {
                text.insert_str(text.len() - 1, &format!(", {part}"));
            }
            _ => drop(self.things.insert(name.to_owned(), Node::Whole(format!("({part})")))),
        }
    }
}

impl Node {
    /// A branch without things.
    pub(super) fn empty() -> Self {
        Self::Branch { things: BTreeMap::new(), order: Vec::new() }
    }

    /// The things in it.
    pub(super) fn things(&self) -> &BTreeMap<String, Self> {
        static NONE: BTreeMap<String, Node> = BTreeMap::new();
        match self {
            Self::Whole(_) => &NONE,
            Self::Branch { things, .. } => things,
        }
    }

    /// The thing with that name in it.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Whole(_) => None,
            Self::Branch { things, .. } => things.get(name),
        }
    }

    /// Puts a thing where a path of names leads, in the place of what is there. Where the way does not exist, nothing
    /// happens.
    pub(super) fn put(&mut self, names: &[String], thing: Self) {
        match (self, names) {
            (here, []) => *here = thing,
            (Self::Whole(_), _) => {}
            (Self::Branch { things, order }, [name]) => {
                if things.insert(name.clone(), thing).is_none() && !order.is_empty() {
                    order.push(name.clone());
                }
            }
            (Self::Branch { things, .. }, [name, rest @ ..]) => {
                if let Some(inside) = things.get_mut(name) {
                    inside.put(rest, thing);
                }
            }
        }
    }

    /// Takes away what a path of names leads to.
    pub(super) fn remove(&mut self, names: &[String]) {
        let (Self::Branch { things, order }, [name, rest @ ..]) = (self, names) else { return };
        if rest.is_empty() {
            things.remove(name);
            order.retain(|other| other != name);
        } else if let Some(inside) = things.get_mut(name) {
            inside.remove(rest);
        }
    }

    /// One line of RON.
    pub(super) fn ron(&self, shape: &Shape) -> String {
        let (things, order) = match self {
            Self::Whole(text) => return text.clone(),
            Self::Branch { things, order } => (things, order),
        };
        let part = |name: &String, thing: &Node| {
            let inside = thing.ron(shape.inside(name));
            match shape {
                Shape::Fields(fields) if fields.iter().any(|f| f.name == name && !f.with.is_empty()) => {
                    inside[1..inside.len() - 1].to_owned()
                }
                Shape::Fields(_) => format!("{name}: {inside}"),
                Shape::Words => quoted(name),
                Shape::Map(_) => format!("{}: {inside}", quoted(name)),
                Shape::Whole | Shape::Earliest | Shape::Named(..) | Shape::Ordered(..) => inside,
            }
        };
        let parts: Vec<_> = if order.is_empty() {
            things.iter().map(|(name, thing)| part(name, thing)).collect()
        } else {
            order.iter().filter_map(|name| Some(part(name, things.get(name)?))).collect()
        };
        let inside = parts.join(", ");
        match shape {
            Shape::Whole | Shape::Earliest | Shape::Fields(_) => format!("({inside})"),
            Shape::Named(..) | Shape::Ordered(..) | Shape::Words => format!("[{inside}]"),
            Shape::Map(_) => format!("{{{inside}}}"),
        }
    }
}

/// A string as RON.
pub(super) fn quoted(text: &str) -> String {
    // Writing a string cannot fail; `Debug` would only escape more.
    ron::to_string(text).unwrap_or_else(|_| format!("{text:?}"))
}

/// A string from RON.
fn string(text: &str, place: &str) -> Result<String, MergeError> {
    ron::from_str(text).map_err(|_| malformed(place))
}

fn malformed(place: &str) -> MergeError {
    MergeError::Ron(format!("`{place}` is not laid out as expected"))
}

/// The value of a field in a struct.
fn field_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    parts(text).into_iter().find_map(|part| part.strip_prefix(key)?.trim_start().strip_prefix(':')).map(str::trim)
}

/// Where the string that `text` begins with ends.
pub(super) fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    let mut inside = text.bytes().enumerate().skip(1);
    let end = inside.find(|&(_, byte)| {
        let end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    });
    end.map(|(end, _)| end + 1)
}

/// What stands between the commas of a struct, a list or a map, outside all strings and inner brackets.
fn parts(text: &str) -> Vec<&str> {
    let inside = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    let (mut parts, mut depth, mut start, mut at) = (Vec::new(), 0, 0, 0);
    let bytes = inside.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at += end_of_string(&inside[at..]).unwrap_or(1) - 1,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(inside[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(inside[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}
