//! The forms in which bytes travel in an e-mail, read also where a program on the way has broken them: what does
//! not fit the form is text as it stands.

use mail_parser::decoders::base64::base64_decode;

/// Lines of base64 as long as these are no words.
const LONG: usize = 40;

/// The bytes behind base64, and what stands after it, such as the footer of a mailing list; and whether more base64
/// comes after something that is none.
pub(super) fn base64(bytes: &[u8]) -> (Vec<u8>, bool) {
    let is_data = |line: &[u8]| {
        let end = line.iter().position(|&byte| byte == b'=').unwrap_or(line.len());
        let sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        line[..end].iter().all(sign) && line[end..].iter().all(|&byte| byte == b'=')
    };
    let (mut decoded, mut open, mut at) = (Vec::new(), Vec::new(), 0);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let data = line.trim_ascii();
        // Where nothing is open, a line of another length is a word.
        if !is_data(data) || open.is_empty() && at > 0 && data.len() % 4 != 0 {
            break;
        }
        open.extend_from_slice(data);
        at += line.len();
        if data.ends_with(b"=") {
            decoded.extend(base64_decode(&open).unwrap_or_default());
            open.clear();
        }
    }
    decoded.extend(base64_decode(&open).unwrap_or_default());
    let rest = &bytes[at..];
    let broken = rest.split(|&byte| byte == b'\n').any(|line| line.len() > LONG && is_data(line.trim_ascii()));
    if !rest.trim_ascii().is_empty() {
        decoded.extend_from_slice(if decoded.is_empty() { b"" } else { b"\n" });
        decoded.extend_from_slice(rest);
    }
    (decoded, broken)
}

/// The bytes behind quoted-printable.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let end = line.strip_suffix(b"\n").is_some();
        // White space at the end was put there on the way.
        let line = line.trim_ascii_end();
        let soft = line.strip_suffix(b"=");
        let mut rest = soft.unwrap_or(line);
        while let Some((&first, after)) = rest.split_first() {
            let digits = after.get(..2).filter(|digits| first == b'=' && digits.iter().all(u8::is_ascii_hexdigit));
            let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
            decoded.push(byte.unwrap_or(first));
            rest = if byte.is_some() { &after[2..] } else { after };
        }
        if end && soft.is_none() {
            decoded.push(b'\n');
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::{base64, quoted_printable};

    #[test]
    fn what_does_not_fit_stays_as_it_is() {
        for (bytes, expected) in [
            ("caf=c3=A9 \r\nso=\r\nft=20\r\n", "café\nsoft \n"),
            ("a = b ?a=zz x==y =", "a = b ?a=zz x==y "),
            ("=", ""),
            ("=A", "=A"),
        ] {
            assert_eq!(quoted_printable(bytes.as_bytes()), expected.as_bytes(), "{bytes}");
        }
        let long = "QUFB".repeat(12);
        for (bytes, expected, broken) in [
            ("Y2Fm\r\nw6kK\r\n", "café\n".to_owned(), false),
            ("Y2E=\nZmU=\n", "cafe".to_owned(), false),
            ("Y2E=\nUnsubscribe\n", "ca\nUnsubscribe\n".to_owned(), false),
            ("Y2Fm\n\n____\nthe list\n", "caf\n____\nthe list\n".to_owned(), false),
            ("no base64\n", "no base64\n".to_owned(), false),
            (&format!("Y2Fm\n!?\n{long}\n"), format!("caf\n!?\n{long}\n"), true),
        ] {
            assert_eq!(base64(bytes.as_bytes()), (expected.into_bytes(), broken), "{bytes}");
        }
    }
}
