//! What lines say that are not the article, in the languages of most news.

use std::sync::LazyLock;

use regex::RegexSet;

/// The longest line that one of these phrases makes something else than the article, in characters.
const LONGEST: usize = 240;

/// Lines that are not the article wherever they stand.
#[expect(clippy::expect_used, reason = "fixed patterns that the tests compile")]
static ANYWHERE: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([
        // Where a picture comes from.
        r"(?i)^\W*(?:photo(?:graph|graphie|s)?|picture|image|bild(?:er)?|foto(?:s|grafie)?|imagen|video|vidéo|abbildung|illustration|crédits?(?: photos?)?|credits?|créditos?|zdjęcie|fot)\.?\s*(?:by\b|credits?\b|courtesy\b|quelle\b|[:©/|])",
        r"(?i)^\W{0,2}(?:©|\(c\)\s|copyright\b)",
        r"(?i)^[^.!?]{0,120}(?:[/|(©–-]|\bvia\b)\s*(?:getty(?: images)?|reuters|afp|ap|ap photo|epa|dpa|shutterstock|istock|unsplash|imago|picture alliance|alamy|wikimedia(?: commons)?|pixabay|flickr)(?:\W[^.!?]{0,40})?$",
        // Other articles.
        r"(?i)^\W*(?:read (?:more|also|next|the full)|also read|read|more on this|more from|see also|see more|related|recommended|watch(?: also)?|listen|must read|don'?t miss|lea(?: también| más)?|leer(?: también| más)?|lee(?: también| más)|mira(?: también)?|ve[ra] (?:también|tambiém|más)|vea(?: también)?|te puede interesar|le puede interesar|puede leer|también lea|leia(?: também| mais)?|veja(?: também| mais)?|lire(?: aussi| également)?|à lire(?: aussi)?|voir aussi|à voir|leggi anche|lees ook|lesen sie (?:auch|hier|mehr)|lies auch|mehr zum thema|mehr lesen|siehe auch|auch interessant|czytaj (?:też|także|więcej)|zobacz (?:też|także|również)|читайте (?:также|ещё)|смотрите также|اقرأ أيض[اًا]+|इसे भी पढ़ें|यह भी पढ़ें)\s*[:»>|–-]",
        r"(?i)^\W*(?:mehr zum thema|more on this (?:story|topic)|das könnte (?:sie|dich) (?:auch )?interessieren|you (?:may|might) also like|related (?:articles|stories|posts|topics|content|links|coverage)|recommended (?:for you|stories|articles)|more (?:stories|articles|news)|weiterführende links?|weitere (?:artikel|beiträge|themen)|mehr themen|artículos relacionados|noticias relacionadas|te puede interesar|articles liés|sur le même sujet|leia (?:também|mais)|veja também|powiązane|по теме|read (?:more|also|next)|most (?:read|popular)|trending(?: now)?)\W*$",
        // Calls.
        r"(?i)(?:^\W*(?:please |you can )?|[.!?]\W+)(?:follow|like|join|find|connect with|subscribe to|suivez|sígue(?:nos|me)?|sigue a|siga|segui(?:teci)?|folgen sie|folge|abonnez|únete|suscríbete)\b[^.!?]{0,90}\b(?:twitter|facebook|instagram|telegram|whatsapp|youtube|linkedin|tiktok|newsletter|google news|our channel|x\.com)\b",
        r"(?i)^\W*(?:subscribe|sign up|sign-up|register|suscríbe\w+|abonn(?:ieren|iere|ez|e\w*)|iscriviti|inscrivez|jetzt (?:abonnieren|anmelden|registrieren)|subskrybuj)\b[^.]{0,140}(?:newsletter|e-?mail|inbox|updates|alerts|channel|kanal|canal|edition|magazin|now|today|here|free|podcast)\b",
        r"(?i)\b(?:download|get|laden sie|descarga)\b.{0,60}\bapps?\b.{0,60}$",
        r"(?i)\b(?:latest|breaking) (?:news|stories|headlines)\b.{0,60}\b(?:inbox|e-?mail|phone|app|newsletter|sign up|subscribe)",
        r"(?i)^\W*(?:have a (?:news )?tip|got a (?:news )?tip|do you have a (?:story|tip|question)|contact (?:the (?:author|reporter|writer)|us)|email (?:the author|us)|send (?:us )?(?:your )?(?:tips|feedback|a message)|support (?:our|independent) journalism|donate (?:now|today|here)|become a (?:member|subscriber)|hazte (?:socio|miembro))\b",
        // What the reader can do with the page.
        r"(?i)^\W*(?:share(?: this.{0,30}| on.{0,30}| article)?|tweet|print(?: this.{0,20})?|save|teilen|artikel (?:teilen|drucken|merken)|diesen artikel.{0,30}|compartir|comparte|partager|compartilhar|condividi|udostępnij|поделиться)\W*$",
        r"(?i)^\W*(?:leave a (?:reply|comment)|(?:post|write|add) a comment|(?:no|\d+) comments?\b|comments?|view comments|show comments|(?:keine |\d+ )?kommentare?(?: schreiben| verfassen)?|commentaires?|comentarios|comments are closed.?|be the first to comment)\W*$",
        r"(?i)^\W*(?:advertisements?|advertising|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|reklama|реклама|sponsored(?: content)?|promoted(?: content)?|story continues (?:below|after).{0,30}|article continues (?:below|after).{0,30}|continue reading.{0,40}|keep reading|read full (?:story|article)|scroll (?:down )?to continue.{0,30}|load more.{0,20}|lade weitere.{0,20}|show more|back to top|nach oben|zurück.{0,30}|click to (?:enlarge|expand).{0,20}|vergrößern|listen to (?:this )?(?:article|story).{0,20}|permalink|loading\W*|tap to .{0,30}|skip to .{0,30})\W*$",
        r"(?i)^\W*(?:\d{1,2}[- ])?min(?:ute)?s?[- ](?:read|to read)\W*$|^\W*\d{1,2}[- ](?:min(?:ute)?s?\.?[- ]read|min\.? lesezeit|minuten? lesezeit|min(?:utes?)? de lecture|min(?:utos?)? de lectura)\W*$|^\W*(?:reading time|lesezeit|estimated read|tiempo de lectura|temps de lecture)\b.{0,25}$",
        // Whose it is.
        r"(?i)\ball rights reserved\b|\bmay not be (?:published, broadcast|reproduced)\b|\balle rechte vorbehalten\b|\btodos los derechos reservados\b|\btous droits réservés\b|\bwszelkie prawa zastrzeżone\b",
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
        // When.
        r"(?i)^\W*(?:first )?(?:published|updated|last (?:updated|modified|edited)|posted|modified|created|veröffentlicht|veröffentlichung|aktualisiert|zuletzt (?:aktualisiert|geändert)|letzte aktualisierung|stand|erstellt|publicado|actualizado|atualizado|publié|mis à jour|pubblicato|aggiornato|release date|date|datum|fecha|data publikacji|опубликовано)\b.{0,60}\d[^.!?]{0,40}$",
        r"(?i)^\W*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?:day)?\W+)?\d{1,4}(?:st|nd|rd|th)?[\s./-]+(?:de )?[\p{L}\d]{1,10}\.?[\s./-]+(?:de )?\d{2,4}\b[^.!?]{0,40}$",
        r"(?i)^\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}\b[^.!?]{0,40}$",
        // What it is filed under, and where it comes from.
        r"(?i)^\W*(?:tags?|topics?|kategorien?|category|categories|filed under|schlagw(?:ort|örter)|themen|etiquetas|temas|mots[- ]clés|source|quelle|quellen|fuente|fonte|źródło|copyright)\s*:.{0,200}$",
    ])
    .expect("they are patterns")
});

/// Whether `line` says that it is not the article; it stands `near_end` where one of the first or last few lines.
pub(super) fn is_else(line: &str, near_end: bool) -> bool {
    line.chars().count() <= LONGEST && (ANYWHERE.is_match(line) || near_end && ENDS.is_match(line))
}
