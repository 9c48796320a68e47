//! The tokens of rich text.

/// A piece of rich text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A byte of text, in some code page.
    Byte(u8),
    /// A control word and its number.
    Word(&'a str, Option<i32>),
    /// A control symbol.
    Symbol(u8),
}

impl Token<'_> {
    /// The number of a control word.
    pub fn number(&self) -> Option<i32> {
        if let Self::Word(_, number) = self { *number } else { None }
    }
}

/// Cuts rich text into tokens.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Passes over bytes that are no rich text.
    pub fn skip(&mut self, length: Option<i32>) {
        let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
        self.bytes = self.bytes.get(length..).unwrap_or_default();
    }

    /// The next token; line ends, which mean nothing, are passed over.
    pub fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            match first {
                b'\r' | b'\n' | 0 => {}
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                byte => return Some(Token::Byte(byte)),
            }
        }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let (&first, rest) = self.bytes.split_first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.bytes = rest;
        Some(match first {
            b'\\' | b'{' | b'}' => Token::Byte(first),
            b'\'' => {
                let digits = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    Some(byte) => {
                        self.bytes = &rest[2..];
                        Token::Byte(byte)
                    }
                    None => Token::Symbol(first),
                }
            }
            _ => Token::Symbol(first),
        })
    }

    fn word(&mut self) -> Token<'a> {
        let length = self.bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.bytes.split_at(length);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let length = if digits > 0 { sign + digits } else { 0 };
        let (number, rest) = rest.split_at(length);
        self.bytes = rest.strip_prefix(b" ").unwrap_or(rest);
        let text = |bytes: &'a [u8]| std::str::from_utf8(bytes).unwrap_or_default();
        Token::Word(text(word), text(number).parse().ok())
    }
}
