//! The forms of a word, as a line of a lexicon gives them.

use super::{Class, Form};

/// The words of a line with the form that each is in; none where the class knows no forms.
///
/// A verb's forms stand in the order: base, third person, past, participle (left out where it is the past), -ing. A
/// noun's: singular, plural. Where there are several words of one form, commas part them.
pub(super) fn forms(class: Class, line: &str) -> Vec<(String, Vec<Form>)> {
    if let Some(base) = line.strip_suffix('*') {
        return regular_verb(base);
    }
    if let Some(singular) = line.strip_suffix('+') {
        return vec![(singular.to_owned(), vec![Form::Singular]), (plural(singular), vec![Form::Plural])];
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let order: &[&[Form]] = match (class.is_verb(), class.is_noun(), words.len()) {
        (true, _, 5..) => &[&[Form::Base], &[Form::Third], &[Form::Past], &[Form::Participle], &[Form::Ing]],
        (true, _, 4) => &[&[Form::Base], &[Form::Third], &[Form::Past, Form::Participle], &[Form::Ing]],
        (_, true, 2) => &[&[Form::Singular], &[Form::Plural]],
        (_, true, 1) => &[&[Form::Singular]],
        _ => &[],
    };
    let form = |number: usize| order.get(number).map(|forms| forms.to_vec()).unwrap_or_default();
    let each = |(number, words): (usize, &str)| {
        words.split(',').map(|word| (word.to_owned(), form(number))).collect::<Vec<_>>()
    };
    words.into_iter().enumerate().flat_map(each).collect()
}

fn regular_verb(base: &str) -> Vec<(String, Vec<Form>)> {
    let stem = base.strip_suffix('e').filter(|stem| !stem.ends_with('e')).unwrap_or(base);
    let (past, ing) = if let Some(stem) = base.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        (format!("{stem}ied"), format!("{base}ing"))
    } else if doubles(base) {
        let last = &base[base.len() - 1..];
        (format!("{base}{last}ed"), format!("{base}{last}ing"))
    } else {
        (format!("{stem}ed"), format!("{stem}ing"))
    };
    vec![
        (base.to_owned(), vec![Form::Base]),
        (plural(base), vec![Form::Third]),
        (past, vec![Form::Past, Form::Participle]),
        (ing, vec![Form::Ing]),
    ]
}

/// The -s form, which nouns and verbs have in common.
fn plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    if hisses { format!("{word}es") } else { format!("{word}s") }
}

fn ends_in_vowel(word: &str) -> bool {
    word.ends_with(['a', 'e', 'i', 'o', 'u'])
}

/// Verbs of one syllable that end in vowel and consonant double it, as in `quip`; of the longer ones, which do must be
/// written out.
fn doubles(base: &str) -> bool {
    let letters: Vec<char> = base.chars().collect();
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let [.., before, middle, last] = letters.as_slice() else { return false };
    let syllables = letters.iter().filter(|c| vowel(c) || **c == 'y').count();
    syllables == 1 && !vowel(before) && vowel(middle) && !vowel(last) && !matches!(last, 'w' | 'x' | 'y')
}
