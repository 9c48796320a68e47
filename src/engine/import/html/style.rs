//! How a browser shows an element when nobody says otherwise, and what its `style` attribute says.

use dom_query::Element;

/// How an element stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// A reader does not see it, or it is no text.
    Hidden,
    /// Within a line.
    Inline,
    /// Apart from what is around it.
    Block,
    /// A line of its own: an item of a list.
    Item,
    /// A list, which lies closer to what is around it when that is a list, too.
    List,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// The end of a line.
    LineEnd,
    /// Words in quote marks that the browser adds.
    Quoted,
}

/// What is done to white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spaces {
    /// All of it between two words is one space.
    Collapse,
    /// It stays as it is.
    Keep,
    /// It is one space, but line ends stay.
    KeepLines,
}

/// How `element` stands in the text, and what is done to white space in it, if it says so.
pub(super) fn look(element: &Element) -> (Display, Option<Spaces>) {
    let name = &*element.name.local;
    let mut display = of_name(name);
    let mut spaces = matches!(name, "pre" | "listing" | "xmp" | "plaintext").then_some(Spaces::Keep);
    for attribute in &element.attrs {
        match &*attribute.name.local {
            "hidden" => return (Display::Hidden, None),
            "open" if name == "dialog" => display = Display::Block,
            "style" => {
                for (property, value) in declarations(&attribute.value) {
                    match (property.as_str(), value.as_str()) {
                        ("display", "none") | ("visibility", "hidden" | "collapse") | ("mso-hide", "all") => {
                            return (Display::Hidden, None);
                        }
                        ("display", "block") if display == Display::Inline => display = Display::Block,
                        ("display", "inline") if display == Display::Block => display = Display::Inline,
                        ("white-space", "pre" | "pre-wrap" | "break-spaces") => spaces = Some(Spaces::Keep),
                        ("white-space", "pre-line") => spaces = Some(Spaces::KeepLines),
                        ("white-space", "normal" | "nowrap") => spaces = Some(Spaces::Collapse),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    (display, spaces)
}

fn declarations(style: &str) -> impl Iterator<Item = (String, String)> {
    let lower = style.to_ascii_lowercase();
    let pairs: Vec<_> = lower
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .map(|(property, value)| (property.trim().to_owned(), value.replace("!important", "").trim().to_owned()))
        .collect();
    pairs.into_iter()
}

fn of_name(name: &str) -> Display {
    match name {
        // No text, text for programs, or what is shown only where something else cannot be.
        "head" | "title" | "script" | "style" | "template" | "noscript" | "noframes" | "noembed" | "iframe"
        | "object" | "embed" | "applet" | "audio" | "video" | "canvas" | "svg" | "map" | "datalist" | "select"
        | "textarea" | "dialog" | "annotation" | "annotation-xml" => Display::Hidden,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "details" | "div"
        | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "header" | "hgroup" | "hr" | "html" | "legend" | "listing" | "main" | "nav" | "p" | "plaintext" | "pre"
        | "search" | "section" | "summary" | "xmp" => Display::Block,
        "dd" | "dt" | "li" => Display::Item,
        "dir" | "dl" | "menu" | "ol" | "ul" => Display::List,
        "table" => Display::Table,
        "tr" => Display::Row,
        "td" | "th" => Display::Cell,
        "br" => Display::LineEnd,
        "q" => Display::Quoted,
        _ => Display::Inline,
    }
}
