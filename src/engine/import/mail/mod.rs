//! E-mails, and web pages that were saved in the form of one.

mod flowed;

use mail_parser::{
    Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};

use super::{
    About, Article, Doubt, DoubtKind, Format, ImportError, Options,
    encoding::{self, Decoded},
    html,
};

/// Reads an e-mail: what its reader sees, which is its HTML part if it has one. That part is passed over only if
/// it says less than half of what the plain part says.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let message = parse(bytes, Format::Email)?;
    let secret = ["encrypted", "pkcs7-mime", "x-pkcs7-mime"];
    if message.content_type().is_some_and(|kind| kind.subtype().is_some_and(|kind| secret.contains(&kind))) {
        return Err(ImportError::Encrypted);
    }
    let rich = body(&mut message.html_bodies(), bytes, options)?;
    let plain = body(&mut message.text_bodies(), bytes, options)?;
    let words = |article: &Article| article.text.split_whitespace().count();
    let mut article = if 2 * words(&rich) >= words(&plain) { rich } else { plain };
    article.about = About {
        title: message.subject().unwrap_or_default().trim().to_owned(),
        byline: sender(&message),
        published: message.date().map(|date| date.to_rfc3339()).unwrap_or_default(),
        ..About::default()
    };
    article.doubts.extend(attachments(&message));
    Ok(article)
}

/// Reads a web page that was saved with all its parts in one file.
pub(super) fn read_mhtml(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let message = parse(bytes, Format::Mhtml)?;
    let start = message.content_type().and_then(|kind| kind.attribute("start"));
    let is_start = |part: &&MessagePart<'_>| {
        start.is_some_and(|start| part.content_id().is_some_and(|id| id == start.trim_matches(['<', '>'])))
    };
    let is_page = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let page = message.parts.iter().filter(is_page).find(is_start).or_else(|| message.parts.iter().find(is_page));
    let page = page.ok_or_else(|| Format::Mhtml.broken("there is no web page in it"))?;
    let content = content(page, bytes);
    let declared = page.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    let named = Options { encoding: options.encoding.clone().or(declared), ..options.clone() };
    // The page itself may know better than the file around it.
    let mut article = match html::read(&content, &named) {
        Err(ImportError::Undecodable(..) | ImportError::UnknownEncoding(_)) if options.encoding.is_none() => {
            html::read(&content, options)?
        }
        outcome => outcome?,
    };
    let about = &mut article.about;
    if about.url.is_empty() {
        let place = page.content_location().filter(|place| place.starts_with("http"));
        about.url = place.unwrap_or_default().to_owned();
    }
    if about.title.is_empty() {
        about.title = message.subject().unwrap_or_default().trim().to_owned();
    }
    Ok(article)
}

fn parse(bytes: &[u8], format: Format) -> Result<Message<'_>, ImportError> {
    let message = MessageParser::default().parse(bytes);
    let message = message.filter(|message| message.headers().iter().any(|header| header.name.as_str().len() > 1));
    let known = ["from", "subject", "date", "mime-version", "content-type", "received", "to"];
    message
        .filter(|message| {
            message.headers().iter().any(|header| known.contains(&&*header.name.as_str().to_ascii_lowercase()))
        })
        .ok_or_else(|| format.broken("it has no header such as From, Subject or Date"))
}

fn sender(message: &Message<'_>) -> String {
    let address = message.from().and_then(|from| from.first());
    let name = address.and_then(|from| from.name().filter(|name| !name.trim().is_empty()).or_else(|| from.address()));
    name.unwrap_or_default().trim().to_owned()
}

/// The parts that are shown one after the other, as one text.
fn body<'a>(
    parts: &mut dyn Iterator<Item = &'a MessagePart<'a>>,
    raw: &[u8],
    options: &Options,
) -> Result<Article, ImportError> {
    let mut whole = Article::default();
    for part in parts {
        let kind = part.content_type();
        let attribute = |name| kind.and_then(|kind| kind.attribute(name)).unwrap_or_default();
        let decoded = decode(&content(part, raw), attribute("charset"), options)?;
        let text = match part.body {
            PartType::Html(_) => {
                let page = html::whole(&decoded.text);
                whole.doubts.extend(page.doubts);
                page.text
            }
            _ if attribute("format").eq_ignore_ascii_case("flowed") => {
                flowed::join(&decoded.text, attribute("delsp").eq_ignore_ascii_case("yes"))
            }
            _ => decoded.text,
        };
        if !text.trim().is_empty() {
            whole.text.push_str(if whole.text.is_empty() { "" } else { "\n\n" });
            whole.text.push_str(text.trim_end_matches(['\r', '\n']));
        }
        whole.encoding = decoded.encoding;
        whole.doubts.extend(decoded.doubts);
    }
    Ok(whole)
}

/// Decodes a part as it says, unless a person says otherwise or it does not fit. Programs say ASCII of anything.
fn decode(bytes: &[u8], declared: &str, options: &Options) -> Result<Decoded, ImportError> {
    let guess = || encoding::decode(bytes, options.encoding.as_deref(), None);
    if options.encoding.is_some() || ["", "us-ascii", "ascii"].contains(&&*declared.to_ascii_lowercase()) {
        return guess();
    }
    encoding::decode(bytes, Some(declared), None).or_else(|_| guess())
}

/// The bytes of a part, before they are made into characters, which the parser would do without saying when
/// they do not fit.
fn content(part: &MessagePart<'_>, raw: &[u8]) -> Vec<u8> {
    let bytes = raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    match part.encoding {
        Encoding::Base64 => base64_decode(bytes).unwrap_or_default(),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes).unwrap_or_default(),
        Encoding::None => bytes.to_vec(),
    }
}

fn attachments(message: &Message<'_>) -> Option<Doubt> {
    let name = |part: &MessagePart<'_>| {
        let inside = if let PartType::Message(inside) = &part.body { inside.subject() } else { None };
        part.attachment_name().or(inside).unwrap_or("without a name").to_owned()
    };
    let names: Vec<_> = message.attachments().map(name).collect();
    let (count, one) = (names.len(), names.len() == 1);
    (count > 0).then(|| {
        let message =
            format!("left out: {count} {}: {}", if one { "attachment" } else { "attachments" }, names.join(", "));
        Doubt::new(DoubtKind::LeftOut, message).hint("if they are articles, save them as files and import those")
    })
}
