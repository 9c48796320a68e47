//! What lines say that are not the article, language by language.
//!
//! Each is a pattern for a whole line, in lower case, with straight apostrophes, one space between words, and
//! without bullets and brackets around it. A phrase that could begin a sentence of an article must be followed by
//! what no sentence has there.

/// Links to other articles: alone, before a colon, or before a headline, which [`HEADLINE`] says.
pub(super) const LINKS: &str = r"(?:(?:please )?read (?:also|more|next)|also read|read (?:the )?full (?:story|article)|see also|watch also|more on this(?: story| topic)?|more stories|more from [^.]+|related(?: articles?| stor(?:y|ies)| links?| news| content| coverage| topics?)?|recommended(?: for you| stories| reading)?|you (?:may|might) also (?:like|be interested in)|don't miss|most read|most popular|trending(?: now)?|top stories|up next|(?:à )?lire (?:aussi|également)|lire la suite|voir aussi|sur le même sujet|à lire aussi|lesen sie (?:auch|mehr|hier)|mehr zum thema|das könnte sie auch interessieren|auch interessant|le[ae] también|lee? más|leer más|lea además|te puede interesar|también te puede interesar|noticias relacionadas|leggi anche|leggi di più|leggi tutto|potrebbe interessarti(?: anche)?|leia também|leia mais|veja também|saiba mais|читайте также|[اأإ]قر[أا] (?:أيض[اً]+|ايضا|المزيد|كذلك)|شاهد أيض[اً]+|مواضيع ذات صلة|مقالات ذات صلة|طالع أيض[اً]+)";

/// Those links that are never the beginning of a sentence, whatever follows.
pub(super) const PLAIN_LINKS: &str = r"(?:read also article reserved|à lire aussi|lire (?:aussi|également)|lesen sie auch|le[ae] también|leggi anche|leia também|читайте также|[اأإ]قر[أا] (?:أيض[اً]+|ايضا|المزيد)|شاهد أيض[اً]+)";

/// Calls to subscribe, sign up, follow or share, as whole short lines.
pub(super) const CALLS: &[&str] = &[
    r"(?:please )?(?:subscribe|sign up|log in|sign in|register)(?: now| today| here| free| for free)?",
    r"(?:please )?(?:subscribe|sign up|log in|sign in) (?:to|and|for) (?:continue|keep|read|unlock|access)\b.*",
    r"(?:this )?(?:article|content|story) (?:is )?(?:reserved for|for|only available to|exclusively for) (?:our )?subscribers(?: only)?",
    r"already (?:a subscriber|subscribed|registered|a member)(?:\? ?.{0,60}|[.,]? ?(?:please )?(?:log|sign) in(?: here)?)?",
    r"to (?:continue|keep) reading(?: (?:this|the (?:full|rest of the))? ?(?:article|story))?,? (?:please )?(?:subscribe|sign up|sign in|log in|register|create|start|become a|click)\b.{0,60}",
    r"support (?:our|independent|quality) journalism(?: (?:today|now|with|by|from) .{0,40})?!?",
    r"become a (?:member|subscriber|supporter)(?: today| now| here)?!?(?: (?:and|to) (?:support|get|read|help|enjoy|unlock)\b[^,]{0,60})?",
    r"share(?: this)?(?: article| story| post| page| with your friends)?(?: on (?:twitter|x|facebook|linkedin|telegram|whatsapp|reddit|email)(?:,? (?:and |or )?(?:twitter|x|facebook|linkedin|telegram|whatsapp|reddit|email))*)?",
    r"(?:share|tweet|print|email|e-mail|comments?|copy link|bookmark)(?:(?:,| and| \||) ?(?:share|tweet|print|email|e-mail|comments?|copy link))*",
    r"(?:(?:follow|like|find|join) (?:us|me|our [^.,:;]{1,30}|@\w+)|follow (?:\S+ ){0,3}\S+) on (?:twitter|x|facebook|instagram|youtube|linkedin|telegram|whatsapp|mastodon|bluesky|threads|tiktok|google news)(?:(?:,| and|,? or| &)+ (?:on )?(?:twitter|x|facebook|instagram|youtube|linkedin|telegram|whatsapp|mastodon|bluesky|threads|tiktok|google news))*(?: ?[:@].{1,60}| @\w+| (?:for|and get) (?:more|the latest|all|breaking|daily|live|our)\b[^,]{0,50})?!?",
    r"(?:advertisement|advertising|sponsored(?: content)?|promoted(?: content)?|ad|story continues below(?: advertisement)?|article continues (?:below|after).{0,30}|continue reading(?: below| the main story)?|skip (?:to (?:main |the )?(?:content|comments?|navigation|footer|end of .{1,20})|advertisement|past newsletter.{0,20})|scroll (?:down )?to continue.{0,20})",
    r"(?:publicité|anzeige|werbung|publicidad|pubblicità|publicidade|реклама|إعلان|اعلان)",
    r"(?:article réservé|contenu réservé|réservé) (?:à nos|aux) abonnés.*",
    r"(?:abonnez-vous|inscrivez-vous|s'abonner|partager|suivez-nous(?: sur .+)?|partager sur .+|partager cet article)",
    r"(?:jetzt abonnieren|artikel teilen|teilen|folgen sie uns (?:auf|bei) .+|zum newsletter anmelden)",
    r"(?:compartir(?: en .+)?|síguenos en .+|suscríbete|condividi(?: su .+)?|seguici su .+|abbonati|compartilhe(?: .+)?|siga-nos .+|assine)",
    r"(?:شارك(?: المقال| الخبر| على .+)?|تابعونا على .+|تابعنا على .+)",
];

/// Somebody is asked, not told of, to take a newsletter or the like; anywhere in a short paragraph.
pub(super) const LETTERS: &str = r"(?:^|[.!?:–—] |^to [^.]+, )(?:please |and )?(?:(?:subscribe|sign up|sign-up) (?:now |here |today |free )?(?:to|for|our|the|us|on)|(?:register|join|get|receive) (?:now |here |today |free )?(?:for |to |us )?our)\b[^.!?]*\b(?:newsletters?|mailing list|email list|e-mail list|podcast|telegram channel|whatsapp channel|youtube channel|daily briefing|morning briefing|inbox)\b|(?:^|[.!?:–—] )(?:abonnez-vous|inscrivez-vous) (?:à|gratuitement)[^.!?]*(?:newsletter|lettre|infolettre)|(?:^|[.!?:–—] )(?:abonnieren sie|melden sie sich)[^.!?]*newsletter|(?:^|[.!?:–—] )(?:suscríb[ea](?:te|se)|apúntate|iscriviti|iscrivetevi|assine|inscreva-se|cadastre-se)[^.!?]*(?:newsletter|boletín|boletim)|^اشترك(?:وا)? في (?:نشرتنا|النشرة|قناتنا).*";

/// What stands before the name of who made a picture.
pub(super) const MAKERS: &str =
    "(?:photo|photograph|image|picture|illustration|video|foto) (?:by|courtesy of|courtesy|via|credit|von|de|di)";

/// Who made or owns a picture, and what is on it, as whole lines.
pub(super) const CREDITS: &[&str] = &[
    r"(?:file photo|file picture|file image|photo|photos|photograph|photography|image|images|picture|pictures|photo credit|photo credits|image credit|image credits|picture credit|image source|image caption|photo caption|media caption|credit|photo illustration|crédit photo|crédits photo|crédit|photographie|foto|fotos|bild|bilder|symbolbild|fotografía|crédito|foto de archivo|foto di archivio|imagen|imagem|immagine|фото|صورة|الصورة|تصوير) ?[:|/] ?.{1,300}",
    r"(?:file photo|getty images|reuters|ap photo|afp photo|afp/getty images|getty|shutterstock|istock|alamy|symbolbild)",
    r"image (?:source|caption|copyright), [^,]{1,300}",
    r"image (?:source|copyright) (?:getty images|reuters|afp|ap|epa|pa|pa media|shutterstock|alamy)",
    r"(?:courtesy of|via) (?:getty images|reuters|ap|afp|shutterstock)",
];

/// Where it was published first, and who owns it, as whole lines.
pub(super) const OWNERS: &[&str] = &[
    r"source site[ -]?\d*",
    r"(?:source link|original source|read original|view original|original article|source)",
    r"(?:source|via|original source|originally published (?:at|on)) ?:? ?(?:https?://|www\.)\S+",
    r"(?:©|copyright (?:©|\(c\)|\d{4})).{0,150}",
    r"copyright by [^,;]{2,40}\d{4}.{0,40}",
    r"(?:.{0,100}[.,|–—:©] ?|.{0,60}\b\d{4} )?all rights reserved(?:[.!|–—] ?.{0,60})?",
    r"this (?:article|story|piece|post|essay|interview|column) (?:was |has been )?(?:originally|first) (?:published|appeared|posted|ran)(?: [^,;]{1,90})?",
    r"this (?:article|story|piece|post|essay) (?:appeared|appears|ran) in [^,;]{1,60}",
    // A date may end it, but nothing follows that.
    r"(?:originally|first) (?:published|posted|appeared) (?:at|in|on|by) (?:https?://\S+|[^,;:\d]{0,50}(?:\d{1,2}(?:st|nd|rd|th)?,? ?(?:\p{L}{3,9},? ?)?)?(?:\d{4})?)",
    r"(?:re)?(?:published|printed|posted) (?:here )?(?:with (?:the )?(?:kind )?permission|under (?:a|the) creative commons)\b[^,;]{0,80}",
];

/// Words before a name that say who wrote the article.
pub(super) const BY: &[&str] = &["By", "Written by", "Reported by", "Von", "Par", "Por", "Di", "بقلم:", "بقلم"];

/// News agencies, as they stand in a dateline.
pub(super) const AGENCIES: &str = r"(?:Reuters|REUTERS|AP|AFP|dpa|DPA|dpa-AFX|EFE|ANSA|UPI|Xinhua|TASS|PTI|ANI|IANS|Bloomberg|KUNA|WAM|SPA|MENA|APA|SDA|sda|Lusa|LUSA|MAP|APS|TAP|Anadolu|AA|Kyodo|Yonhap|CNN|NNA|IPS|CNA|RFE/RL|VOA|CP|AAP|PA|RTR|Europa Press|Agencia EFE)";
