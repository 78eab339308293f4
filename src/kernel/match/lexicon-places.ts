/**
 * Countries by ISO 3166-1 code, as twenty languages call them, in Latin letters and lower case: a company's daughter is called by its country, and Schweiz is Switzerland.
 * Only names of organisations are looked up here. Data derived from the Unicode CLDR (Unicode Licence V3, see NOTICE), region names.
 */
import { readTable } from './lexicon-table.ts'

const PLACES = `
ad: andorra|andorre|andora; ae: united arab emirates|emiratos arabes unidos|emirats arabes unis|vereinigte arabische emirate|
verenigde arabische emiraten|emirados arabes unidos|emirati arabi uniti|forenade arabemiraten|arabiemiirikunnat|
zjednoczone emiraty arabskie|spojene arabske emiraty|birlesik arap emirlikleri|oae|ujedinjeni arapski emirati|emiratele arabe unite|
egyesult arab emirsegek|inomena aravika emirata|uae|dubai|abu dhabi; af: afghanistan|afganistan|afeganistao|afganisztan;
ag: antigua and barbuda|antigua y barbuda|antigua et barbuda|antigua und barbuda|antigua en barbuda|antigua e barbuda|antigua och barbuda|
antigua og barbuda|antigua ja barbuda|antigua i barbuda|antigua a barbuda|antigua ve barbuda|antigva i barbuda|antigua si barbuda|
antigua es barbuda|antingoua ke barmbounta; ai: anguilla|anguila|angilya|anguile|angvila|anngouila; al: albania|albanie|albanien|
arnavutluk|albaniya|shqiperi|albanija|alvania; am: armenia|armenie|armenien|ermenistan|armeniya|armeni|armenija|ormenyorszag; an: curacao|
curazao|kyurasao|kurasao|kourasao; ao: angola|angole; aq: antarctica|antartida|antarctique|antarktis|antartide|antarktyda|antarktida|
antarktika|antarktike|antarktisz|antarktiki; ar: argentina|argentine|argentinien|argentinie|argentiina|argentyna|arjantin|argjentine|
argentini; as: american samoa|samoa americana|samoa americaines|amerikanisch samoa|amerikaans samoa|samoa americane|amerikanska samoa|
amerikansk samoa|amerikan samoa|samoa amerykanskie|americka samoa|amerikan samoasi|amerikanskoe samoa|samoa amerikane|amerikai szamoa|
amerikaniki samoa; at: austria|autriche|osterreich|oostenrijk|osterrike|ostrig|itavalta|rakousko|avusturya|avstriya|austri|austrija|
ausztria|afstria; au: australia|australie|australien|avustralya|avstraliya|australi|australija|ausztralia|afstralia; aw: aruba|arube|
aroumba; ax: aland islands|islas aland|iles aland|alandinseln|aland|ilhas aland|isole aland|ahvenanmaa|wyspy alandzkie|alandy|
aland adalari|alandskie o va|ishujt alande|alandski otoci|insulele aland|aland szigetek|nisi olant; az: azerbaijan|azerbaiyan|azerbaidjan|
aserbaidschan|azerbeidzjan|azerbaijao|azerbaigian|azerbajdzjan|aserbajdsjan|azerbaidzan|azerbejdzan|azerbajdzan|azerbaycan|azerbaydzhan|
azerbajxhan|azerbajdzsan|azermbaitzan; ba: bosnia and herzegovina|bosnia|bosnia y herzegovina|bosnie herzegovine|bosnien und herzegowina|
bosnie en herzegovina|bosnia e herzegovina|bosnia ed erzegovina|bosnien och hercegovina|bosnia hercegovina|bosnien hercegovina|
bosnia ja hertsegovina|bosnia i hercegowina|bosna a hercegovina|bosna hersek|bosniya i gertsegovina|bosnje hercegovine|bosna i hercegovina|
bosnia si hertegovina|bosznia hercegovina|vosnia erzegovini; bb: barbados|barbade|barmbintos; bd: bangladesh|banglades|bangladesch|
bangladesz|bannglantes; be: belgium|belgica|belgique|belgien|belgie|belgio|belgia|belcika|belgiya|belgjike|belgija|velgio;
bf: burkina faso|burquina faso|bourkina faso; bg: bulgaria|bulgarie|bulgarien|bulgarije|bulharsko|bulgaristan|bolgariya|bullgari|bugarska|
voulgaria; bh: bahrain|barein|bahrein|bahrajn|bahreyn|bakhreyn|bahrejn|bachrin; bi: burundi|bourounti; bj: benin; bl: st barthelemy|
san bartolome|saint barthelemy|sao bartolomeu|s t barthelemy|svaty bartolomej|sen bartelemi|agios vartholomeos; bm: bermuda|bermudas|
bermudes|bermudy|bermudskie o va|bermude|bermudi|vermoudes; bn: brunei|brunei darussalam|brunej|bruney|brouni; bo: bolivia|bolivie|
bolivien|boliwia|bolivya|boliviya|bolivi|bolivija|volivia; bq: caribbean netherlands|caribe neerlandes|pays bas caribeens|
karibische niederlande|caribisch nederland|paises baixos caribenhos|caraibi olandesi|karibiska nederlanderna|karibisk nederland|
karibian alankomaat|niderlandy karaibskie|karibske nizozemsko|karayip hollandasi|karaibet holandeze|karipski otoci nizozemske|
insulele caraibe olandeze|holland karib terseg|ollandia karaivikis; br: brazil|brasil|bresil|brasilien|brazilie|brasile|brasilia|brazylia|
brezilya|braziliya|brazilia|vrazilia; bs: bahamas|bahama|bahamy|bahamalar|bagamy|bahami|bahama szigetek|bachames; bt: bhutan|butan|bhoutan|
butao|boutan; bu: myanmar|mianmar|mjanma|myanma|mjanmar; bv: bouvet island|isla bouvet|ile bouvet|bouvetinsel|bouveteiland|ilha bouvet|
isola bouvet|bouveton|bouvetoya|bouvetoen|bouvetnsaari|wyspa bouveta|bouvetuv ostrov|bouvet adasi|o v buve|ishulli bove|otok bouvet|
insula bouvet|bouvet sziget|nisos bouve; bw: botswana|botsuana|botsvana|botsvane|bocvana|botsouana; by: belarus|bielorrusia|bielorussie|
bielorrussia|bielorussia|valko venaja|bialorus|belorusko|bjellorusi|bjelorusija|belarusz|lefkorosia; bz: belize|belice|beliz; ca: canada|
kanada|kanadas; cc: cocos islands|islas cocos|iles cocos|kokosinseln|cocoseilanden|ilhas cocos|isole cocos|kokosoarna|kokosoyene|
cocosoerne|kookossaaret|wyspy kokosowe|kokosove ostrovy|cocos adalari|kokosovye o va|ishujt kokos|kokosovi otoci|insulele cocos|
kokusz szigetek|nisi kokos; cd: congo kinshasa|kongo kinshasa|kongo|kongon demokraattinen tasavalta|demokratyczna republika konga|
kongo kinsasa|konngo kinsasa; cf: central african republic|republica centroafricana|republique centrafricaine|zentralafrikanische republik|
centraal afrikaanse republiek|republica centro africana|repubblica centrafricana|centralafrikanska republiken|
den sentralafrikanske republikk|den centralafrikanske republik|keski afrikan tasavalta|republika srodkowoafrykanska|
stredoafricka republika|orta afrika cumhuriyeti|tsentralno afrikanskaya respublika|srednjoafricka republika|republica centrafricana|
kozep afrikai koztarsasag|kentroafrikaniki dimokratia; cg: congo brazzaville|congo|kongo brazzaville|republica do congo|kongon tasavalta|
kongo brazavil|kongo brazzavil|kongo brazavile|konngo brazavil; ch: switzerland|suiza|suisse|schweiz|zwitserland|suica|svizzera|sveits|
sveitsi|szwajcaria|svycarsko|isvicre|shveytsariya|zvicer|svicarska|elvetia|svajc; ci: cote divoire|ivoorkust|costa do marfim|costa davorio|
elfenbenskusten|elfenbenskysten|norsunluurannikko|pobrezi slonoviny|kot divuar|obala bjelokosti|elefantcsontpart|akti elefantostou;
ck: cook islands|islas cook|iles cook|cookinseln|cookeilanden|ilhas cook|isole cook|cookoarna|cookoyene|cookoerne|cookinsaaret|wyspy cooka|
cookovy ostrovy|cook adalari|o va kuka|ishujt kuk|cookovi otoci|insulele cook|cook szigetek|nisi kouk; cl: chile|chili|cile|sili|kili;
cm: cameroon|camerun|cameroun|kamerun|kameroen|camaroes|kameroun; cn: china|chine|cina|kina|kiina|chiny|cin|kitay|kine|prc; co: colombia|
colombie|kolumbien|kolumbia|kolumbie|kolombiya|kolumbiya|kolumbi|kolumbija|columbia|kolomvia; cq: sark|sercq; cr: costa rica|kostaryka|
kostarika|kosta rika|kosta rike; cs: serbia|serbie|serbien|servie|servia|srbsko|sirbistan|serbiya|serbi|srbija|szerbia; cu: cuba|kuba|
kuuba|kube|kouva; cv: cape verde|cabo verde|cap vert|kaapverdie|capo verde|kap verde|kapp verde|republika zielonego przyladka|kapverdy|
kabo verde|kepi i gjelber|zelenortska republika|capul verde|zold foki koztarsasag|prasino akrotirio; cw: ; cx: christmas island|
isla de navidad|ile christmas|weihnachtsinsel|christmaseiland|ilha christmas|isola christmas|julon|christmasoya|juleoen|joulusaari|
wyspa bozego narodzenia|vanocni ostrov|christmas adasi|o v rozhdestva|ishulli i krishtlindjes|bozicni otok|insula christmas|
karacsony sziget|nisos ton christougennon; cy: cyprus|chipre|chypre|zypern|cipro|cypern|kypros|cypr|kypr|kibris|kipr|qipro|cipar|cipru|
ciprus; cz: czechia|chequia|tchequie|tschechien|tsjechie|tchequia|cechia|tjeckien|tsjekkia|tjekkiet|tsekki|czechy|cesko|cekya|chekhiya|
ceki|ceska|cehia|csehorszag|tsechia|czech republic; dd: germany|alemania|allemagne|deutschland|duitsland|alemanha|germania|tyskland|saksa|
niemcy|nemecko|almanya|germaniya|gjermani|njemacka|nemetorszag; de: ; dj: djibouti|yibuti|dschibuti|djibuti|gibuti|dzibuti|dzibutsko|
cibuti|dzhibuti|xhibuti|dzsibuti|tzimbouti; dk: denmark|dinamarca|danemark|denemarken|danimarca|danmark|tanska|dania|dansko|danimarka|
daniya|danimarke|danska|danemarca; dm: dominica|dominique|dominika|dominike; do: dominican republic|republica dominicana|
republique dominicaine|dominikanische republik|dominicaanse republiek|repubblica dominicana|dominikanska republiken|
den dominikanske republikk|den dominikanske republik|dominikaaninen tasavalta|dominikana|dominikanska republika|dominik cumhuriyeti|
dominikanskaya respublika|republika dominikane|dominikai koztarsasag|dominikani dimokratia; dy: ; dz: algeria|argelia|algerie|algerien|
algerije|algeriet|algieria|alzirsko|cezayir|alzhir|algjeri|alzir; ec: ecuador|equateur|equador|ekwador|ekvador|ekuador|isimerinos;
ee: estonia|estonie|estland|viro|estonsko|estonya|estoniya|estoni|estonija|esztorszag|esthonia; eg: egypt|egipto|egypte|agypten|egito|
egitto|egypten|egypti|egipt|misir|egipet|egjipt|egipat|egyiptom|egyptos; eh: western sahara|sahara occidental|westsahara|westelijke sahara|
saara ocidental|sahara occidentale|vastsahara|vest sahara|vestsahara|lansi sahara|sahara zachodnia|zapadni sahara|bati sahra|
zapadnaya sakhara|saharaja perendimore|zapadna sahara|sahara occidentala|nyugat szahara|dytiki sachara; er: eritrea|erythree|eritreia|
erytrea|eritre|eritreya|eritreja|eritreea|erythrea; es: spain|espana|espagne|spanien|spanje|espanha|spagna|spania|espanja|hiszpania|
spanelsko|ispanya|ispaniya|spanjolska|spanyolorszag|ispania; et: ethiopia|etiopia|ethiopie|athiopien|etiopien|etiopie|etiyopya|efiopiya|
etiopi|etiopija; fi: finland|finlandia|finlande|finnland|suomi|finsko|finlandiya|finlyandiya|finska|finlanda|finnorszag; fj: fiji|fiyi|
fidji|fidschi|figi|fidzi|fidzhi|fixhi|fidzsi|fitzi; fk: falkland islands|islas malvinas|iles malouines|falklandinseln|falklandeilanden|
ilhas malvinas|isole falkland|falklandsoarna|falklandsoyene|falklandsoerne|falklandinsaaret|falklandy|falklandske ostrovy|falkland adalari|
folklendskie o va|ishujt falkland|falklandski otoci|insulele falkland|falkland szigetek|nisi foklant; fm: micronesia|micronesie|
mikronesien|mikronesiafoderasjonen|mikronesia|mikronezja|mikronesie|mikronezya|federativnye shtaty mikronezii|mikronezi|mikronezija|
micronezia|mikronezia|mikronisia; fo: faroe islands|islas feroe|iles feroe|faroer|faeroer|ilhas faroe|isole faer oer|faroarna|faeroyene|
faeroerne|farsaaret|wyspy owcze|faerske ostrovy|faroe adalari|farerskie o va|ishujt faroe|farski otoci|insulele feroe|feroer szigetek|
nisi feroes; fr: france|francia|frankreich|frankrijk|franca|frankrike|frankrig|ranska|francja|francie|fransa|frantsiya|francuska|franta|
franciaorszag|gallia; fx: ; ga: gabon|gabun|gabao|gambon; gb: united kingdom|reino unido|royaume uni|r u|vereinigtes konigreich|
verenigd koninkrijk|regno unito|storbritannien|storbritannia|iso britannia|britannia|wielka brytania|wlk bryt|spojene kralovstvi|
birlesik krallik|velikobritaniya|britaniya|mbreteria e bashkuar|ujedinjeno kraljevstvo|regatul unit|egyesult kiralysag|inomeno vasilio|uk|
england|great britain|britain; gd: grenada|granada|grenade|granade; ge: georgie|georgien|gruzja|gruzie|gurcistan|gruziya|gjeorgji|gruzija|
gruzia; gf: french guiana|guayana francesa|guyane francaise|franzosisch guayana|frans guyana|guiana francesa|guyana francese|
franska guyana|fransk guyana|ranskan guayana|gujana francuska|francouzska guyana|fransiz guyanasi|frantsuzskaya gviana|guajana franceze|
francuska gijana|guyana franceza|francia guyana|galliki gouiana; gg: guernsey|guernesey|gernsi|gernsej|gernzi; gh: ghana|gana|gane;
gi: gibraltar|gibilterra|cebelitarik|gjibraltar|givraltar; gl: greenland|groenlandia|groenland|gronland|gronlanti|grenlandia|gronsko|
grenlandiya|grenlande|grenland|groenlanda|grilandia; gm: gambia|gambie|gambiya|gambi|gambija; gn: guinee|guine|gwinea|gine|gvineya|gvineja|
guineea|gouinea; gp: guadeloupe|guadalupe|guadalupa|gwadelupa|gvadelupa|guadelupe|guadelupa|gouadeloupi; gq: equatorial guinea|
guinea ecuatorial|guinee equatoriale|aquatorialguinea|equatoriaal guinea|guine equatorial|guinea equatoriale|ekvatorialguinea|
ekvatorial guinea|aekvatorialguinea|paivantasaajan guinea|gwinea rownikowa|rovnikova guinea|ekvator ginesi|ekvatorialnaya gvineya|
guineja ekuatoriale|ekvatorska gvineja|guineea ecuatoriala|egyenlitoi guinea|isimerini gouinea; gr: greece|grecia|grece|griechenland|
griekenland|grekland|hellas|graekenland|kreikka|grecja|recko|yunanistan|gretsiya|greqi|grcka|gorogorszag|ellada;
gs: sydgeorgien och sydsandwichoarna; gt: guatemala|gwatemala|gvatemala|guatemale|gouatemala; gu: guam|gouam; gw: guinea bissau|
guinea bisau|guinee bissau|guine bissau|gwinea bissau|gine bissau|gvineya bisau|guine bisau|gvineja bisau|guineea bissau|bissau guinea|
gouinea bisaou; gy: guyana|guiana|gujana|gayana|guajane|gvajana|gouiana; hk: hong kong|sonderverwaltungsregion hongkong|hongkong|
hongkong sar|hongkong sar kina|sar hongkong|hongkong kiinan erityishallintoalue|sra hongkong|hongkong zao ciny|gonkong|hongkong kkt|
chonng konng|hong kong|hongkong; hm: heard und mcdonaldinseln|heard en mcdonaldeilanden|heardon och mcdonaldoarna|heard og mcdonaldoyene|
heard ja mcdonaldinsaaret; hn: honduras|gonduras|ondoura; hr: croatia|croacia|croatie|kroatien|kroatie|croazia|kroatia|chorwacja|
chorvatsko|hirvatistan|khorvatiya|kroaci|hrvatska|horvatorszag; ht: haiti|gaiti|aiti; hu: hungary|hungria|hongrie|ungarn|hongarije|
ungheria|ungern|unkari|wegry|madarsko|macaristan|vengriya|hungari|madarska|ungaria|magyarorszag|oungaria; hv: ; id: indonesia|indonesie|
indonesien|indonezja|endonezya|indoneziya|indonezi|indonezija|indonezia|indonisia; ie: ireland|irlanda|irlande|irland|ierland|irlanti|
irlandia|irsko|irlandiya|irska|irorszag; il: israel|israele|izrael|israil|izrail; im: isle of man|isla de man|ile de man|ilha de man|
isola di man|man|mansaari|wyspa man|ostrov man|man adasi|o v men|ishulli i manit|otok man|insula man|man sziget|nisos tou man; in: india|
inde|indien|intia|indie|hindistan|indiya|indi|indija; io: brits indische oceaanterritorium|britske indickooceanske uzemi|
britanski indijskooceanski teritorij; iq: iraq|irak|iraque; ir: iran|ira; is: iceland|islandia|islande|island|ijsland|islanda|islanti|
izlanda|islandiya|izland; it: italy|italia|italie|italien|wlochy|italya|italiya|itali|italija|olaszorszag; je: dzhersi|xhersej|tzerzi;
jm: jamaica|jamaique|jamaika|giamaica|jamajka|yamayka|xhamajke|tzameka; jo: jordania|jordanie|jordanien|giordania|jordansko|urdun|
iordaniya|jordani|iordania; jp: japan|japon|japao|giappone|japani|japonia|japonsko|japonya|yaponiya|japoni|iaponia; ke: kenya|kenia|quenia|
kena|keniya|kenija; kg: kyrgyzstan|kirguistan|kirghizstan|kirgisistan|kirgizie|quirguistao|kirghizistan|kirgizistan|kirgisia|kirgistan|
kirgiziya|kirgizi|kargazstan|kirgizisztan; kh: cambodia|camboya|cambodge|kambodscha|cambodja|camboja|cambogia|kambodja|kambodsja|kambodza|
kambocya|kambodzha|kamboxhia|cambodgia|kambodzsa|kambotzi; ki: kiribati|quiribati|kirimbati; km: comoros|comoras|comores|komoren|comoren|
comore|komorerna|komorene|comorerne|komorit|komory|komorlar|komore|komori|comore szigetek|komores; kn: ; kp: north korea|corea del norte|
coree du nord|nordkorea|noord korea|coreia do norte|corea del nord|nord korea|pohjois korea|korea polnocna|severni korea|kuzey kore|kndr|
kore e veriut|sjeverna koreja|coreea de nord|eszak korea|voria korea; kr: south korea|corea del sur|coree du sud|sudkorea|zuid korea|
coreia do sul|corea del sud|sydkorea|sor korea|etela korea|korea poludniowa|jizni korea|guney kore|respublika koreya|kore e jugut|
juzna koreja|coreea de sud|del korea|notia korea; kw: kuwait|koweit|koeweit|kuwejt|kuvajt|kuveyt|kuweit|kuvait|kouvit; ky: cayman islands|
islas caiman|iles caimans|kaimaninseln|kaaimaneilanden|ilhas cayman|isole cayman|caymanoarna|caymanoyene|caymanoerne|caymansaaret|kajmany|
kajmanske ostrovy|cayman adalari|o va kayman|ishujt kajman|kajmanski otoci|insulele cayman|kajman szigetek|nisi kiman; kz: kazakhstan|
kazajistan|kasachstan|kazachstan|cazaquistao|kazakistan|kazakstan|kasakhstan|kazahstan|kazahsztan; la: laos|laosz; lb: lebanon|libano|
liban|libanon|lubnan|livan|livanos; lc: st lucia|santa lucia|sainte lucie|saint lucia|s t lucia|svata lucie|sent lyusiya|shen lucia|
sveta lucija|sfanta lucia|agia loukia; li: liechtenstein|lichtenstejnsko|likhtenshteyn|lihtenshtajn|lihtenstajn|lichtensten; lk: sri lanka|
shri lanka|sri lanke; lr: liberia|liberie|liberya|liberiya|liberi|liberija|liveria; ls: lesotho|lesoto; lt: lithuania|lituania|lituanie|
litauen|litouwen|liettua|litwa|litva|litvanya|lituani|litvania|lithouania; lu: luxembourg|luxemburgo|luxemburg|lussemburgo|luksemburg|
lucembursko|lyuksemburg|louxemvourgo; lv: latvia|letonia|lettonie|lettland|letland|lettonia|lotwa|lotyssko|letonya|latviya|letoni|latvija|
lettorszag; ly: libya|libia|libye|libyen|libie|liviya|libi|libija|livyi; ma: morocco|marruecos|maroc|marokko|marrocos|marocco|marocko|
maroko|fas|marok; mc: monaco|monako; md: moldova|moldavia|moldavie|republik moldau|moldavien|moldawia|moldavsko|moldavi|moldavija|
republica moldova; me: montenegro|czarnogora|cerna hora|karadag|chernogoriya|mal i zi|crna gora|muntenegru|mavrovounio; mf: st martin|
san martin|saint martin|sao martinho|svaty martin|sen marten|sfantul martin|agios martinos; mg: madagascar|madagaskar|madagaszkar|
madagaskari; mh: marshall islands|islas marshall|iles marshall|marshallinseln|marshalleilanden|ilhas marshall|isole marshall|marshalloarna|
marshalloyene|marshalloerne|marshallinsaaret|wyspy marshalla|marshallovy ostrovy|marshall adalari|marshallovy o va|ishujt marshall|
marsalovi otoci|insulele marshall|marshall szigetek|nisi marsal; mk: north macedonia|macedonia del norte|macedoine du nord|nordmazedonien|
noord macedonie|macedonia do norte|macedonia del nord|nordmakedonien|nord makedonia|pohjois makedonia|macedonia polnocna|severni makedonie|
kuzey makedonya|severnaya makedoniya|maqedonia e veriut|sjeverna makedonija|macedonia de nord|eszak macedonia|voria makedonia; ml: ; mm: ;
mn: mongolia|mongolie|mongolei|mongoliet|mongolsko|mogolistan|mongoliya|mongoli|mongolija; mo: macao sar china|macao|rae de macao|
sonderverwaltungsregion macau|macau|ras di macao|macao sar|macao sar kina|sar macao|macao kiinan erityishallintoalue|sra makau|makau|
macao zao ciny|cin makao oib|makao|rpa i makaos|pup makao kina|ras macao china|makao kkt|makao edp kinas; mp: northern mariana islands|
nordliche marianen|noordelijke marianen|isole marianne settentrionali|nordmarianerna|nord marianene|nordmarianerne|pohjois mariaanit|
mariany polnocne|severni mariany|kuzey mariana adalari|sjevernomarijanski otoci|eszaki mariana szigetek|nisi vories marianes;
mq: martinique|martinica|martynika|martinik|martinika|martinike; mr: mauritania|mauritanie|mauretanien|mauretania|moritanya|mavritaniya|
mauritani|mauretanija|mavritania; ms: montserrat|montserat|monserat; mt: malta|malte; mu: mauritius|mauricio|maurice|mauricius|mavriky|
mauricijus|mavrikios; mv: maldives|maldivas|malediven|maldiven|maldive|maldiverna|maldivene|maldiverne|malediivit|malediwy|maledivy|
maldivler|maldivy|maldivi|maldiv szigetek; mw: malawi|malaui|malavi|malaoui; mx: mexico|mexique|mexiko|messico|meksiko|meksyk|meksika|
meksike|mexic; my: malaysia|malasia|malaisie|maleisie|malesia|malezja|malajsie|malezya|malayziya|malajzi|malezija|malajzia; mz: mozambique|
mosambik|mocambique|mozambico|mozambik|mozambic|mozamviki; na: namibia|namibie|namibya|namibiya|namibi|namibija|namimbia;
nc: new caledonia|nueva caledonia|nouvelle caledonie|neukaledonien|nieuw caledonie|nova caledonia|nuova caledonia|nya kaledonien|
ny caledonia|ny kaledonien|uusi kaledonia|nowa kaledonia|nova kaledonie|yeni kaledonya|novaya kaledoniya|kaledoni e re|nova kaledonija|
noua caledonie|uj kaledonia|nea kalidonia; ne: nijer|nigiras; nf: norfolk island|isla norfolk|ile norfolk|norfolkinsel|norfolk|
ilha norfolk|isola norfolk|norfolkon|norfolkoya|norfolkinsaari|norfolk adasi|o v norfolk|ishulli norfolk|otok norfolk|insula norfolk|
norfolk sziget|nisos norfolk; ng: nigeria|nigerie|nijerya|nigeriya|nigeri|nigerija|nigiria; nh: vanuatu|vanouatou; ni: nicaragua|nikaragua|
nikaragva|nikaragoua; nl: netherlands|paises bajos|pays bas|niederlande|nederland|paises baixos|paesi bassi|nederlanderna|nederlandene|
alankomaat|holandia|nizozemsko|hollanda|niderlandy|holande|nizozemska|tarile de jos|hollandia|kato chores|holland; no: norway|noruega|
norvege|norwegen|noorwegen|norvegia|norge|norja|norwegia|norsko|norvec|norvegiya|norvegji|norveska|norvigia|norge; np: nepal; nr: nauru|
naourou; nu: niue|nioue; nz: new zealand|nueva zelanda|nouvelle zelande|neuseeland|nieuw zeeland|nova zelandia|nuova zelanda|nya zeeland|
uusi seelanti|nowa zelandia|novy zeland|yeni zelanda|novaya zelandiya|zelande e re|novi zeland|noua zeelanda|uj zeland|nea zilandia;
om: oman|oma|umman; pa: panama|panamas; pe: peru|perou; pf: french polynesia|polinesia francesa|polynesie francaise|franzosisch polynesien|
frans polynesie|polinesia francese|franska polynesien|fransk polynesia|fransk polynesien|ranskan polynesia|polinezja francuska|
francouzska polynesie|fransiz polinezyasi|frantsuzskaya polineziya|polinezia franceze|francuska polinezija|polinezia franceza|
francia polinezia|galliki polynisia; pg: papua new guinea|papua nueva guinea|papouasie nouvelle guinee|papua neuguinea|papoea nieuw guinea|
papua nova guine|papua nuova guinea|papua nya guinea|papua ny guinea|papua uusi guinea|papua nowa gwinea|papua nova guinea|papua yeni gine|
papua novaya gvineya|papua nova gvineja|papua noua guinee|papua uj guinea|papoua nea gouinea; ph: philippines|filipinas|philippinen|
filipijnen|filippine|filippinerna|filippinene|filippinerne|filippiinit|filipiny|filipinler|filippiny|filipine|filipini|fulop szigetek|
filippines; pk: pakistan|paquistao|pakisztan; pl: poland|polonia|pologne|polen|puola|polska|polsko|polonya|polsha|poloni|poljska|
lengyelorszag; pm: ; pn: pitcairn islands|pitcairn|islas pitcairn|iles pitcairn|pitcairninseln|pitcairneilanden|ilhas pitcairn|
isole pitcairn|pitcairnoarna|pitcairnoyene|pitcairnovy ostrovy|pitcairn adalari|o va pitkern|ishujt pitkern|pitcairnovi otoci|
insulele pitcairn|pitcairn szigetek|nisi pitkern; pr: puerto rico|porto rico|portorico|portoryko|portoriko|porto riko|puerto riko|
pouerto riko; ps: palestinian territories|palestine|territorios palestinos|palestina|territoires palestiniens|
palastinensische autonomiegebiete|palastina|palestijnse gebieden|territori palestinesi|palestinska territorierna|det palestinske omradet|
de palaestinensiske omrader|palaestina|palestiinalaisalue|palestiina|terytoria palestynskie|palestyna|palestinska uzemi|filistin bolgeleri|
filistin|palestinskie territorii|territoret palestineze|palestinsko podrucje|teritoriile palestiniene|palesztin autonomia|palesztina|
palestiniaka edafi|palestini; pt: portugal|portogallo|portugali|portugalia|portugalsko|portekiz|portugaliya|portogalia; pw: palau|palaos|
palaou; py: paraguay|paraguai|paragwaj|paragvay|paragvaj|paragouai; qa: qatar|catar|katar; re: reunion|la reunion|reuniao|riunione|reyunon|
reinion; rh: zimbabwe|zimbabue|simbabwe|zimbabve|zimbamboue; ro: romania|rumania|roumanie|rumanien|roemenie|romenia|rumaenien|rumunia|
rumunsko|romanya|rumyniya|rumani|rumunjska|roumania; rs: ; ru: russia|rusia|russie|russland|rusland|ryssland|venaja|rosja|rusko|rusya|
rossiya|rusi|rusija|oroszorszag|rosia|rossii; rw: rwanda|ruanda|ruande|rouanta; sa: saudi arabia|arabia saudi|arabie saoudite|
saudi arabien|saoedi arabie|arabia saudita|saudiarabien|arabia saudyjska|saudska arabie|suudi arabistan|saudovskaya araviya|arabi saudite|
saudijska arabija|szaud arabia|saoudiki aravia; sb: solomon islands|islas salomon|iles salomon|salomonen|salomonseilanden|ilhas salomao|
isole salomone|salomonoarna|salomonoyene|salomonoerne|salomonsaaret|wyspy salomona|salamounovy ostrovy|solomon adalari|solomonovy o va|
ishujt solomon|salomonovi otoci|insulele solomon|salamon szigetek|nisi solomontos; sc: seychelles|seychellen|seicheles|seychellerna|
seychellene|seychellerne|seychellit|seszele|seychely|seyseller|seyshelskie o va|sejshelle|sejseli|seychelle szigetek; sd: sudan|soudan|
soedan|sudao|szudan; se: sweden|suecia|suede|schweden|zweden|svezia|sverige|ruotsi|szwecja|svedsko|isvec|shvetsiya|suedi|svedska|suedia|
svedorszag|souidia; sg: singapore|singapur|singapour|singapura|singapor|szingapur|singapouri; sh: st helena|santa elena|sainte helene|
sint helena|santa helena|santelena|s t helena|saint helena|wyspa swietej heleny|svata helena|shen elene|sveta helena|sfanta elena|
szent ilona|agia eleni; si: slovenia|eslovenia|slovenie|slowenien|slovenien|slowenia|slovinsko|slovenya|sloveniya|slloveni|slovenija|
szlovenia; sj: ; sk: slovakia|eslovaquia|slovaquie|slowakei|slowakije|slovacchia|slovakien|slovakiet|slowacja|slovensko|slovakya|slovakiya|
sllovaki|slovacka|slovacia|szlovakia; sl: sierra leone|sierra leona|serra leoa|serra leone|sijera leone|siera leone; sm: san marino|
saint marin|agios marinos; sn: senegal|szenegal|senegali; so: somalia|somalie|somalsko|somali|somalija|szomalia; sr: suriname|surinam|
surinami|sourinam; ss: south sudan|sudan del sur|soudan du sud|sudsudan|zuid soedan|sudao do sul|sud sudan|sydsudan|sor sudan|etela sudan|
sudan poludniowy|jizni sudan|guney sudan|yuzhny sudan|sudani i jugut|juzni sudan|sudanul de sud|del szudan|notio soudan; st: ; su: ;
sv: el salvador|salvador|salwador; sx: sint maarten|sint marten; sy: syria|siria|syrie|syrien|syyria|suriye|siriya|siri|sirija|sziria;
sz: eswatini|esuatini|essuatini|esvatini|szvazifold|esouatini; tc: turks und caicosinseln|turks en caicoseilanden|turks och caicosoarna|
turks og caicosoyene|turks og caicosoerne|turks ja caicossaaret|turks i caicos|turks a caicos|terks i kaykos; td: tchad|tschad|tsjaad|
chade|ciad|tsjad|tsad|czad|cad|csad|tsant; tf: french southern territories|territorios australes franceses|terres australes francaises|
terre australi francesi|franska sydterritorierna|de franske sorterritorier|francouzska jizni uzemi|fransiz guney topraklari|
frantsuzskie yuzhnye territorii|territoret jugore franceze|francuski juzni teritoriji|francia deli teruletek|gallika notia edafi; tg: togo|
tongo; th: thailand|tailandia|thailande|thailandia|thaimaa|tajlandia|thajsko|tayland|tailand|tajlande|tajland|thailanda|thaifold|tailandi;
tj: tajikistan|tayikistan|tadjikistan|tadschikistan|tadzjikistan|tadjiquistao|tagikistan|tadsjikistan|tadzikistan|tadzykistan|tacikistan|
tadzhikistan|taxhikistan|tadzsikisztan|tatzikistan; tk: tokelau|tokelauoarna|tokelaou; tl: timor leste|timor oriental|oost timor|timor est|
osttimor|ost timor|ita timor|timor wschodni|vychodni timor|vostochny timor|kelet timor; tm: turkmenistan|turcomenistao|turkmenisztan|
tourkmenistan; tn: tunisia|tunez|tunisie|tunesien|tunesie|tunisien|tunezja|tunisko|tunus|tunis|tunizi|tunezia|tynisia; to: tonga|tonnga;
tp: ; tr: turkiye|turquia|turquie|turkei|turkije|turchia|turkiet|tyrkia|tyrkiet|turkki|turcja|turecko|turtsiya|turqi|turska|turcia|
torokorszag|tourkia; tt: trinidad and tobago|trinidad y tobago|trinite et tobago|trinidad und tobago|trinidad en tobago|trinidad e tobago|
trinidad och tobago|trinidad og tobago|trinidad ja tobago|trynidad i tobago|trinidad a tobago|trinidad ve tobago|trinidad i tobago|
trinidad si tobago|trinidad es tobago|trinintant ke tombango; tv: tuvalu|touvalou; tw: taiwan|tajwan|tchaj wan|tayvan|tajvan|taivan;
tz: tanzania|tanzanie|tansania|tanzanya|tanzaniya|tanzani|tanzanija; ua: ukraine|ucrania|oekraine|ucraina|ukraina|ukrajina|ukrayna|ukrajna|
oukrania; ug: uganda|ouganda|oeganda|ugande|ounganta; uk: ; um: us outlying islands|amerikanische uberseeinseln|usas ytre oyer|
amerikanske oversoiske oer|yhdysvaltain erillissaaret|apomakrysmenes nisides ipa; us: united states|estados unidos|ee uu|etats unis|e u|
vereinigte staaten|usa|verenigde staten|eua|stati uniti|yhdysvallat|stany zjednoczone|spojene staty|amerika birlesik devletleri|abd|
soedinennye shtaty|ssha|shba|sjedinjene americke drzave|sad|sua|egyesult allamok|inomenes polities|ipa|usa|u s|america; uy: uruguay|
uruguai|urugwaj|urugvay|urugvaj|ourougouai; uz: uzbekistan|ouzbekistan|usbekistan|oezbekistan|uzbequistao|ozbekistan|uzbegisztan|
ouzmbekistan; va: vatican city|ciudad del vaticano|vatikanstadt|vaticaanstad|cidade do vaticano|citta del vaticano|vatikanstaten|vatikaani|
watykan|vatikan|statul cetatii vaticanului|vatikano; vc: ; vd: vietnam|viet nam|vietna|wietnam|vetnam|vijetnam; ve: venezuela|wenezuela|
venesuela|venezuele|venezouela; vg: british virgin islands|islas virgenes britanicas|iles vierges britanniques|britische jungferninseln|
britse maagdeneilanden|ilhas virgens britanicas|isole vergini britanniche|brittiska jungfruoarna|de britiske jomfruoyene|
de britiske jomfruoer|brittilaiset neitsytsaaret|brytyjskie wyspy dziewicze|britske panenske ostrovy|britanya virjin adalari|
virginskie o va|britanski djevicanski otoci|insulele virgine britanice|brit virgin szigetek|vretanikes parthenes nisi;
vi: us virgin islands|amerikanische jungferninseln|amerikaanse maagdeneilanden|ilhas virgens americanas|isole vergini americane|
amerikanska jungfruoarna|de amerikanske jomfruoyene|de amerikanske jomfruoer|yhdysvaltain neitsytsaaret|americke panenske ostrovy|
abd virjin adalari|americki djevicanski otoci|insulele virgine americane|amerikai virgin szigetek|amerikanikes parthenes nisi; vn: ; vu: ;
wf: wallis and futuna|wallis y futuna|wallis et futuna|wallis und futuna|wallis en futuna|wallis e futuna|wallis och futunaoarna|
wallis og futuna|wallis ja futuna|wallis i futuna|wallis a futuna|wallis ve futuna|uollis i futuna|uollis e futuna|wallis si futuna|
wallis es futuna|goualis ke foutouna; ws: samoa|szamoa; xk: kosovo|kosowo|kosova|kosove|koszovo|kossyfopedio; yd: yemen|jemen|iemen|yemeni;
ye: ; yt: mayotte|majotta|mayotta|majote|magiot; yu: ; za: south africa|sudafrica|afrique du sud|sudafrika|zuid afrika|africa do sul|
sydafrika|sor afrika|etela afrikka|republika poludniowej afryki|jihoafricka republika|guney afrika|yuzhno afrikanskaya respublika|
afrika e jugut|juznoafricka republika|africa de sud|del afrikai koztarsasag|notia afriki; zm: zambia|zambie|sambia|zambiya|zambi|zambija;
zr: ; zw: ; eur: europe|europa|european|european; asi: asia|asien; afr: africa|afrika|afrique; amn: north america|nordamerika;
aml: latin america|latinoamerica|latam|south america; mea: middle east|mena|emea; apc: asia pacific|apac;
`

/** The country's code by each of its names, of one to three words. */
export const PLACE_NAMES: ReadonlyMap<string, string> = readTable(PLACES, 'spellings')
