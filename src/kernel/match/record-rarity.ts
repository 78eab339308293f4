/**
 * How much a name tells by itself, from a fixed table of words that very many people bear, never from what is stored: a score must not show how often a name
 * occurs among records that its reader may not see. Short words and initials tell less; three ordinary words tell all that a name can.
 * The table is our own, from general knowledge of naming in the countries concerned.
 */
import type { PreparedName } from './name.ts'

const VERY_COMMON: ReadonlySet<string> = new Set(
  (
    'mohammed mohamed mohammad muhammad muhammed mohamad ahmed ahmad ali hassan hasan hussein hussain husayn abdullah abdallah abdul abdel abd ibrahim omar umar khalid khaled yusuf youssef ' +
    'mahmoud mustafa said saeed saleh salih karim rahman rahim khan shah singh kumar sharma begum hossain islam bibi devi ' +
    'maria jose juan luis carlos antonio ana jorge miguel pedro francisco manuel jesus rosa garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez diaz torres ramirez ' +
    'silva santos oliveira souza pereira costa ferreira joao paulo ' +
    'john james robert michael william david mary patricia linda smith johnson williams brown jones davis miller wilson ' +
    'peter thomas hans klaus muller mueller schmidt schneider fischer weber meyer anna jan johannes de vries jansen bakker ' +
    'jean pierre marie martin bernard dubois giuseppe mario rossi russo ferrari ' +
    'ivan aleksandr alexander sergei sergey vladimir dmitry nikolai andrei elena ivanov petrov ivanova smirnov kuznetsov ' +
    'kim lee yi ri pak park choe choi chong jong yong chol song sun wang li zhang liu chen yang huang zhao wu zhou wei min nguyen tran le pham van thi ' +
    'mehmet mustafa ahmet ayse fatma yilmaz kaya demir arben agim bekim hoxha krasniqi nikola marko jovan petrovic jovanovic'
  ).split(' '),
)

const COMMON = 0.5
const SHORT = 0.7
const INITIAL = 0.2
/** Three words that are neither common nor short. */
const FULL = 3

/** 0 to 1. */
export function rarityOf({ core }: PreparedName): number {
  let sum = 0
  for (const { latin, tag } of core) {
    if (tag === 'initial' || tag === 'number') sum += INITIAL
    else if (tag === 'common-word' || tag === 'place' || VERY_COMMON.has(latin)) sum += COMMON
    else sum += latin.length <= 3 ? SHORT : 1
  }
  return Math.min(1, sum / FULL)
}
