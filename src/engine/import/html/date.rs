//! Dates as pages write them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

#[expect(clippy::expect_used, reason = "a fixed pattern that the tests compile")]
static PATTERNS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    const DAY: &str = r"(?<day>\d{1,2})(?:st|nd|rd|th)?";
    const MONTH: &str = r"(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?";
    const TIME: &str = r"(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?";
    const ZONE: &str = r"(?<zone>z|utc|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt|[+-]\d{2}:?\d{2}|[+-]\d{2})";
    [
        format!(r"(?i)^(?<year>\d{{4}})-(?<month>\d{{1,2}})-(?<day>\d{{1,2}})(?:[t ]{TIME}\s?{ZONE})?$"),
        r"^(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})$".to_owned(),
        format!(r"(?i)^(?:[a-z]{{3,9}},? )?{DAY} {MONTH},? (?<year>\d{{4}})(?:,? {TIME} {ZONE})?$"),
        format!(r"(?i)^(?:[a-z]{{3,9}},? )?{MONTH} {DAY},? (?<year>\d{{4}})(?:,? {TIME} {ZONE})?$"),
    ]
    .map(|pattern| Regex::new(&pattern).expect("it is a pattern"))
});

/// A date or a time as RFC 3339 where there is one way to understand it, otherwise as it is written.
pub(super) fn rfc3339(written: &str) -> String {
    let written = written.trim();
    let found = PATTERNS.iter().find_map(|pattern| pattern.captures(written));
    found.and_then(|captures| normal(&captures)).unwrap_or_else(|| written.to_owned())
}

fn normal(captures: &Captures<'_>) -> Option<String> {
    let number = |name: &str| captures.name(name).and_then(|group| group.as_str().parse::<u32>().ok());
    let (year, day) = (number("year")?, number("day")?);
    let month = match captures.name("name") {
        Some(name) => month(name.as_str())?,
        None => number("month")?,
    };
    if day < 1 || day > days(year, month)? {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    let (Some(hour), Some(minute)) = (number("hour"), number("minute")) else { return Some(date) };
    let second = number("second").unwrap_or_default();
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{}", zone(captures.name("zone")?.as_str())?))
}

fn zone(written: &str) -> Option<String> {
    let hours = match written.to_ascii_lowercase().as_str() {
        "z" | "utc" | "gmt" => return Some("Z".to_owned()),
        "edt" => 4,
        "est" | "cdt" => 5,
        "cst" | "mdt" => 6,
        "mst" | "pdt" => 7,
        "pst" => 8,
        _ => {
            let (sign, digits) = written.split_at(1);
            let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = (digits.get(..2)?, digits.get(2..4).unwrap_or("00"));
            let real = hours.parse::<u32>().ok()? < 24 && minutes.parse::<u32>().ok()? < 60;
            return real.then(|| format!("{sign}{hours}:{minutes}"));
        }
    };
    Some(format!("-{hours:02}:00"))
}

fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_ascii_lowercase();
    (1..).zip(NAMES).find(|(_, known)| *known == name).map(|(number, _)| number)
}

fn days(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_understood_only_if_there_is_one_way_to() {
        for (written, understood) in [
            ("2021-03-04", "2021-03-04"),
            ("2021-3-4T10:20:30Z", "2021-03-04T10:20:30Z"),
            ("20210304", "2021-03-04"),
            ("2021-03-04T10:20:30Z", "2021-03-04T10:20:30Z"),
            ("2021-03-04t10:20:30.123+0100", "2021-03-04T10:20:30+01:00"),
            ("2021-03-04T10:20-05", "2021-03-04T10:20:00-05:00"),
            ("2021-03-04 10:20:30 +05:30", "2021-03-04T10:20:30+05:30"),
            (" Thu, 04 Mar 2021 10:20:30 GMT ", "2021-03-04T10:20:30Z"),
            ("Thu, 4 Mar 2021 10:20:30 EST", "2021-03-04T10:20:30-05:00"),
            ("4 March 2021", "2021-03-04"),
            ("March 4th, 2021", "2021-03-04"),
            ("Sept. 4, 2021", "2021-09-04"),
            ("29 Feb 2020", "2020-02-29"),
            // Not a day, no zone, or two ways to understand it.
            ("29 Feb 2021", "29 Feb 2021"),
            ("2021-13-04", "2021-13-04"),
            ("2021-03-04T10:20:30", "2021-03-04T10:20:30"),
            ("2021-03-04T25:20:30Z", "2021-03-04T25:20:30Z"),
            ("04/03/2021", "04/03/2021"),
            ("4. März 2021", "4. März 2021"),
            ("yesterday", "yesterday"),
            ("", ""),
        ] {
            assert_eq!(rfc3339(written), understood, "{written}");
        }
    }
}
