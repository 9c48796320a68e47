//! What lines say that are not the article, in the languages of most news.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// The longest line that one of these phrases makes something else than the article, in characters.
const LONGEST: usize = 240;

/// Lines that are not the article, wherever they stand, unless they are sentences of it.
#[expect(clippy::expect_used, reason = "fixed patterns that the tests compile")]
static ANYWHERE: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([
        // Where a picture comes from.
        r"(?i)^\W*(?:photo(?:graph|graphie|s)?|picture|image|bild(?:er)?|foto(?:s|grafie)?|imagen|video|vidéo|abbildung|illustration|crédits?(?: photos?)?|credits?|créditos?|zdjęcie|fot)\.?\s*(?:by\s+(?-i:\p{Lu})|credit\s+(?-i:\p{Lu})|credits?\s*(?:[:©/|]|$)|courtesy\b|quelle\b|[:©/|])",
        r"(?i)^[^.!?]{0,120}(?:[/|(©]|\bvia\b)\s*(?:getty(?: images)?|reuters|afp|ap|ap photo|epa|dpa|shutterstock|istock|unsplash|imago|picture alliance|alamy|wikimedia(?: commons)?|pixabay|flickr)(?:\W[^.!?]{0,40})?$",
        // Other articles.
        r"(?i)^\W*(?:read (?:more|also|next|the full)|also read|read|more on this|more from|see also|see more|related|recommended|watch(?: also)?|listen|must read|don'?t miss|lea(?: también| más)?|leer(?: también| más)?|lee(?: también| más)|mira(?: también)?|ve[ra] (?:también|tambiém|más)|vea(?: también)?|te puede interesar|le puede interesar|puede leer|también lea|leia(?: também| mais)?|veja(?: também| mais)?|lire(?: aussi| également)?|à lire(?: aussi)?|voir aussi|à voir|leggi anche|lees ook|lesen sie (?:auch|hier|mehr)|lies auch|mehr zum thema|mehr lesen|siehe auch|auch interessant|czytaj (?:też|także|więcej)|zobacz (?:też|także|również)|читайте (?:также|ещё)|смотрите также|اقرأ أيض[اًا]+|इसे भी पढ़ें|यह भी पढ़ें)\s*[:»>|–-]",
        r"(?i)^\W*(?:mehr zum thema|more on this (?:story|topic)|das könnte (?:sie|dich) (?:auch )?interessieren|you (?:may|might) also like|related (?:articles|stories|posts|topics|content|links|coverage)|recommended (?:for you|stories|articles)|more (?:stories|articles|news)|weiterführende links?|weitere (?:artikel|beiträge|themen)|mehr themen|artículos relacionados|noticias relacionadas|te puede interesar|articles liés|sur le même sujet|leia (?:também|mais)|veja também|powiązane|по теме|read (?:more|also|next)|most (?:read|popular)|trending(?: now)?)\W*$",
        // Calls.
        r"(?i)(?:^\W*(?:please |you can )?|[.!?]\W+)(?:follow|like|join|find|connect with|subscribe to|suivez|sígue(?:nos|me)?|sigue a|siga|segui(?:teci)?|folgen sie|folge|abonnez|únete|suscríbete)\b[^.!?]{0,90}\b(?:twitter|facebook|instagram|telegram|whatsapp|youtube|linkedin|tiktok|newsletter|google news|our channel|x\.com)\b",
        r"(?i)^\W*(?:subscribe|sign up|sign-up|register|suscríbe\w+|abonn(?:ieren|iere|iert|ez)|iscriviti|inscrivez|jetzt (?:abonnieren|anmelden|registrieren)|subskrybuj)\b[^.]{0,140}(?:newsletter|e-?mail|inbox|updates|alerts|channel|kanal|canal|edition|magazin|now|today|here|free|podcast)\b",
        r"(?i)^\W*(?:download|get|install|laden sie|descarga)\b.{0,60}\bapps?\b.{0,60}$",
        r"(?i)^\W*(?:(?:get|receive|for)\b.{0,30})?\b(?:latest|breaking) (?:news|stories|headlines)\b.{0,60}\b(?:your (?:inbox|e-?mail|phone)|our (?:app|newsletter)|sign up|subscribe)\b",
        r"(?i)^\W*(?:have a (?:news )?tip|got a (?:news )?tip|do you have a (?:story|tip|question)|contact (?:the (?:author|reporter|writer)|us)|email (?:the author|us)|send (?:us )?(?:your )?(?:tips|feedback|a message)|support (?:our|independent) journalism|donate (?:now|today|here)|become a (?:member|subscriber)|hazte (?:socio|miembro))\b",
        // What the reader can do with the page.
        r"(?i)^\W*(?:share(?: this.{0,30}| on.{0,30}| article)?|tweet|print(?: this.{0,20})?|save|teilen|artikel (?:teilen|drucken|merken)|diesen artikel.{0,30}|compartir|comparte|partager|compartilhar|condividi|udostępnij|поделиться)\W*$",
        r"(?i)^\W*(?:leave a (?:reply|comment)|(?:post|write|add) a comment|\d+ comments?\b|comments?|view comments|show comments|(?:keine |\d+ )?kommentare?(?: schreiben| verfassen)?|commentaires?|comentarios|comments are closed.?|be the first to comment)\W*$",
        r"(?i)^\W*(?:advertisements?|advertising|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|reklama|реклама|sponsored(?: content)?|promoted(?: content)?|story continues (?:below|after).{0,30}|article continues (?:below|after).{0,30}|continue reading.{0,40}|keep reading|read full (?:story|article)|scroll (?:down )?to continue.{0,30}|load more.{0,20}|lade weitere.{0,20}|show more|back to top|nach oben|zurück.{0,30}|click to (?:enlarge|expand).{0,20}|vergrößern|listen to (?:this )?(?:article|story).{0,20}|permalink|loading\W*|tap to .{0,30}|skip to .{0,30})\W*$",
        r"(?i)^\W*(?:\d{1,2}[- ])?min(?:ute)?s?[- ](?:read|to read)\W*$|^\W*\d{1,2}[- ](?:min(?:ute)?s?\.?[- ]read|min\.? lesezeit|minuten? lesezeit|min(?:utes?)? de lecture|min(?:utos?)? de lectura)\W*$|^\W*(?:reading time|lesezeit|estimated read|tiempo de lectura|temps de lecture)\b.{0,25}$",
    ])
    .expect("they are patterns")
});

/// Lines that say whose the page is. No article speaks like that, not even in whole sentences.
#[expect(clippy::expect_used, reason = "fixed patterns that the tests compile")]
static OWNER: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([
        r"(?i)^\W{0,2}(?:©|\(c\)\s|copyright\W{0,4}(?:©|\(c\)|\d{4}))",
        r"(?i)(?:^|[.,;|©)\d–-])\s*(?:all rights reserved|alle rechte vorbehalten|todos los derechos reservados|tous droits réservés|wszelkie prawa zastrzeżone)\W*(?:$|\. )",
        r"(?i)\bthis (?:material|article|story|content|report) may not be (?:published|reproduced|copied)\b",
    ])
    .expect("they are patterns")
});

/// Lines that are not the article at its ends.
#[expect(clippy::expect_used, reason = "fixed patterns that the tests compile")]
static ENDS: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([
        // Who wrote it.
        r"(?i)^\W*(?:by|von|par|por|autor(?:in|a)?|authors?|auteur|door|text|written by|reported by|reporting by|editing by|posted by|story by|words by|redaktion|interview)\b:?\s[^.!?]{2,80}$",
        r"(?i)^\W*\(?(?:(?:additional )?report(?:ing|ed) by|edit(?:ing|ed) by|writing by|compiled by|translated by)\b.{2,200}$",
        r"(?i)^\W*(?:no comments|copyright\b[^.!?]{0,80})\W*$",
        r"(?i)^[^.!?]{0,120}[–-]\s*(?:getty(?: images)?|reuters|afp|ap|epa|dpa)\W*$",
        // When.
        r"(?i)^\W*(?:first )?(?:published|updated|last (?:updated|modified|edited)|posted|modified|created|veröffentlicht|veröffentlichung|aktualisiert|zuletzt (?:aktualisiert|geändert)|letzte aktualisierung|stand|erstellt|publicado|actualizado|atualizado|publié|mis à jour|pubblicato|aggiornato|release date|date|datum|fecha|data publikacji|опубликовано)\b.{0,60}\d[^.!?]{0,40}$",
        r"(?i)^\W*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?:day)?\W+)?\d{1,4}(?:st|nd|rd|th)?[\s./-]+(?:de )?[\p{L}\d]{1,10}\.?[\s./-]+(?:de )?\d{2,4}\b[^.!?]{0,40}$",
        r"(?i)^\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}\b[^.!?]{0,40}$",
        // What it is filed under, and where it comes from.
        r"(?i)^\W*(?:tags?|topics?|kategorien?|category|categories|filed under|schlagw(?:ort|örter)|themen|etiquetas|temas|mots[- ]clés|source|quelle|quellen|fuente|fonte|źródło|copyright)\s*:.{0,200}$",
    ])
    .expect("they are patterns")
});

/// Where somebody speaks or is said to have spoken.
#[expect(clippy::expect_used, reason = "a fixed pattern that the tests compile")]
static SPEECH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)[“”„‟«»"「『]|\b(?:said|says|told|tells|wrote|writes|asked|begged|warned|added|claimed|denied|insisted|shouted|replied|according to|sagte|sagten|sagt|erklärte|erklärten|schrieb|warnte|betonte|laut|dijo|dijeron|dice|afirmó|aseguró|declaró|según|déclaré|a dit|affirmé|selon|disse|disseram|afirmou|ha detto|zei|powiedział\w*|сказал\w*|заявил\w*)\b|قال|कहा"#,
    )
    .expect("it is a pattern")
});

/// How many words a sentence has at least that may be the article's own.
const SENTENCE: usize = 7;

const QUOTES: [char; 9] = ['“', '”', '„', '‟', '«', '»', '"', '「', '『'];

/// Whether `text` quotes somebody or reports what somebody said.
pub(super) fn speaks(text: &str) -> bool {
    SPEECH.is_match(text)
}

/// Whether `text` quotes somebody word by word.
pub(super) fn quotes(text: &str) -> bool {
    text.contains(QUOTES)
}

/// What stands in quote marks in `text`, or all of it.
pub(super) fn quoted(text: &str) -> &str {
    match (text.find(QUOTES), text.rfind(QUOTES)) {
        (Some(start), Some(end)) if start < end => &text[start..end],
        _ => text,
    }
}

/// Whether `text` ends as a sentence ends, and not as a heading or a label.
pub(super) fn is_sentence(text: &str) -> bool {
    let marks =
        |c: char| matches!(c, '”' | '“' | '’' | '»' | '«' | '"' | '\'' | ')' | '」' | '』') || c.is_whitespace();
    let ended = text.trim_end_matches(marks).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।']);
    ended && (text.split_whitespace().count() >= SENTENCE || text.contains(['。', '！', '？']))
}

/// Where a line stands, and what else but its words tells that it is not the article.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// It is one of the first or last few lines.
    pub near_end: bool,
    /// It stands before or after all sentences of the article.
    pub outside: bool,
    /// Some of it is a link.
    pub linked: bool,
}

/// Whether `line` says that it is not the article. What a sentence of the article may say, too, needs another sign;
/// what quotes or reports somebody always stays.
pub(super) fn is_else(line: &str, signs: Signs) -> bool {
    if line.chars().count() > LONGEST {
        return false;
    }
    let sure = signs.outside || signs.linked || !is_sentence(line);
    OWNER.is_match(line) || !speaks(line) && (sure && ANYWHERE.is_match(line) || signs.near_end && ENDS.is_match(line))
}

/// Whether `label` is what stands before a link to something else.
pub(super) fn announces(label: &str) -> bool {
    ANYWHERE.is_match(label)
}
