//! A page as a reader sees it: its paragraphs, in order, with white space as a browser shows it.

use std::collections::{HashMap, HashSet};

use dom_query::{Element, NodeData, NodeId, NodeRef};

use super::{
    quotes,
    style::{Display, Spaces, look},
};

/// A stretch of text with an empty line before and after.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// What a reader sees.
    pub text: String,
    /// The nodes that it comes from.
    pub nodes: Vec<NodeId>,
    /// How many of its characters, without white space, lie in links.
    pub linked: usize,
}

impl Paragraph {
    /// Whether it is long enough to be sentences, and not mostly links.
    pub(super) fn is_prose(&self) -> bool {
        // A Chinese or Japanese character says as much as two or three letters.
        let weight = |c: char| if ('\u{2e80}'..'\u{fb00}').contains(&c) { 3 } else { 1 };
        self.text.chars().map(weight).sum::<usize>() >= 80 && self.linked * 3 < self.text.chars().count()
    }
}

/// The paragraphs in `root`, without the nodes that `keep` refuses.
pub(super) fn flow(root: &NodeRef<'_>, keep: &dyn Fn(&NodeRef<'_>) -> bool) -> Vec<Paragraph> {
    let mut flow = Flow { layout: layout_tables(root), ..Flow::default() };
    // Not by recursion: a page may be nested deeper than a stack is.
    let mut next = Some(*root);
    while let Some(node) = next {
        let open = (node.id == root.id || keep(&node)) && flow.enter(&node, node.id == root.id);
        next = if open { node.first_child() } else { None };
        let mut done = node;
        while next.is_none() {
            if open || done.id != node.id {
                flow.leave(&done);
            }
            if done.id == root.id {
                break;
            }
            next = done.next_sibling();
            match done.parent() {
                Some(parent) => done = parent,
                None => break,
            }
        }
    }
    flow.gap = Gap::Empty;
    flow.start_paragraph();
    flow.done
}

/// Paragraphs as one text.
pub(super) fn join<'a>(paragraphs: impl IntoIterator<Item = &'a Paragraph>) -> String {
    let texts: Vec<&str> = paragraphs.into_iter().map(|paragraph| paragraph.text.as_str()).collect();
    texts.join("\n\n")
}

/// An `<a>` without an address is a place to link to.
fn is_link(element: &Element) -> bool {
    &*element.name.local == "a" && element.attrs.iter().any(|attribute| &*attribute.name.local == "href")
}

/// What stands between the last character and the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Line,
    Empty,
}

/// An element that has been entered.
struct Frame {
    display: Display,
    /// To be restored when it ends.
    spaces: Spaces,
    /// How much had been written when it began.
    written: usize,
    /// The mark that ends it.
    mark: &'static str,
    link: bool,
}

#[derive(Default)]
struct Flow {
    done: Vec<Paragraph>,
    now: Paragraph,
    frames: Vec<Frame>,
    gap: Gap,
    /// White space that becomes a space if a word follows on the same line.
    space: bool,
    /// Line ends to be kept if something follows.
    line_ends: usize,
    /// Ends of cells to be written if something follows.
    tabs: usize,
    /// Nothing has been written since an item or a cell began: breaks before its first word are not seen.
    edge: bool,
    /// How many cells have begun, for each row that is open.
    cells: Vec<usize>,
    lists: usize,
    links: usize,
    quotes: usize,
    written: usize,
    spaces: Option<Spaces>,
    layout: HashSet<NodeId>,
}

impl Flow {
    /// Begins `node`; says whether its children are to be seen.
    fn enter(&mut self, node: &NodeRef<'_>, root: bool) -> bool {
        let seen = node.query_or(None, |inner| match &inner.data {
            NodeData::Text { contents } => {
                self.text(contents, inner.id);
                None
            }
            NodeData::Element(element) => Some((look(element), is_link(element))),
            NodeData::Document | NodeData::Fragment => Some(((Display::Block, None), false)),
            _ => None,
        });
        let Some(((mut display, spaces), link)) = seen else { return false };
        if matches!(display, Display::Row | Display::Cell) && self.is_layout(node) {
            display = Display::Block;
        }
        if display == Display::Hidden && !root {
            return false;
        }
        let frame = Frame { display, spaces: self.spaces(), written: self.written, mark: "", link };
        self.frames.push(frame);
        self.links += usize::from(link);
        self.spaces = spaces.or(self.spaces);
        self.begin(display, node);
        true
    }

    fn begin(&mut self, display: Display, node: &NodeRef<'_>) {
        match display {
            Display::Hidden | Display::Inline => {}
            Display::Block | Display::Table => self.widen(Gap::Empty),
            Display::List => {
                self.widen(if self.lists > 0 { Gap::Line } else { Gap::Empty });
                self.lists += 1;
            }
            Display::Item => {
                self.widen(Gap::Line);
                self.edge = true;
            }
            Display::Row => {
                self.widen(Gap::Line);
                self.cells.push(0);
                self.tabs = 0;
            }
            Display::Cell => {
                let cells = self.cells.last_mut();
                self.tabs += cells.map_or(0, |cells| std::mem::replace(cells, *cells + 1).min(1));
                self.space = false;
                self.edge = true;
            }
            Display::LineEnd if self.spaces() == Spaces::Collapse => {
                let wider = if self.gap == Gap::None { Gap::Line } else { Gap::Empty };
                self.widen(wider);
            }
            Display::LineEnd => self.line_ends += 1,
            Display::Quoted => {
                let (open, close) = quotes::marks(&quotes::language(node), self.quotes);
                self.quotes += 1;
                self.write(open);
                if let Some(frame) = self.frames.last_mut() {
                    frame.mark = close;
                }
            }
        }
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if !node.is_element() && !node.is_document() && !node.is_fragment() {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame.display {
            Display::Hidden | Display::Inline | Display::LineEnd => {}
            Display::Block | Display::Table => self.widen(Gap::Empty),
            Display::List => {
                self.lists -= 1;
                self.widen(if self.lists > 0 { Gap::Line } else { Gap::Empty });
            }
            // Breaks after its last word are not seen.
            Display::Item | Display::Row if self.written > frame.written => self.settle(Gap::Line),
            Display::Cell if self.written > frame.written => self.settle(Gap::None),
            Display::Item | Display::Row | Display::Cell => self.edge = false,
            Display::Quoted => {
                self.quotes -= 1;
                self.write(frame.mark);
            }
        }
        if frame.display == Display::Row {
            self.cells.pop();
            self.tabs = 0;
        }
        self.links -= usize::from(frame.link);
        self.spaces = Some(frame.spaces);
    }

    fn spaces(&self) -> Spaces {
        self.spaces.unwrap_or(Spaces::Collapse)
    }

    fn widen(&mut self, gap: Gap) {
        if !self.edge {
            self.gap = self.gap.max(gap);
            (self.space, self.line_ends) = (false, 0);
        }
    }

    fn settle(&mut self, gap: Gap) {
        (self.gap, self.space, self.line_ends, self.edge) = (gap, false, 0, false);
    }

    fn text(&mut self, text: &str, node: NodeId) {
        let (spaces, written) = (self.spaces(), self.written);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            match (c, spaces) {
                (' ' | '\t' | '\r' | '\x0c', Spaces::Collapse | Spaces::KeepLines) | ('\n', Spaces::Collapse) => {
                    self.space = true;
                    rest = &rest[1..];
                }
                ('\n', _) => {
                    self.line_ends += 1;
                    rest = &rest[1..];
                }
                _ => {
                    let is_end = |c: char| match spaces {
                        Spaces::Keep => c == '\n',
                        _ => matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c'),
                    };
                    let (word, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
                    self.write(word);
                    rest = after;
                }
            }
        }
        if self.written > written {
            self.now.nodes.push(node);
        }
    }

    /// Writes what has been put off, and then `word`.
    fn write(&mut self, word: &str) {
        if self.gap == Gap::Empty {
            self.start_paragraph();
        }
        if self.now.text.is_empty() {
            (self.space, self.line_ends) = (false, 0);
        } else if self.gap == Gap::Line {
            self.now.text.push('\n');
            self.space = false;
        }
        if self.line_ends > 0 {
            self.space = false;
            self.now.text.extend(std::iter::repeat_n('\n', self.line_ends));
        }
        if self.tabs > 0 {
            self.space = false;
            self.now.text.extend(std::iter::repeat_n('\t', self.tabs));
        }
        if self.space {
            self.now.text.push(' ');
        }
        self.now.text.push_str(word);
        self.written += word.len();
        if self.links > 0 {
            self.now.linked += word.chars().filter(|c| !c.is_whitespace()).count();
        }
        (self.gap, self.space, self.line_ends, self.tabs, self.edge) = (Gap::None, false, 0, 0, false);
    }

    fn start_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.now);
        if !paragraph.text.trim().is_empty() {
            self.done.push(paragraph);
        }
    }

    fn is_layout(&self, node: &NodeRef<'_>) -> bool {
        let mut around = std::iter::successors(node.parent(), NodeRef::parent);
        around.find(|node| node.has_name("table")).is_none_or(|table| self.layout.contains(&table.id))
    }
}

/// The tables in `root` that only put things beside each other: a cell of them holds more than one block.
fn layout_tables(root: &NodeRef<'_>) -> HashSet<NodeId> {
    // For each element, the table that it lies in and the cell of that table; parents come before children.
    let mut places: HashMap<NodeId, (NodeId, Option<NodeId>)> = HashMap::new();
    let mut blocks: HashSet<NodeId> = HashSet::new();
    let mut layout = HashSet::new();
    for node in root.descendants_it() {
        let Some(display) = node.element_ref().map(|element| look(&element).0) else { continue };
        let place = node.parent().and_then(|parent| places.get(&parent.id).copied());
        let inner = match (display, place) {
            (Display::Table, _) => Some((node.id, None)),
            (Display::Cell, Some((table, _))) => Some((table, Some(node.id))),
            _ => place,
        };
        if let Some(inner) = inner {
            places.insert(node.id, inner);
        }
        if let Some((table, Some(cell))) = place {
            let many = match display {
                Display::Block => !blocks.insert(cell),
                Display::List | Display::Table => true,
                _ => false,
            };
            if many {
                layout.insert(table);
            }
        }
    }
    layout
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn text(page: &str) -> String {
        let (document, cut) = super::super::parse::parse(page);
        assert_eq!(cut, None);
        join(&flow(&document.body().unwrap(), &|_| true))
    }

    #[test]
    fn a_page_reads_as_in_a_browser() {
        for (page, seen) in [
            ("one  two\n\tthree ", "one two three"),
            ("<p>one</p>  <p> two</p>three", "one\n\ntwo\n\nthree"),
            ("<b>one </b> <i> two</i><span>three</span>", "one twothree"),
            ("<div><div><p>one</p></div></div><div>two</div>", "one\n\ntwo"),
            ("one<br>two <br> three<br>", "one\ntwo\nthree"),
            ("one<br><br>two<br/>\n<br>\n<br>three", "one\n\ntwo\n\nthree"),
            (
                "<p>a&nbsp;b\u{ad}c\u{200b}d\u{2009}e\u{200f}f&zwj;g &nbsp; h</p>",
                "a\u{a0}b\u{ad}c\u{200b}d\u{2009}e\u{200f}f\u{200d}g \u{a0} h",
            ),
            ("<p>&nbsp;</p><p>one</p><p> </p><p>two", "one\n\ntwo"),
            ("<p>e\u{301} “x\" ‘y'</p>", "e\u{301} “x\" ‘y'"),
            ("<ul><li>one<li><p>two</p><li>three<ul><li>four</ul></ul>five", "one\ntwo\nthree\nfour\n\nfive"),
            ("<ol><li><div>one</div><div>two</div></li><li></li><li>three</ol>", "one\n\ntwo\nthree"),
            ("<dl><dt>term<dd>meaning</dl>", "term\nmeaning"),
            ("a<pre>\n x\n\n\n  y \n</pre>b", "a\n\n x\n\n\n  y \n\nb"),
            ("<div style='white-space: pre-wrap'>a  b\nc</div>", "a  b\nc"),
            ("<div style='white-space:PRE-LINE'>a  b \n c\n\nd</div>", "a b\nc\n\nd"),
            ("<pre>a<br>b</pre>", "a\nb"),
            ("<table><tr><th>a<th>b<tr><td>1<td><p>2</p></table>", "a\tb\n1\t2"),
            ("<table><tr><td><td>b<td><tr><td>1<td><td>3</table>", "\tb\n1\t\t3"),
            ("<table><tr><td><p>a</p><p>b</p><td>c</table>", "a\n\nb\n\nc"),
            ("<table><tr><td>side<td><table><tr><td>1<td>2</table></table>", "side\n\n1\t2"),
            ("a<script>x</script><style>y</style><template>t</template><noscript>z</noscript><!-- c -->b", "ab"),
            (
                "a<p hidden>x<p style='color:red; DISPLAY : none !important'>y<p style='visibility:hidden'>z<p>b",
                "a\n\nb",
            ),
            ("a<img alt=x><select><option>y</select><textarea>z</textarea><svg><text>w</text></svg>b", "ab"),
            ("<q>a <q>b</q></q>", "“a ‘b’”"),
            ("<div lang=de-AT><q>a <q>b</q></q> <q lang=fr>c</q></div>", "„a ‚b‘“ «c»"),
            ("<p dir=rtl>قال &rlm;(1)</p>", "قال \u{200f}(1)"),
            ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
            ("<a href=x>one</a>\n<a>two</a>", "one two"),
            ("a<hr>b<h2>c</h2>d", "a\n\nb\n\nc\n\nd"),
            ("", ""),
        ] {
            assert_eq!(text(page), seen, "{page}");
        }
    }
}
