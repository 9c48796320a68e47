//! Sentences in French, Spanish and Arabic with what must be found in them.

use crate::table::{Row, wrong};

const ROWS: &[Row] = &[
    (
        "fr",
        "« Nous avons tout vérifié », a déclaré le porte-parole de la police, Jean Dupont, mardi.",
        &[("« Nous avons tout vérifié »", "le porte-parole de la police, Jean Dupont")],
    ),
    (
        "fr",
        "« Nous avons tout vérifié », a-t-il ajouté. « Il n'y a aucune raison de s'inquiéter. »",
        &[("« Nous avons tout vérifié »", "il"), ("« Il n'y a aucune raison de s'inquiéter. »", "il")],
    ),
    ("fr", "« C'est faux », dit-elle.", &[("« C'est faux »", "elle")]),
    ("fr", "« C’est une honte », déclare-t-elle.", &[("« C’est une honte »", "elle")]),
    (
        "fr",
        "Le ministre a déclaré mardi que la France ne céderait pas aux pressions.",
        &[("que la France ne céderait pas aux pressions", "Le ministre")],
    ),
    ("fr", "Selon l'AFP, trois personnes ont été blessées.", &[("trois personnes ont été blessées", "l'AFP")]),
    ("fr", "Trois personnes ont été blessées, selon la police.", &[("Trois personnes ont été blessées", "la police")]),
    (
        "fr",
        "D'après le ministère de l'Intérieur, trois personnes ont été blessées.",
        &[("trois personnes ont été blessées", "le ministère de l'Intérieur")],
    ),
    ("fr", "Emmanuel Macron a affirmé qu'il ne renoncerait pas.", &[("qu'il ne renoncerait pas", "Emmanuel Macron")]),
    (
        "fr",
        "Le président russe Vladimir Poutine a démenti que son pays ait participé à l'attaque.",
        &[("que son pays ait participé à l'attaque", "Le président russe Vladimir Poutine")],
    ),
    (
        "fr",
        "Jean Dupont, ministre de la Santé, a annoncé que le vaccin serait gratuit.",
        &[("que le vaccin serait gratuit", "Jean Dupont, ministre de la Santé")],
    ),
    (
        "fr",
        "La situation est grave, a expliqué Marie Durand, directrice de l'hôpital.",
        &[("La situation est grave", "Marie Durand, directrice de l'hôpital")],
    ),
    (
        "fr",
        "Elle a dénoncé une décision « inacceptable et dangereuse pour tous ».",
        &[("« inacceptable et dangereuse pour tous »", "Elle")],
    ),
    (
        "fr",
        "Le maire a répondu : « Nous ferons tout notre possible. »",
        &[("« Nous ferons tout notre possible. »", "Le maire")],
    ),
    (
        "fr",
        "Marine Le Pen : « Je ne suis pas surprise par ce résultat. »",
        &[("« Je ne suis pas surprise par ce résultat. »", "Marine Le Pen")],
    ),
    (
        "fr",
        "« Nous ne pouvons pas », a insisté le ministre, « accepter cette proposition. »",
        &[("« Nous ne pouvons pas » … « accepter cette proposition. »", "le ministre")],
    ),
    (
        "fr",
        "Dans un communiqué, le groupe indique que 300 postes seront supprimés.",
        &[("que 300 postes seront supprimés", "le groupe")],
    ),
    ("fr", "Le film « Les Intouchables » sort mercredi.", &[]),
    (
        "fr",
        "Interrogé, le procureur n'a pas confirmé que l'enquête était close.",
        &[("que l'enquête était close", "le procureur")],
    ),
    (
        "fr",
        "L'avocat de la défense a assuré que son client était innocent.",
        &[("que son client était innocent", "L'avocat de la défense")],
    ),
    (
        "fr",
        "Le chef de l'Etat a souligné que « la France ne cèdera rien ».",
        &[("que « la France ne cèdera rien »", "Le chef de l'Etat")],
    ),
    (
        "fr",
        "« La situation reste tendue », selon un porte-parole de l'armée.",
        &[("« La situation reste tendue »", "un porte-parole de l'armée")],
    ),
    (
        "fr",
        "« Je suis très heureux », s'est réjoui l'entraîneur des Bleus, Didier Deschamps.",
        &[("« Je suis très heureux »", "l'entraîneur des Bleus, Didier Deschamps")],
    ),
    (
        "fr",
        "\"Nous allons porter plainte\", a indiqué à l'AFP l'avocate de la famille, Me Claire Dubois.",
        &[("\"Nous allons porter plainte\"", "l'avocate de la famille, Me Claire Dubois")],
    ),
    ("fr", "L'ONU a appelé à « un cessez-le-feu immédiat ».", &[("« un cessez-le-feu immédiat »", "L'ONU")]),
    (
        "fr",
        "Interrogée sur France Inter, Mme Borne a assuré que la réforme serait « juste et équilibrée ».",
        &[("que la réforme serait « juste et équilibrée »", "Mme Borne")],
    ),
    (
        "fr",
        "« On ne lâchera rien ! », ont scandé les manifestants.",
        &[("« On ne lâchera rien ! »", "les manifestants")],
    ),
    (
        "fr",
        "Plus de 300 personnes sont mortes, d'après un nouveau bilan.",
        &[("Plus de 300 personnes sont mortes", "un nouveau bilan")],
    ),
    (
        "fr",
        "Le directeur général explique : « Nous avons perdu beaucoup d'argent. » Il ajoute que la situation va s'améliorer.",
        &[
            ("« Nous avons perdu beaucoup d'argent. »", "Le directeur général"),
            ("que la situation va s'améliorer", "Il"),
        ],
    ),
    (
        "es",
        "\"Hemos comprobado todo\", dijo el portavoz de la policía, Juan Pérez, el martes.",
        &[("\"Hemos comprobado todo\"", "el portavoz de la policía, Juan Pérez")],
    ),
    (
        "es",
        "El ministro afirmó que el Gobierno no cambiará su propuesta.",
        &[("que el Gobierno no cambiará su propuesta", "El ministro")],
    ),
    (
        "es",
        "Según la policía, tres personas resultaron heridas.",
        &[("tres personas resultaron heridas", "la policía")],
    ),
    (
        "es",
        "Tres personas resultaron heridas, según informó la Guardia Civil.",
        &[("Tres personas resultaron heridas", "la Guardia Civil")],
    ),
    (
        "es",
        "De acuerdo con Reuters, tres personas resultaron heridas.",
        &[("tres personas resultaron heridas", "Reuters")],
    ),
    ("es", "Pedro Sánchez ha anunciado que convocará elecciones.", &[("que convocará elecciones", "Pedro Sánchez")]),
    (
        "es",
        "La ministra de Hacienda, María Jesús Montero, señaló que los impuestos no subirán.",
        &[("que los impuestos no subirán", "La ministra de Hacienda, María Jesús Montero")],
    ),
    ("es", "El presidente negó que hubiera recibido dinero.", &[("que hubiera recibido dinero", "El presidente")]),
    (
        "es",
        "La situación es grave, explicó el director del hospital.",
        &[("La situación es grave", "el director del hospital")],
    ),
    (
        "es",
        "\"No vamos a ceder\", sostuvo Sánchez, \"ante las presiones.\"",
        &[("\"No vamos a ceder\" … \"ante las presiones.\"", "Sánchez")],
    ),
    ("es", "El alcalde respondió: \"Haremos todo lo posible.\"", &[("\"Haremos todo lo posible.\"", "El alcalde")]),
    ("es", "Añadió que la medida entrará en vigor en enero.", &[("que la medida entrará en vigor en enero", "")]),
    ("es", "La película \"El laberinto del fauno\" se estrena hoy.", &[]),
    (
        "es",
        "\"Es una vergüenza\", lamentó la portavoz del PP, Cuca Gamarra, en declaraciones a los medios.",
        &[("\"Es una vergüenza\"", "la portavoz del PP, Cuca Gamarra")],
    ),
    (
        "es",
        "El secretario general de la ONU, António Guterres, pidió un alto el fuego \"inmediato y sin condiciones\".",
        &[("\"inmediato y sin condiciones\"", "El secretario general de la ONU, António Guterres")],
    ),
    (
        "es",
        "\"Vamos a ganar\", ha dicho el candidato. \"No tengo ninguna duda.\"",
        &[("\"Vamos a ganar\"", "el candidato"), ("\"No tengo ninguna duda.\"", "el candidato")],
    ),
    (
        "es",
        "Fuentes del ministerio aseguran que la ley estará lista en mayo.",
        &[("que la ley estará lista en mayo", "Fuentes del ministerio")],
    ),
    (
        "es",
        "El juez considera que \"no hay indicios suficientes\" de delito.",
        &[("que \"no hay indicios suficientes\" de delito", "El juez")],
    ),
    ("es", "—No lo sé —dijo Juan.", &[("—No lo sé", "Juan")]),
    (
        "es",
        "Por su parte, la empresa indicó en un comunicado que colaborará con la justicia.",
        &[("que colaborará con la justicia", "la empresa")],
    ),
    (
        "es",
        "La Fiscalía sostiene que el acusado mintió; su abogado lo niega.",
        &[("que el acusado mintió", "La Fiscalía")],
    ),
    (
        "es",
        "Maduro, por su parte, dijo que Estados Unidos \"quiere un golpe de Estado\".",
        &[("que Estados Unidos \"quiere un golpe de Estado\"", "Maduro")],
    ),
    (
        "es",
        "El Gobierno, según el portavoz, aprobará la ley mañana.",
        &[("El Gobierno … aprobará la ley mañana", "el portavoz")],
    ),
    ("es", "\"No habrá elecciones\", según fuentes de Moncloa.", &[("\"No habrá elecciones\"", "fuentes de Moncloa")]),
    ("ar", "قال رئيس الوزراء إن الحكومة لن تغير اقتراحها.", &[("إن الحكومة لن تغير اقتراحها", "رئيس الوزراء")]),
    ("ar", "وأضاف أن القرار سيدخل حيز التنفيذ غدا.", &[("أن القرار سيدخل حيز التنفيذ غدا", "")]),
    ("ar", "رئيس الوزراء قال إن الحكومة لن تغير اقتراحها.", &[("إن الحكومة لن تغير اقتراحها", "رئيس الوزراء")]),
    (
        "ar",
        "\"لن نغير موقفنا أبدا\"، قال المتحدث باسم الحكومة.",
        &[("\"لن نغير موقفنا أبدا\"", "المتحدث باسم الحكومة")],
    ),
    (
        "ar",
        "وقال المتحدث باسم الوزارة: \"لن نغير موقفنا أبدا\".",
        &[("\"لن نغير موقفنا أبدا\"", "المتحدث باسم الوزارة")],
    ),
    ("ar", "بحسب وكالة رويترز، أصيب ثلاثة أشخاص.", &[("أصيب ثلاثة أشخاص", "وكالة رويترز")]),
    ("ar", "أصيب ثلاثة أشخاص، وفقا لوزارة الصحة.", &[("أصيب ثلاثة أشخاص", "وزارة الصحة")]),
    (
        "ar",
        "أعلن رئيس الوزراء يوم الثلاثاء أن الحكومة لن تغير اقتراحها.",
        &[("أن الحكومة لن تغير اقتراحها", "رئيس الوزراء")],
    ),
    ("ar", "نفى الوزير أن يكون قد تلقى أموالا.", &[("أن يكون قد تلقى أموالا", "الوزير")]),
    ("ar", "وأكد محمد علي، مدير المستشفى، أن الوضع خطير.", &[("أن الوضع خطير", "محمد علي، مدير المستشفى")]),
    (
        "ar",
        "وقال المتحدث باسم الخارجية الأمريكية ماثيو ميلر إن بلاده \"تدعم وقف إطلاق النار\".",
        &[("إن بلاده \"تدعم وقف إطلاق النار\"", "المتحدث باسم الخارجية الأمريكية ماثيو ميلر")],
    ),
    ("ar", "وأشار التقرير إلى أن عدد القتلى ارتفع.", &[("أن عدد القتلى ارتفع", "التقرير")]),
    ("ar", "وأفادت مصادر طبية بأن خمسة أشخاص قتلوا.", &[("بأن خمسة أشخاص قتلوا", "مصادر طبية")]),
    ("ar", "«لن نتراجع عن مطالبنا»، بحسب بيان للحركة.", &[("«لن نتراجع عن مطالبنا»", "بيان للحركة")]),
    ("ar", "وفي السياق ذاته، أكدت الحكومة أنها ستواصل العمل.", &[("أنها ستواصل العمل", "الحكومة")]),
    ("ar", "ومن جهته قال الرئيس: «هذا قرار تاريخي للجميع».", &[("«هذا قرار تاريخي للجميع»", "الرئيس")]),
];

#[test]
fn quotes_of_every_sentence_are_found_with_their_sources() {
    let wrong = wrong(ROWS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
