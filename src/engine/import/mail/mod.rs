//! E-mails, and web pages that were saved in the form of one.

mod flowed;
mod transfer;

use mail_parser::{GetHeader, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{
    About, Article, Doubt, DoubtKind, Format, ImportError, Options,
    encoding::{self, Decoded},
    html,
};

/// Reads an e-mail: what its reader sees, which is its HTML part if it has one. That part is passed over only if
/// it says less than half of what the plain part says.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let parsed = parse(bytes, Format::Email)?;
    let mut message = &parsed;
    // Forwarded as it was, with nothing around it.
    while let Some(PartType::Message(inner)) = message.parts.first().map(|part| &part.body) {
        message = inner;
    }
    let secret = ["encrypted", "pkcs7-mime", "x-pkcs7-mime"];
    if message.content_type().is_some_and(|kind| kind.subtype().is_some_and(|kind| secret.contains(&kind))) {
        return Err(ImportError::Encrypted);
    }
    let raw = &*message.raw_message;
    let rich = body(&mut message.html_bodies(), raw, options)?;
    let plain = body(&mut message.text_bodies(), raw, options)?;
    let words = |article: &Article| article.text.split_whitespace().count();
    let mut article = if 2 * words(&rich) >= words(&plain) { rich } else { plain };
    let bodies = || message.html_bodies().chain(message.text_bodies());
    let head = head(message, bodies().find_map(charset), options);
    article.doubts.extend(head.as_ref().into_iter().flat_map(|head| head.doubts.clone()));
    let named = head.as_ref().and_then(|head| MessageParser::default().parse(&head.text));
    article.about = about(named.as_ref().unwrap_or(message));
    article.doubts.extend(attachments(message));
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
    let (content, damage) = content(page, bytes);
    let decoded = decode(&content, &[charset(page), html::declared(&content)], options)?;
    let named = Options { encoding: Some("utf-8".to_owned()), ..options.clone() };
    let mut article = html::read(decoded.text.as_bytes(), &named)?;
    article.encoding = decoded.encoding;
    article.doubts.extend(decoded.doubts.into_iter().chain(damage));
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
    let mut message = MessageParser::default().parse(bytes);
    // A part that it cannot decode it takes for an attachment; so it is not to decode.
    if message.iter().flat_map(|message| &message.parts).any(|part| part.is_encoding_problem) {
        let lenient = MessageParser::default().with_minimal_headers();
        message = lenient.ignore_header(HeaderName::ContentTransferEncoding).parse(bytes);
    }
    let message = message.filter(|message| message.headers().iter().any(|header| header.name.as_str().len() > 1));
    let known = ["from", "subject", "date", "mime-version", "content-type", "received", "to"];
    message
        .filter(|message| {
            message.headers().iter().any(|header| known.contains(&&*header.name.as_str().to_ascii_lowercase()))
        })
        .ok_or_else(|| format.broken("it has no header such as From, Subject or Date"))
}

/// The header of a message, if its names are neither in ASCII nor UTF-8, which the parser would spoil.
fn head(message: &Message<'_>, charset: Option<String>, options: &Options) -> Option<Decoded> {
    let root = message.parts.first()?;
    let head = message.raw_message.get(root.offset_header as usize..root.offset_body as usize)?;
    std::str::from_utf8(head).is_err().then(|| decode(head, &[charset], options).ok()).flatten()
}

fn about(message: &Message<'_>) -> About {
    About {
        title: message.subject().unwrap_or_default().trim().to_owned(),
        byline: sender(message),
        published: message.date().map(|date| date.to_rfc3339()).unwrap_or_default(),
        ..About::default()
    }
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
    // What else is shown among them, such as a picture, is left out as an attachment.
    for part in parts.filter(|part| matches!(part.body, PartType::Text(_) | PartType::Html(_))) {
        let kind = part.content_type();
        let attribute = |name| kind.and_then(|kind| kind.attribute(name)).unwrap_or_default();
        let is_page = matches!(part.body, PartType::Html(_));
        let (content, damage) = content(part, raw);
        let itself = is_page.then(|| html::declared(&content)).flatten();
        let decoded = decode(&content, &[charset(part), itself], options)?;
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
        whole.doubts.extend(decoded.doubts.into_iter().chain(damage));
    }
    Ok(whole)
}

/// The encoding that a part says it is in. Programs say ASCII of anything.
fn charset(part: &MessagePart<'_>) -> Option<String> {
    let charset = part.content_type()?.attribute("charset")?.trim().to_ascii_lowercase();
    (!["us-ascii", "ascii"].contains(&&*charset)).then_some(charset)
}

/// Decodes a part as the first of these says that fits, unless a person says otherwise.
fn decode(bytes: &[u8], declared: &[Option<String>], options: &Options) -> Result<Decoded, ImportError> {
    let fits = |name: &&String| encoding::decode(bytes, Some(name), None).is_ok();
    let declared = declared.iter().flatten().find(fits).map(String::as_str);
    // UTF-16 looks like nothing else, so where it fits it need not be guessed.
    let wide = declared.filter(|name| name.to_ascii_lowercase().starts_with("utf-16"));
    encoding::decode(bytes, options.encoding.as_deref().or(wide), declared)
}

/// The bytes of a part, before they are made into characters, which the parser would do without saying when
/// they do not fit; and a doubt, if some of them were damaged on the way.
fn content(part: &MessagePart<'_>, raw: &[u8]) -> (Vec<u8>, Option<Doubt>) {
    let bytes = raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let header = part.headers.header(HeaderName::ContentTransferEncoding);
    let form = header.and_then(|header| raw.get(header.offset_start as usize..header.offset_end as usize));
    let form = String::from_utf8_lossy(form.unwrap_or_default()).trim().to_ascii_lowercase();
    if form.starts_with("quoted-printable") {
        return (transfer::quoted_printable(bytes), None);
    }
    if !form.starts_with("base64") {
        return (bytes.to_vec(), None);
    }
    let (bytes, broken) = transfer::base64(bytes);
    let message = "a part of the message was damaged on the way and stands in the text as it came";
    (bytes, broken.then(|| Doubt::new(DoubtKind::PartMissing, message)))
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
