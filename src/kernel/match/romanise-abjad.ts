/**
 * Arabic (with Persian and Urdu letters) and Hebrew in Latin letters. Both write consonants and long vowels; short vowels that are not written are not guessed here:
 * the comparison lets them be missing at little cost. The letters that stand for w/u and y/i are read by their place. The Arabic article is a word of its own.
 */
const ARABIC = table(
  'اa أa إi آa ٱa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk لl مm نn هh وw يy ىa ةa ءـ ئy ؤw ' +
    'پp چch ژzh گg کk یy ٹt ڈd ڑr ںn ےe ہh ھh ۀa ۃa ڭg ۋv ېe ۆo ۇu ەa',
)
const HEBREW = table('אa בb גg דd הh וw זz חch טt יy כk ךk לl מm םm נn ןn סs עa פp ףf צts ץts קk רr שsh תt')
/** Words that are written so in every list, whatever the vowels. */
const WORDS: Readonly<Record<string, string>> = {
  عبد: 'abd',
  محمد: 'muhammad',
  بن: 'bin',
  ابن: 'ibn',
  ابو: 'abu',
  أبو: 'abu',
  بنت: 'bint',
  الله: 'allah',
}

export function romaniseArabic(word: string): string {
  const bare = word.replace(/[\u064b-\u065f\u0670\u0640]/g, '')
  const known = WORDS[bare]
  if (known !== undefined) return known
  if (bare.startsWith('ال') && bare.length > 4) return `al ${readSemivowels(spell(bare.slice(2), ARABIC))}`
  return readSemivowels(spell(bare, ARABIC))
}

export function romaniseHebrew(word: string): string {
  const bare = word.replace(/[\u0591-\u05c7]/g, '').replace(/[\u05f3\u05f4]/g, '')
  if (bare === 'בן') return 'ben'
  // The last he is silent behind a consonant: it stands for -a or -e.
  return readSemivowels(spell(bare, HEBREW)).replace(/([bcdfgklmnpqrstz])h$/, '$1a')
}

function spell(word: string, letters: ReadonlyMap<string, string>): string {
  let latin = ''
  for (const letter of word) latin += letters.get(letter) ?? letter
  return latin
}

/** w and y are vowels between consonants and at the end, consonants before a vowel and at the beginning. */
function readSemivowels(word: string): string {
  return word.replace(/(?<=.)w(?![aeiou])/g, 'u').replace(/(?<=.)y(?![aeiou])/g, 'i')
}

function table(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1).replace('ـ', '')] as const))
}
