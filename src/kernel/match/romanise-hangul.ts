/**
 * Hangul in Latin letters: each syllable is taken apart by arithmetic into initial, vowel and final (Unicode Standard, section 3.12). A one-syllable word that is a
 * family name has its customary spelling (Kim, Lee, Park), which no system gives. The vowels 어 and 으 are o and u, as most lists have them, not eo and eu.
 */
const INITIALS = 'g kk n d tt r m b pp s ss _ j jj ch k t p h'.split(' ')
const VOWELS = 'a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i'.split(' ')
const FINALS = '_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')
const FAMILY_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  '김kim 이lee 리ri 박park 최choi 정jung 조cho 강kang 윤yoon 장jang 임lim 림rim 오oh 한han 신shin 서seo 권kwon 황hwang 안ahn 송song 류ryu 유yoo 홍hong 고ko 문moon 양yang 손son 배bae 백baek 허heo 남nam 심shim 노noh 하ha 곽kwak 성sung 차cha 주joo 우woo 구koo 전jeon 민min 현hyun 방bang 공kong 함ham 변byun 염yeom 여yeo 추choo 도do 석seok 선sun 설seol 마ma 길gil 연yeon 위wi 표pyo 명myung 기ki 반ban 왕wang 금keum 옥ok 육yook 인in 맹maeng 제je 모mo 탁tak 국kook 어eo 은eun 편pyun 용yong'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)
const FIRST = 0xac00
const LAST = 0xd7a3

export function romaniseHangul(word: string): string {
  const family = FAMILY_NAMES[word]
  if (family !== undefined) return family
  let latin = ''
  for (const letter of word) {
    const code = letter.codePointAt(0) ?? 0
    if (code < FIRST || code > LAST) {
      latin += letter
      continue
    }
    const index = code - FIRST
    latin += `${INITIALS[Math.floor(index / 588)] ?? ''}${VOWELS[Math.floor((index % 588) / 28)] ?? ''}${FINALS[index % 28] ?? ''}`
  }
  return latin.replaceAll('_', '')
}
