/**
 * What stands in names of persons beside the names themselves: titles, words between names (bin, de, van), and short forms that stand for a full name.
 * Latin letters, lower case. Written for this product; a few short forms after opensanctions/rigour, resources/names/symbols.yml (MIT, see NOTICE).
 */

/** Address, office, rank, degree, generation: nothing that tells two bearers of a name apart, except the generation. */
export const TITLES: ReadonlySet<string> = new Set(
  (
    'mr mrs ms miss mister sir madam mme mlle monsieur madame herr frau senor senora sr sra srta don dona dom signor signora gospodin gospozha mevrouw heer ' +
    'dr doctor doktor drs ir ing dipl prof professor phd md esq esquire hon honourable honorable jr junior snr senior mladsi ' +
    'president prezident prasident praesident presidente presidentul presedintele predsjednik predsednik presiden prezydent prezidents prezidentas presidentti elnok cumhurbaskani rais raees ' +
    'minister premier chancellor kanzler senator deputy governor ambassador secretary commissar emir emperor ' +
    'general gen colonel col major maj captain capt kapitan lieutenant lt sergeant sgt corporal admiral commander comandante commandante brigadier marshal marshall officer agent judge ' +
    'sheikh shaikh shaykh sheik cheikh haji hajji hajj hadji hadj mullah mulla molla mawlawi maulavi moulavi maulana mawlana molvi imam ayatollah hojatoleslam qari hafiz ustad ustadh mufti ' +
    'father reverend rev bishop archbishop cardinal pastor rabbi swami sri shri'
  ).split(' '),
)

/** Those of them that stand behind a name as well: degrees and generations. Any other is a name there (Ana Pastor, John Bishop, Mohamed Sheikh). */
export const TITLES_BEHIND: ReadonlySet<string> = new Set(
  'dr drs ir ing dipl prof phd md esq esquire jr junior sr snr senior mladsi'.split(' '),
)

/** Behind a name: which of its bearers in one family. The first is the elder, the second the younger. */
export const GENERATIONS: ReadonlyMap<string, string> = new Map(
  ['sr 1', 'snr 1', 'senior 1', 'jr 2', 'junior 2', 'mladsi 2', 'ii 2', 'iii 3', 'iv 4'].map((each) => {
    const [word = '', generation = ''] = each.split(' ')
    return [word, generation] as const
  }),
)

/** Words of vessels and their kind: motor vessel, tanker, fishing vessel. */
export const VESSEL_PREFIXES: ReadonlySet<string> = new Set('mv mt ms ss my sy fv mts mtv mfv msv tss rms hms uss'.split(' '))

/** Articles and prepositions between names. */
export const PARTICLES: ReadonlySet<string> = new Set(
  'al el ul il ud ur uz de da do dos das del della delle degli dei di du des la le las los van von der den dem ten ter te zu zum zur vom of the and'.split(
    ' ',
  ),
)
/** Particles that are family names too, so that at the beginning of a name they are read as one. */
export const PARTICLE_OR_NAME: ReadonlySet<string> = new Set('do du di la le te van de ten den'.split(' '))
/** Son of and daughter of: the word behind is the father's name, or the family's. */
export const FILIATION: ReadonlySet<string> = new Set(
  'bin ibn ben bn bint binti bent bte ould wuld ult mint oglu ogli uulu kizi kyzy qizi'.split(' '),
)

/** The word for son as it is written together with the name behind it (Benali, Bensalah): by itself it is bin, ibn or, without its vowel, bn. */
export const SON_JOINED = 'ben'
/** Servant of, as words of it are written by themselves: Abdul Qadir, `abd al` read as one. */
export const SERVANT = 'abdul'
const SONS: ReadonlySet<string> = new Set('ben bin ibn bn'.split(' '))

export function isSon({ tag, latin }: { readonly tag: string; readonly latin: string }): boolean {
  return tag === 'particle' && SONS.has(latin)
}

/** A short form on the left of a line stands for any of the names on its right. */
const SHORT_FORMS = `
ben: benjamin|benedict|benedikt|bennett; benny: benjamin; bibi: benjamin|binyamin|beatrice; bob: robert|roberto; rob: robert; robbie: robert; bobby: robert; bert: robert|albert|herbert|hubert;
bill: william; billy: william; will: william; willy: william|wilhelm; willi: wilhelm; liam: william; guillermo: william; memo: guillermo; dick: richard; rick: richard; ricky: richard|ricardo;
rich: richard; tim: timothy; ted: edward|theodore; teddy: edward|theodore; ned: edward; ed: edward|edgar|edmund|edwin; eddie: edward|edgar; theo: theodore|theodor; doug: douglas; drew: andrew;
andy: andrew|andreas|andres; sam: samuel|samantha; sammy: samuel; alex: alexander|alexandra|alexandre|alejandro|alexei; sasha: alexander|alexandra|aleksandr|aleksandar; sascha: alexander;
sanya: aleksandr; alik: aleksandr; xander: alexander; sandy: alexander|alexandra; ray: raymond|raimundo; ken: kenneth; kenny: kenneth; greg: gregory|gregor; larry: lawrence|laurence; lars: lawrence;
ron: ronald; ronnie: ronald; tony: anthony|antonio|anton; toni: anton|antonia|antonio; josh: joshua; becky: rebecca; beccy: rebecca; chris: christopher|christoph|christian|christine|christina;
kris: kristian|kristina|kristofer; chuck: charles; charlie: charles; carl: charles; dan: daniel; danny: daniel; dani: daniel; dave: david; davy: david; deb: deborah; debbie: deborah; ellie: eleanor|elena;
fred: frederick|frederik|alfred|friedrich; freddy: frederick|alfredo; fritz: friedrich; friedel: friedrich; jess: jessica; jack: john|jonathan; johnny: john|juan; jim: james; jimmy: james; jamie: james;
jon: jonathan|john; liz: elizabeth|elisabeth; lisa: elizabeth|elisabeth; beth: elizabeth; betty: elizabeth; lizzy: elizabeth; maggie: margaret; meg: margaret; peggy: margaret; greta: margaret|margareta;
matt: matthew|matthias; mat: matthew; max: maximilian|maxwell|maximiliano|maksim; mike: michael|mikhail; mick: michael; mickey: michael; misha: mikhail|michael; mitch: mitchell; nick: nicholas|nikolaus|nikolai;
nicky: nicholas|nicole; niko: nikolaos|nikolai|nikola; nico: nicolas|nicola|nikolaus; klaus: nikolaus; claus: nicolaus; kolya: nikolai; paddy: patrick; pat: patrick|patricia; paco: francisco; pancho: francisco;
kiko: francisco|enrique; curro: francisco; pepe: jose; chepe: jose; pete: peter; steve: stephen|steven; stevie: stephen|steven; sue: susan; suzy: susan; tom: thomas|tomas; tommy: thomas; wes: wesley;
barry: barrington|bartholomew|barack|finbar; gerry: gerald|gerard; jerry: gerald|jeremy|jerome|jeremiah; jeff: jeffrey|geoffrey; geoff: geoffrey; hank: henry; harry: henry|harold; hal: henry|harold; heinz: heinrich;
henk: hendrik; rik: hendrik|frederik; hans: johannes|johann; jan: johannes|johan; johan: johannes; juancho: juan; jupp: josef; sepp: josef; joe: joseph; joey: joseph; jos: josephus|jozef; jef: jozef;
kate: katherine|catherine; katie: katherine|catherine; kathy: katherine|catherine; cathy: catherine; katja: katharina|ekaterina; katya: ekaterina|yekaterina; kay: katherine; len: leonard; lenny: leonard; leo: leonard|leonardo|leopold;
lou: louis|louise; louie: louis; lucho: luis; manny: emmanuel|manuel; manolo: manuel; manu: manuel|emmanuel; mel: melvin|melanie; nat: nathan|nathaniel; nate: nathan|nathaniel; phil: philip|phillip|philippe; pip: philip;
pablito: pablo; quique: enrique; kike: enrique; rafa: rafael; rafi: rafael; ram: ramon; moncho: ramon; nacho: ignacio; inaki: ignacio; chema: josemaria; chucho: jesus; chuy: jesus; lalo: eduardo; lola: dolores;
beto: alberto|roberto|humberto|gilberto; tito: alberto|roberto|ernesto; neto: ernesto; tono: antonio; trini: trinidad; goyo: gregorio; pedrito: pedro; perico: pedro; poncho: alfonso;
rudy: rudolf|rodolfo; rolf: rudolf; russ: russell; sid: sidney; stan: stanley|stanislav; slava: vyacheslav|svyatoslav|yaroslav|stanislav; stas: stanislav; terry: terence|theresa; tess: theresa; val: valentin|valerie; valera: valeri;
vic: victor; vitya: viktor; vince: vincent; vlad: vladimir|vladislav; vova: vladimir; volodya: vladimir; wally: walter|wallace; walt: walter; zack: zachary; gena: gennady|gennadi; genya: evgeny|yevgeny; zhenya: evgeny|yevgeny|evgenia;
dima: dmitry|dmitri|dmitriy; mitya: dmitry|dmitri; kostya: konstantin; kosta: konstantinos; lyosha: alexei|aleksei; alyosha: alexei|aleksei; lesha: alexei|aleksei; lyuba: lyubov; masha: maria|mariya; nadya: nadezhda; natasha: natalia|natalya;
olya: olga; pasha: pavel; petya: pyotr|petr; roma: roman; serge: sergei|sergey; seryozha: sergei|sergey; sveta: svetlana; tanya: tatiana|tatyana; tolya: anatoly|anatoli; vanya: ivan; vasya: vasily|vasili; yura: yuri|yury; yasha: yakov;
gianni: giovanni; nino: giovanni|antonino; beppe: giuseppe; peppe: giuseppe; pino: giuseppe; peppino: giuseppe; mimmo: domenico; mimmi: domenico; ciccio: francesco; franco: francesco; cecco: francesco; gigi: luigi; gino: luigi|igino;
lello: raffaele; nello: antonello; pippo: filippo; sandro: alessandro; toto: antonio|salvatore; turi: salvatore; salvo: salvatore; tonio: antonio; tonino: antonio; enzo: vincenzo|lorenzo; renzo: lorenzo;
ze: jose; zeca: jose; chico: francisco; chiquinho: francisco; quim: joaquim; nando: fernando; tiago: santiago; beto: roberto; dudu: eduardo; edu: eduardo; guga: gustavo; gui: guilherme; lula: luiz; tonho: antonio;
piet: pieter; kees: cornelis; cees: cornelis; wim: willem; bas: sebastiaan; bram: abraham; dirk: diederik; gijs: gijsbert; sjaak: jacques; koos: jacobus; jaap: jacob; ko: jacobus; toon: antoon|antonius; ton: antonius; theun: antonius;
mo: mohammed|mohamed|muhammad; moh: mohammed|mohamed|muhammad; mohd: mohammed|mohamed|muhammad; muh: muhammad; abdou: abdelkader|abdullah; momo: mohamed|mohammed; hamid: abdelhamid;
ewa: eva; kasia: katarzyna; gosia: malgorzata; asia: joanna; tomek: tomasz; jurek: jerzy; janek: jan; wojtek: wojciech; zbyszek: zbigniew; staszek: stanislaw; andrzejek: andrzej; krzysiek: krzysztof; pepa: josef; honza: jan; jirka: jiri;
goga: gordana; joca: jovan; mile: milan; miki: miodrag|mihajlo|milan; pera: petar; sale: aleksandar; steva: stevan; vlada: vladimir|vladislav; zoki: zoran; boki: bosko; gjon: jovan; mehmed: mehmet;`

const FULL_NAMES = new Map<string, ReadonlySet<string>>()
for (const row of SHORT_FORMS.replaceAll('\n', ' ').split(';')) {
  const [short = '', names = ''] = row.trim().split(': ')
  if (/^[a-z]+$/.test(short)) FULL_NAMES.set(short, new Set([...(FULL_NAMES.get(short) ?? []), ...names.split('|')]))
}

/** Given names as far as the list of short forms knows them: two of them tell nothing about which is the family name. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set([...FULL_NAMES].flatMap(([short, names]) => [short, ...names]))

/** One of the two is a short form of the other, or both are of the same name. */
export function isShortForm(a: string, b: string): boolean {
  return FULL_NAMES.get(a)?.has(b) === true || FULL_NAMES.get(b)?.has(a) === true
}

export function hasShortForm(name: string): boolean {
  return FULL_NAMES.has(name)
}
