/** F4: a box of fruit lighter than nine in ten of its lane, on a lane with findings: room was made for something else. */
import { comparedWith, isThin } from '#kernel/cargo-history/comparison-window.ts'
import { countIn, quantileOfBins, WEIGHT_BIN } from '#kernel/cargo-history/tally-bins.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { monthOf, tally } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { grossOf, headingsOf, routeOf } from './statement-parts.ts'

/** Chapter of edible fruit and nuts. */
const FRUIT = '08'

export const lightFruit: CargoDetector = {
  ...COMMON,
  code: 'F4',
  id: 'cargo.light-fruit',
  title: 'Light fruit',
  parameters: { share: 0.1, needed: 50, findings: 1 },
  inputs: ['HS heading', 'declared gross weight', 'weights of the lane', 'findings of the last twelve months on the lane'],
  knownLimits:
    'Compares in steps of 250 kg, of single boxes under one bill, with the twelve months before that of the bill; while those hold fewer than fifty, with that month, too; kinds of fruit under one heading are not told apart. Findings are those reported back to this desk.',
  innocentAlternatives: ['A part load', 'A lighter kind of fruit or packing'],
  evaluate(dossier, { share = 0.1, needed = 50, findings = 1 }) {
    let couldCompare = false
    for (const { statement, day } of newestFilings(presentJourney(dossier).consignments)) {
      const [route, gross] = [routeOf(statement), grossOf(statement)]
      const fruit = headingsOf(statement.hsCodes, 4).find(({ heading }) => heading.startsWith(FRUIT))
      if (route === undefined || gross === undefined || fruit === undefined || statement.containers.length !== 1) continue
      const known = tally(dossier.history, { kind: 'lane-weight', key: `${route.name}|${fruit.heading}`, month: monthOf(day) })
      const bins = comparedWith(known, isThin(known, needed))
      if (countIn(bins) < needed) continue
      couldCompare = true
      const least = quantileOfBins(bins, share, WEIGHT_BIN) ?? 0
      const found = dossier.history.findings[`route ${route.name}`] ?? 0
      if (gross.value >= least || found < findings) continue
      return signal(
        `The fruit weighs ${gross.value} kg; nine in ten boxes of heading ${fruit.heading} on the lane ${route.name} weigh ${least} kg or more, and the lane had ${found} ${found === 1 ? 'finding' : 'findings'}.`,
        fact('declared gross weight', gross),
        fact('HS code', fruit.code),
        { name: 'findings on the lane', value: found },
      )
    }
    return couldCompare ? CLEAR : missing(`a bill of fruit for one box, on a lane of at least ${needed}`)
  },
}
