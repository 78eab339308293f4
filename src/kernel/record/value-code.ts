/**
 * Values out of a list or of a fixed form: gender, language, topic, kind of file, digest, number.
 * Sources: FollowTheMoney 3.8.4, `types/*.py`; ISO 639-2 and -3; RFC 6838 4.2; IANA, "Hash Function Textual Names" (lengths of digests).
 */
import { FTM_LANGUAGE_CODES, FTM_TOPIC_CODES } from './ftm-codes.ts'
import { type Cleaned, doubtful, fine, unfit } from './value.ts'

/** Words of documents and forms in English, Dutch, French, German, Spanish, Italian and Portuguese. */
const GENDERS = new Map(
  Object.entries({
    male: 'm male man masculin homme männlich mann masculino hombre varón maschio maschile uomo homem mannelijk masculine',
    female:
      'f female woman v vrouw vrouwelijk féminin femme weiblich frau w femenino mujer femmina femminile donna feminino mulher feminine',
    other: 'other x divers diverse non-binary anders autre otro altro outro',
  }).flatMap(([gender, words]) => words.split(' ').map((word) => [word, gender] as const)),
)

export function cleanGender(value: string): Cleaned {
  const gender = GENDERS.get(value.toLowerCase())
  return gender === undefined ? unfit('gender', 'Known are male, female and other.') : fine(gender)
}

const LANGUAGES = codesOf(FTM_LANGUAGE_CODES)
/** ISO 639-1 and the bibliographic codes of ISO 639-2 for the languages of the list. */
const OTHER_LANGUAGE_CODES = new Map(
  (
    'af=afr ar=ara az=aze be=bel bn=ben bs=bos bg=bul ca=cat cs=ces da=dan de=deu el=ell en=eng et=est fa=fas fi=fin fr=fra he=heb hi=hin hr=hrv hu=hun ' +
    'hy=hye id=ind is=isl it=ita ja=jpn kn=kan ka=kat kk=kaz km=khm ky=kir ko=kor lv=lav lt=lit lb=ltz mk=mkd mt=mlt mn=mon ms=msa my=mya ne=nep nl=nld ' +
    'no=nor pl=pol pt=por ro=ron ru=rus sk=slk sl=slv es=spa sq=sqi sr=srp sw=swa sv=swe tg=tgk tl=tgl tk=tuk tr=tur uk=ukr ur=urd uz=uzb zh=zho ' +
    'cze=ces ger=deu gre=ell per=fas fre=fra arm=hye ice=isl geo=kat mac=mkd may=msa bur=mya dut=nld rum=ron slo=slk alb=sqi chi=zho'
  )
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
)

export function cleanLanguage(value: string): Cleaned {
  const code = value.toLowerCase().replace(/[-_].*$/, '')
  if (LANGUAGES.has(code)) return fine(code)
  const known = OTHER_LANGUAGE_CODES.get(code)
  if (known !== undefined) return fine(known)
  return /^[a-z]{3}$/.test(code)
    ? doubtful(code, 'language.unlisted', 'This language is not in the list of the model.')
    : unfit('language.format', 'A language is its code of three letters (ISO 639-3).')
}

const TOPICS = codesOf(FTM_TOPIC_CODES)

export function cleanTopic(value: string): Cleaned {
  const topic = value.toLowerCase()
  if (TOPICS.has(topic)) return fine(topic)
  return /^[a-z]{1,20}(?:\.[a-z]{1,20}){0,4}$/.test(topic)
    ? doubtful(topic, 'topic.unlisted', 'This topic is not in the list of the model.')
    : unfit('topic.format', 'A topic is a code such as crime.traffick.drug.')
}

export function cleanMimetype(value: string): Cleaned {
  const type = value.toLowerCase()
  return /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}(?:\s*;.*)?$/.test(type)
    ? fine(type)
    : doubtful(value, 'mimetype.format', 'A kind of file is written type/subtype.')
}

const DIGEST_LENGTHS = new Set([32, 40, 56, 64, 96, 128])

export function cleanChecksum(value: string): Cleaned {
  return DIGEST_LENGTHS.has(value.length) && /^[0-9a-f]+$/i.test(value)
    ? fine(value.toLowerCase())
    : doubtful(value, 'checksum.format', 'A digest is hexadecimal, of 128 to 512 bits.')
}

/** Longest text that is looked at as a number. */
const MAX_NUMBER = 60

/** Thousands parted by blanks or apostrophes, always by the same one. Elsewhere these part two numbers, or feet and inches. */
const THOUSANDS = /^[+-]?[0-9]{1,3}([\s'’])[0-9]{3}(?:\1[0-9]{3})*(?=$|[.,])/

export function cleanNumber(value: string): Cleaned {
  const plain =
    value.length > MAX_NUMBER
      ? value
      : value
          .replace(/^(?:([+-])|[\u2212\u2013])\s?(?=[0-9])/, (_, sign?: string) => sign ?? '-')
          .replace(THOUSANDS, (grouped) => grouped.replace(/[\s'’]/g, ''))
  if (value.length <= MAX_NUMBER && /^[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?$/i.test(plain)) return fine(plain)
  const [, sign = '', whole = '', decimal] =
    /^([+-]?)([0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)$/.exec(plain) ??
    /^([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+)(,[0-9]+)$/.exec(plain) ??
    /^([+-]?)([0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3}){2,})$/.exec(plain) ??
    /^([+-]?)([0-9]+)(,(?:[0-9]{1,2}|[0-9]{4,}))$/.exec(plain) ??
    []
  if (whole !== '') return fine(`${sign}${whole.replace(/[.,]/g, '')}${decimal === undefined ? '' : decimal.replace(',', '.')}`)
  return doubtful(
    value,
    'number.format',
    /^[+-]?[0-9]{1,3},[0-9]{3}$/.test(plain)
      ? 'Thousands or decimals: the comma leaves it open, so the value stays as it is.'
      : 'Not a number alone; the value stays as it is.',
  )
}

function codesOf(pairs: string): ReadonlySet<string> {
  return new Set(pairs.split('|').map((pair) => pair.slice(0, pair.indexOf('='))))
}
