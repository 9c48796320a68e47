//! The letters that languages write beside those of ASCII.

use whatlang::Lang;

/// The lower-case letters of a language beside `a` to `z`, with those of words that it borrows often; nothing for
/// languages that no encoding but Unicode holds, or of which nothing is known here.
pub(super) fn letters(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Eng => "éèêëçàâïöüñô",
        Lang::Fra => "àâæçéèêëîïôœùûüÿ",
        Lang::Deu => "äöüßéèàêç",
        Lang::Spa => "áéíñóúü",
        Lang::Por => "áâãàçéêíóôõúü",
        Lang::Ita => "àèéìíîòóùú",
        Lang::Cat => "àçèéíïòóúü",
        Lang::Nld => "áäéëèêïíóöúüç",
        Lang::Afr => "áäéëèêïíîóöôúüû",
        Lang::Swe => "åäöéüàè",
        Lang::Dan | Lang::Nob => "æøåéöäüèòôó",
        Lang::Fin => "äöåšžé",
        Lang::Est => "äöüõšžé",
        Lang::Pol => "ąćęłńóśźżé",
        Lang::Ces => "áčďéěíňóřšťúůýžöüä",
        Lang::Slk => "áäčďéíĺľňóôŕšťúýžěřö",
        Lang::Hun => "áéíóöőúüűä",
        Lang::Ron => "ăâîșțşţéáöü",
        Lang::Slv | Lang::Hrv => "čćđšžé",
        Lang::Srp => "čćđšžабвгдђежзијклљмнњопрстћуфхцчџш",
        Lang::Tur => "çğıöşüâîûi\u{307}",
        Lang::Aze => "çəğıöşüi\u{307}",
        Lang::Tuk => "äçňöşüýž",
        Lang::Lit => "ąčęėįšųūž",
        Lang::Lav => "āčēģīķļņšūžōŗ",
        Lang::Epo => "ĉĝĥĵŝŭ",
        Lang::Cym => "âêîôûŵŷáéíóúäëïöü",
        Lang::Vie => {
            "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ\u{300}\u{301}\u{303}\u{309}\u{323}"
        }
        Lang::Rus => "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        Lang::Ukr => "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        Lang::Bel => "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        Lang::Bul => "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
        Lang::Mkd => "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
        Lang::Ell => "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        Lang::Heb | Lang::Yid => {
            "אבגדהוזחטיךכלםמןנסעףפץצקרשתװױײ\u{5b0}\u{5b1}\u{5b2}\u{5b3}\u{5b4}\u{5b5}\u{5b6}\u{5b7}\u{5b8}\u{5b9}\u{5bb}\u{5bc}\u{5bf}\u{5c1}\u{5c2}"
        }
        Lang::Ara => "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي\u{64b}\u{64c}\u{64d}\u{64e}\u{64f}\u{650}\u{651}\u{652}",
        Lang::Pes => {
            "ءآأؤئابةتثجحخدذرزسشصضطظعغفقكلمنهویيىپچژگک\u{64b}\u{64c}\u{64d}\u{64e}\u{64f}\u{650}\u{651}\u{652}"
        }
        Lang::Urd => "ءآأؤئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکٹڈڑںھہےیۂ",
        _ => return None,
    })
}
