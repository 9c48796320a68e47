//! German sentences with what must be found in them.

use crate::table::{Row, wrong};

const ROWS: &[Row] = &[
    (
        "de",
        "„Wir haben alles geprüft“, sagte der Sprecher der Behörde, Hans Müller, am Dienstag.",
        &[("„Wir haben alles geprüft“", "der Sprecher der Behörde, Hans Müller")],
    ),
    (
        "de",
        "„Wir haben alles geprüft“, sagte Müller der Deutschen Presse-Agentur (dpa) am Montag in Berlin.",
        &[("„Wir haben alles geprüft“", "Müller")],
    ),
    (
        "de",
        "„Wir haben alles geprüft“, sagte er gegenüber Journalisten. „Es gibt keinen Grund zur Sorge.“",
        &[("„Wir haben alles geprüft“", "er"), ("„Es gibt keinen Grund zur Sorge.“", "er")],
    ),
    ("de", "„Wir haben alles geprüft“ – so Müller.", &[("„Wir haben alles geprüft“", "Müller")]),
    (
        "de",
        "„Wir haben alles geprüft“, heißt es in der Mitteilung des Ministeriums.",
        &[("„Wir haben alles geprüft“", "der Mitteilung des Ministeriums")],
    ),
    ("de", "Müller: „Wir haben alles geprüft.“", &[("„Wir haben alles geprüft.“", "Müller")]),
    (
        "de",
        "„Das ist falsch!“ rief die Abgeordnete Petra Meier.",
        &[("„Das ist falsch!“", "die Abgeordnete Petra Meier")],
    ),
    (
        "de",
        "„Wir haben“, sagte Müller, „alles geprüft und nichts gefunden.“",
        &[("„Wir haben“ … „alles geprüft und nichts gefunden.“", "Müller")],
    ),
    ("de", "„Wir haben alles geprüft“, wird Müller zitiert.", &[("„Wir haben alles geprüft“", "Müller")]),
    (
        "de",
        "Der Minister sagte am Montag in Berlin, die Lage sei ernst. Man müsse jetzt handeln.",
        &[("die Lage sei ernst", "Der Minister"), ("Man müsse jetzt handeln.", "Der Minister")],
    ),
    (
        "de",
        "Das Vorgehen sei rechtswidrig, sagte der Anwalt der Klägerin. Er habe Beschwerde eingelegt.",
        &[
            ("Das Vorgehen sei rechtswidrig", "der Anwalt der Klägerin"),
            ("Er habe Beschwerde eingelegt.", "der Anwalt der Klägerin"),
        ],
    ),
    (
        "de",
        "Der Konzern hat nach eigenen Angaben 300 Stellen gestrichen.",
        &[("Der Konzern hat … 300 Stellen gestrichen", "eigenen Angaben")],
    ),
    (
        "de",
        "Laut einem Bericht der „Süddeutschen Zeitung“ will die Regierung das Gesetz ändern.",
        &[("will die Regierung das Gesetz ändern", "einem Bericht der „Süddeutschen Zeitung“")],
    ),
    (
        "de",
        "Drei Menschen wurden verletzt, wie die Polizei am Montag mitteilte.",
        &[("Drei Menschen wurden verletzt", "die Polizei")],
    ),
    (
        "de",
        "Merkel nannte den Anschlag „abscheulich“ und sprach den Angehörigen ihr Beileid aus.",
        &[("„abscheulich“", "Merkel")],
    ),
    (
        "de",
        "Der Präsident sprach von einem „schwarzen Tag für die Demokratie“.",
        &[("„schwarzen Tag für die Demokratie“", "Der Präsident")],
    ),
    (
        "de",
        "Außenminister Frank-Walter Steinmeier (SPD) erklärte in New York, er sehe „keinen anderen Weg“.",
        &[
            ("er sehe „keinen anderen Weg“", "Außenminister Frank-Walter Steinmeier (SPD)"),
            ("„keinen anderen Weg“", "Außenminister Frank-Walter Steinmeier (SPD)"),
        ],
    ),
    (
        "de",
        "Nach Ansicht des Vorsitzenden der FDP, Christian Lindner, ist der Plan gescheitert.",
        &[("ist der Plan gescheitert", "des Vorsitzenden der FDP, Christian Lindner")],
    ),
    (
        "de",
        "Ein Sprecher des Verteidigungsministeriums wies die Vorwürfe zurück: „Das entbehrt jeder Grundlage.“",
        &[("„Das entbehrt jeder Grundlage.“", "Ein Sprecher des Verteidigungsministeriums")],
    ),
    (
        "de",
        "\"Wir sind bereit\", so Obama. \"Es wird Zeit.\"",
        &[("\"Wir sind bereit\"", "Obama"), ("\"Es wird Zeit.\"", "Obama")],
    ),
    ("de", "»Wir sind bereit«, sagte die Kanzlerin der »Bild am Sonntag«.", &[("»Wir sind bereit«", "die Kanzlerin")]),
    (
        "de",
        "Er sei „tief betroffen“, teilte der Papst mit.",
        &[("Er sei „tief betroffen“", "der Papst"), ("„tief betroffen“", "der Papst")],
    ),
    ("de", "In dem Film „Das Leben der Anderen“ spielt er die Hauptrolle.", &[]),
    ("de", "Das Album „Thriller“ erschien 1982.", &[]),
    (
        "de",
        "„Der Spiegel“ berichtete, die Verhandlungen seien gescheitert.",
        &[("die Verhandlungen seien gescheitert", "„Der Spiegel“")],
    ),
    ("de", "Zeugen berichteten, der Mann habe um sich geschossen.", &[("der Mann habe um sich geschossen", "Zeugen")]),
    (
        "de",
        "„Ich habe nichts getan“, beteuerte der 34-jährige Angeklagte vor Gericht.",
        &[("„Ich habe nichts getan“", "der 34-jährige Angeklagte")],
    ),
    (
        "de",
        "Dazu sagte der Vorsitzende der Kommission, Jean-Claude Juncker: „Wir werden gewinnen.“",
        &[("„Wir werden gewinnen.“", "der Vorsitzende der Kommission, Jean-Claude Juncker")],
    ),
    ("de", "Der Pilot soll betrunken gewesen sein.", &[("Der Pilot soll betrunken gewesen sein.", "")]),
    (
        "de",
        "In einem Interview mit dem Magazin „Focus“ sagte der Forscher: „Das Risiko ist gering.“",
        &[("„Das Risiko ist gering.“", "der Forscher")],
    ),
    (
        "de",
        "Wie der Direktor des Amtes, Smith Dharmmasaroj, mitteilte, wurden die Menschen nicht gewarnt.",
        &[("wurden die Menschen nicht gewarnt", "der Direktor des Amtes, Smith Dharmmasaroj")],
    ),
    (
        "de",
        "Die Pläne, die seit Monaten bekannt sind, bezeichnete er als „Anschlag auf die Demokratie“.",
        &[("„Anschlag auf die Demokratie“", "er")],
    ),
    (
        "de",
        "Celebi, die Anwältin der Frau, gab an, dass ihre Mandantin Angst hatte.",
        &[("dass ihre Mandantin Angst hatte", "Celebi, die Anwältin der Frau")],
    ),
    ("de", "Während die Experten rechneten, setzten die Helfer ihre Arbeit fort.", &[]),
    ("de", "Er fuhr nach Hause, wo seine Familie wartete.", &[]),
    (
        "de",
        "Von der Leyen sagte der „Bild am Sonntag“: „Wir brauchen mehr Krippen.“",
        &[("„Wir brauchen mehr Krippen.“", "Von der Leyen")],
    ),
    (
        "de",
        "„Russland ohne Putin!“, skandierten die Demonstranten.",
        &[("„Russland ohne Putin!“", "die Demonstranten")],
    ),
    (
        "de",
        "Bei der Explosion starb ein Arbeiter. Das teilte die Feuerwehr am Abend mit.",
        &[("Bei der Explosion starb ein Arbeiter.", "die Feuerwehr")],
    ),
    (
        "de",
        "Der Direktor gratulierte dem Team: Der Preis sei eine Auszeichnung.",
        &[("Der Preis sei eine Auszeichnung", "Der Direktor")],
    ),
    (
        "de",
        "Der Verband lehnte dies ab; die Fahrer seien schon jetzt die Verlierer, hieß es in einer Stellungnahme.",
        &[("die Fahrer seien schon jetzt die Verlierer", "einer Stellungnahme")],
    ),
    (
        "de",
        "Die Agentur zitiert dazu Müller mit den Worten: „Wir haben alles geprüft.“",
        &[("„Wir haben alles geprüft.“", "Müller")],
    ),
    (
        "de",
        "Der Chef der Grünen, Volker Beck, und Wolfgang Wieland, Sprecher für Inneres, forderten, das Gesetz zu ändern.",
        &[("das Gesetz zu ändern", "Der Chef der Grünen, Volker Beck, und Wolfgang Wieland, Sprecher für Inneres")],
    ),
    (
        "de",
        "Als Grund gab die Schule an, die Partei habe sich nicht zu erkennen gegeben.",
        &[("die Partei habe sich nicht zu erkennen gegeben", "die Schule")],
    ),
    (
        "de",
        "Die Organisation „Reporter ohne Grenzen“ nannte das Urteil einen „Skandal“.",
        &[("„Skandal“", "Die Organisation „Reporter ohne Grenzen“")],
    ),
    (
        "de",
        "„Es war gut“, sagte Schröder der „Zeit“. Und weiter: „Ich habe nie Geld genommen.“",
        &[("„Es war gut“", "Schröder"), ("„Ich habe nie Geld genommen.“", "Schröder")],
    ),
    (
        "de",
        "In den Medien war der Auftrag schon als „Geschäft des Jahrhunderts“ bezeichnet worden.",
        &[("„Geschäft des Jahrhunderts“", "den Medien")],
    ),
    (
        "de",
        "Der Minister zeigte sich enttäuscht. Er respektiere das Urteil.",
        &[("Er respektiere das Urteil.", "Der Minister")],
    ),
    ("de", "Die Truppe bestätigte den Vorfall, machte jedoch keine Angaben zu Opfern.", &[]),
];

#[test]
fn quotes_of_every_german_sentence_are_found_with_their_sources() {
    let wrong = wrong(ROWS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
