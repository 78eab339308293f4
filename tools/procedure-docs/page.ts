/** One page for each procedure, from its definition alone: what a lawyer reviews without reading code. */
import type { ClockDef, FieldDef, LegalRef, ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { BACK, STAY } from '#kernel/procedure/definition.ts'
import type { Expr } from '#kernel/procedure/expression.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { diagramOf } from './diagram.ts'
import {
  amount,
  basisOf,
  budgetInWords,
  condition,
  duration,
  effectInWords,
  listed,
  MARKS,
  quoted,
  type Titles,
  titlesOf,
} from './sentences.ts'

export const GENERATED = '<!-- Made by `npm run docs`; do not edit. -->'
const NOTHING = '–'

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Every reference to a text, wherever in the definition it stands. */
export function refsOf(value: unknown): readonly LegalRef[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(refsOf)
  return 'act' in value && 'mark' in value ? [value as LegalRef, ...inner] : inner
}

export function pageOf(definition: ProcedureDef): string {
  const titles = titlesOf(definition)
  return [
    `# ${definition.id} ${definition.title}`,
    GENERATED,
    head(definition),
    '## Basis',
    definition.basis.map((each) => `- ${basisOf(each)}${celexOf(each)}`).join('\n'),
    ...section(
      'Notes',
      (definition.notes ?? []).map((note) => `- ${note}`),
    ),
    ...(definition.message?.transferBasis === undefined
      ? []
      : [
          `Personal data go to third countries on the ground of ${basisOf(definition.message.transferBasis)}; no authorisation of a single transfer (PR-24) is asked for.`,
        ]),
    '## Roles',
    roles(definition),
    '## States',
    `\`\`\`mermaid\n${diagramOf(definition)}\n\`\`\``,
    states(definition, titles),
    '## Steps',
    steps(definition, titles),
    ...section('Conditions of the steps', conditions(definition, titles)),
    '## Clocks',
    definition.clocks.length === 0 ? 'None.' : clocks(definition, titles),
    '## Fields',
    ...fields(definition, titles),
    ...codeLists(definition),
    '## Grounds of refusal',
    definition.refusalGrounds.length === 0 ? 'None.' : grounds(definition, titles),
    '## Retention',
    definition.retention.length === 0
      ? 'None.'
      : table(
          ['What', 'Reviewed after closing', 'Erased after closing', 'Basis'],
          definition.retention.map(({ category, review, erase, basis }) => [category, duration(review), duration(erase), basisOf(basis)]),
        ),
    '## Statistics',
    definition.statistics.length === 0
      ? 'None.'
      : table(
          ['Figure', 'Not shown below'],
          definition.statistics.map(({ meaning, smallCell }) => [meaning, amount(smallCell, 'case')]),
        ),
    '## Texts cited',
    cited(definition),
  ].join('\n\n')
}

function head({ version, realm, measures, opener, roles: all, message }: ProcedureDef): string {
  return table(
    ['Wording of', 'Realm', 'Measures', 'Opened by', 'Purpose of its messages', 'Handling'],
    [
      [
        version,
        realm,
        measures.join(', ') || NOTHING,
        opener === undefined ? 'a part of the node, never from the screen' : (all[opener]?.title ?? opener),
        message?.purpose ?? NOTHING,
        message === undefined
          ? NOTHING
          : [...message.handling.H, `TLP ${message.handling.tlp}`, `PAP ${message.handling.pap}`, ...message.handling.conditions].join(
              ', ',
            ),
      ],
    ],
  )
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')]
}

function roles({ roles: all }: ProcedureDef): string {
  return table(
    ['Role', 'Filled by', 'How many'],
    Object.values(all).map(({ title, realms, kinds, many, optional }) => [
      title,
      `${listed(realms, 'or')}${kinds === undefined ? '' : `: ${listed(kinds, 'or')}`}`,
      `${many === true ? 'several desks, unknown to each other' : 'one desk'}${optional === true ? ', may be left open' : ''}`,
    ]),
  )
}

function states({ states: all, initial, roles: named }: ProcedureDef, titles: Titles): string {
  return table(
    ['State', 'Waits for', ''],
    all.map(({ id, title, waitsFor, terminal }) => [
      title,
      waitsFor === undefined ? NOTHING : (named[waitsFor]?.title ?? titles.role(waitsFor)),
      id === initial ? 'where a case begins' : terminal === true ? 'closed' : '',
    ]),
  )
}

function steps(definition: ProcedureDef, titles: Titles): string {
  return table(
    ['Step', 'Official name', 'From', 'To', 'Who', 'Refused with the words', 'What follows', 'Basis'],
    definition.transitions.map((step) => [
      step.title,
      step.official ?? NOTHING,
      step.from.map((id) => plainTitle(definition.states, id)).join('; '),
      toInWords(definition, step, titles),
      whoTakes(definition, step, titles),
      (step.guards ?? []).map(({ because, basis }) => `${because} ${basisOf(basis)}`).join('<br>') || NOTHING,
      follows(definition, step, titles).join('<br>') || NOTHING,
      step.basis === undefined ? NOTHING : basisOf(step.basis),
    ]),
  )
}

function plainTitle(list: readonly { readonly id: string; readonly title: string }[], id: string): string {
  return list.find((each) => each.id === id)?.title ?? id
}

function toInWords(definition: ProcedureDef, { to, toBy }: TransitionDef, titles: Titles): string {
  if (toBy !== undefined)
    return Object.entries(toBy.states)
      .map(
        ([answer, state]) =>
          `${plainTitle(definition.states, state)} when ${titles.field(toBy.field)} is ${titles.value(toBy.field, answer)}`,
      )
      .join('<br>')
  if (to === STAY) return 'stays where it is'
  return to === BACK ? 'back to the state before' : plainTitle(definition.states, to)
}

function whoTakes(definition: ProcedureDef, { by, on }: TransitionDef, titles: Titles): string {
  const named = (by ?? []).map((role) => definition.roles[role]?.title ?? role)
  if (on === undefined) return listed(named, 'or')
  const [kind, name = ''] = on.split('.')
  const event =
    kind === 'clock'
      ? `the node, when the clock ${titles.clock(name)} has run out`
      : kind === 'received'
        ? `the node of ${titles.role(name)}, when the case arrives`
        : 'the node, when the message of the other side arrives'
  return [...named, event].join('; ')
}

function follows(definition: ProcedureDef, step: TransitionDef, titles: Titles): readonly string[] {
  const offered = step.refuses ?? []
  return [
    ...(step.refuses === undefined
      ? []
      : [
          `asks for a ground of refusal (${offered.length === 0 ? 'any of those below' : offered.map((code) => titles.value('ground', code)).join(', ')}) and for reasons`,
        ]),
    ...(step.refusalAudience === undefined
      ? []
      : [`ground and reasons are for ${listed(step.refusalAudience.map((role) => definition.roles[role]?.title ?? role))}`]),
    ...(step.consults === true ? ['counts as the consultation that some grounds need'] : []),
    ...(step.reopens === true ? ['opens a closed case again'] : []),
    ...step.effects.map((effect) => effectInWords(effect, titles)),
    ...(step.told === undefined ? [] : [`only ${listed(step.told.map((role) => definition.roles[role]?.title ?? role))} learn of it`]),
    ...(step.irreversible === true ? ['cannot be undone'] : []),
  ]
}

/** What the guards and warnings of each step test, in full. */
function conditions({ transitions }: ProcedureDef, titles: Titles): readonly string[] {
  return transitions.flatMap(({ title, guards = [], warnings = [] }) =>
    guards.length + warnings.length === 0
      ? []
      : [
          `- **${title}**`,
          ...guards.map(({ expr, basis }) => `  - must hold: ${condition(expr, titles)}. ${basisOf(basis)}`),
          ...warnings.map(
            ({ expr, because, basis }) => `  - warns ${quoted(because)} unless ${condition(expr, titles)}. ${basisOf(basis)}`,
          ),
        ],
  )
}

function clocks(definition: ProcedureDef, titles: Titles): string {
  const moving = (clock: ClockDef, verb: string) =>
    definition.transitions
      .filter(({ effects }) => effects.some((effect) => effect.kind === verb && 'clock' in effect && effect.clock === clock.id))
      .map(({ title }) => quoted(title))
  return table(
    [
      'Clock',
      'Time',
      'Starts',
      'Met by',
      'Ended without a verdict by',
      'Stands still',
      'Obliged',
      'Who knows of it',
      'Law or policy',
      'Counted by',
      'Basis',
      'Extension',
      'Before the end',
      'When it runs out',
    ],
    definition.clocks.map((clock) => [
      clock.title,
      timeOf(clock, titles),
      `${clock.startsOn === undefined ? '' : `${clock.startsOn}; `}${listed(moving(clock, 'start-clock'), 'or')}`,
      meetingSteps(definition, clock),
      endingSteps(definition, clock) || NOTHING,
      moving(clock, 'suspend-clock').length === 0
        ? NOTHING
        : `from ${listed(moving(clock, 'suspend-clock'), 'or')} until ${listed(moving(clock, 'resume-clock'), 'or')}`,
      definition.roles[clock.obligated]?.title ?? clock.obligated,
      clock.audience === undefined
        ? 'who learns of its start'
        : listed(clock.audience.map((role) => definition.roles[role]?.title ?? role)),
      clock.kind,
      clock.regime === 'EU-1182-71' ? 'Regulation 1182/71' : clock.regime,
      basisOf(clock.basis),
      clock.extend === undefined ? NOTHING : `at most ${budgetInWords({ n: clock.extend.max, unit: clock.extend.unit })} in all`,
      clock.ladder.map(({ hoursBefore, call }) => `${amount(hoursBefore, 'hour')} before: ${called(definition, call)}`).join('<br>') ||
        NOTHING,
      called(definition, clock.onExpiry),
    ]),
  )
}

/** Steps by which the duty is done. A closing stops every clock as well. */
function meetingSteps(definition: ProcedureDef, clock: ClockDef): string {
  if (clock.isWaiting === true) return 'nothing: it is time that has to pass, and its end is no omission'
  return listed(
    stoppingSteps(definition, clock).flatMap(({ id, title }) => (clock.metBy?.includes(id) === false ? [] : [quoted(title)])),
    'or',
  )
}

function endingSteps(definition: ProcedureDef, clock: ClockDef): string {
  // A duty whose own end stops its clock was missed.
  const ending = stoppingSteps(definition, clock).filter(
    ({ id }) => clock.isWaiting === true || (clock.metBy?.includes(id) === false && id !== clock.onExpiry),
  )
  return listed(
    ending.map(({ title }) => quoted(title)),
    'or',
  )
}

function stoppingSteps({ transitions }: ProcedureDef, { id }: ClockDef): readonly TransitionDef[] {
  return transitions.filter(({ effects }) => effects.some((effect) => effect.kind === 'stop-clock' && effect.clock === id))
}

function timeOf({ budget, atMost }: ClockDef, titles: Titles): string {
  const span = budget === undefined ? undefined : budgetInWords(budget)
  if (atMost === undefined) return span ?? NOTHING
  const { anchor, hours, movesWithExtensions } = atMost
  const end =
    hours === 0
      ? `at ${titles.field(anchor)}`
      : `${amount(Math.abs(hours), 'hour')} ${hours < 0 ? 'before' : 'after'} ${titles.field(anchor)}`
  const latest = span === undefined ? end : `${span}, ${end} at the latest`
  return movesWithExtensions === true ? `${latest}; extensions move both` : latest
}

function called(definition: ProcedureDef, name: string): string {
  if (name === 'remind') return 'reminds'
  if (name === 'escalate' && !definition.transitions.some(({ id }) => id === name)) return 'reminds and lets the backup desk in'
  const step = definition.transitions.find(({ id }) => id === name)
  return step === undefined ? `the node carries out ${quoted(name)}` : `takes the step ${quoted(step.title)}`
}

const TYPES: Readonly<Record<FieldDef['type'], string>> = {
  text: 'text',
  'long-text': 'long text',
  code: 'one of a list',
  codes: 'several of a list',
  country: 'country',
  desk: 'desk',
  instant: 'date and time',
  date: 'date',
  number: 'number',
  'yes-no': 'yes or no',
  list: 'entries',
}

function fields(definition: ProcedureDef, titles: Titles): readonly string[] {
  if (definition.fields.length === 0) return ['None.']
  const groups = [...(definition.sections ?? []), { id: undefined, title: 'Asked by single steps' }]
  return groups.flatMap(({ id, title }) => {
    const own = definition.fields.filter(({ section }) => section === id)
    if (own.length === 0) return []
    const asking = id === undefined ? '' : sectionSteps(definition, id)
    return [
      `### ${title}`,
      ...(asking === '' ? [] : [asking]),
      table(
        ['Field', 'Type', 'Values', 'Needed', 'Who may see it', 'Personal', 'Compared with what is held', 'Basis'],
        own.flatMap((field) => [fieldRow(definition, field, titles), ...(field.of ?? []).map((part) => partRow(part, titles))]),
      ),
    ]
  })
}

function sectionSteps({ transitions }: ProcedureDef, id: string): string {
  const asking = transitions.filter(({ form }) => form?.some((entry) => 'section' in entry && entry.section === id) === true)
  return asking.length === 0 ? '' : `Asked by ${listed(asking.map(({ title }) => quoted(title)))}.`
}

function fieldRow(definition: ProcedureDef, field: FieldDef, titles: Titles): string[] {
  return [
    `${field.title}${field.help === undefined ? '' : `<br>*${field.help}*`}`,
    TYPES[field.type],
    valuesOf(field),
    needed(definition, field, titles),
    Object.keys(definition.roles).every((role) => field.audience.includes(role))
      ? 'every party'
      : listed(field.audience.map((role) => definition.roles[role]?.title ?? role)),
    field.personal === true || field.of?.some(({ personal }) => personal === true) === true ? 'yes' : '',
    field.crossCheck ?? '',
    [
      ...(field.basis === undefined ? [] : [basisOf(field.basis)]),
      ...(field.partnerBasis === undefined ? [] : [`for the private partner: ${basisOf(field.partnerBasis)}`]),
    ].join('<br>'),
  ]
}

function partRow(part: Omit<FieldDef, 'section' | 'audience' | 'of'>, titles: Titles): string[] {
  return [
    `– ${part.title}`,
    TYPES[part.type],
    valuesOf(part),
    whenRequired(part, titles) ?? '',
    '',
    part.personal === true ? 'yes' : '',
    part.crossCheck ?? '',
    part.basis === undefined ? '' : basisOf(part.basis),
  ]
}

function valuesOf({
  codes,
  codeList,
  maxLength,
  min,
  max,
  format,
}: Pick<FieldDef, 'codes' | 'codeList' | 'maxLength' | 'min' | 'max' | 'format'>): string {
  return [
    ...(codes ?? []),
    ...(codeList === undefined ? [] : [`list ${quoted(codeList)}`]),
    ...(format === undefined ? [] : [`checked as ${format}`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} signs`]),
    ...(min === undefined ? [] : [`from ${min}`]),
    ...(max === undefined ? [] : [`to ${max}`]),
  ].join(', ')
}

/** Where its section asks for it; and by which steps of their own, each with its condition. */
function needed(definition: ProcedureDef, field: FieldDef, titles: Titles): string {
  const here = whenRequired(field, titles)
  const own = definition.transitions.flatMap((step) => {
    const isNamed = step.form?.some((entry) => 'field' in entry && entry.field === field.id) === true
    const asked = formOf(definition, step).find((entry) => entry.field.id === field.id)
    return isNamed && asked !== undefined ? [`${quoted(step.title)}: ${whenRequired(asked, titles) ?? 'if known'}`] : []
  })
  return [...(here === undefined ? [] : [here]), ...own].join('<br>') || 'if known'
}

function whenRequired(
  { required, shown }: { readonly required?: boolean | Expr; readonly shown?: Expr },
  titles: Titles,
): string | undefined {
  const asked = required === true ? 'always' : typeof required === 'object' ? `when ${condition(required, titles)}` : undefined
  if (shown === undefined) return asked
  const place = `asked only when ${condition(shown, titles)}`
  return asked === undefined
    ? place
    : typeof required === 'object' && JSON.stringify(required) === JSON.stringify(shown)
      ? asked
      : `${asked}; ${place}`
}

function codeLists({ codeLists: lists = {} }: ProcedureDef): readonly string[] {
  return Object.entries(lists).flatMap(([id, codes]) => [
    `### List “${id}”`,
    table(
      ['Code', 'Meaning'],
      codes.map(({ code, title }) => [code, title]),
    ),
  ])
}

function grounds({ refusalGrounds }: ProcedureDef, titles: Titles): string {
  return table(
    ['Ground', 'Basis', 'Consultation first', 'Not when', 'Doubtful when'],
    refusalGrounds.map(({ text, basis, consultFirst, notFor, doubtfulIf }) => [
      text,
      basisOf(basis),
      consultFirst === true ? 'yes' : 'no',
      notFor === undefined ? NOTHING : `${condition(notFor, titles)}, or this is not known`,
      doubtfulIf === undefined ? NOTHING : `${condition(doubtfulIf.expr, titles)}: ${doubtfulIf.text}`,
    ]),
  )
}

function celexOf({ celex }: LegalRef): string {
  return celex === undefined
    ? ''
    : `, CELEX [${celex}](https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:${encodeURIComponent(celex).replaceAll('(', '%28').replaceAll(')', '%29')})`
}

/** Each text once, with what is cited of it and how far it was checked. */
function cited(definition: ProcedureDef): string {
  const acts = new Map<string, readonly LegalRef[]>()
  for (const ref of refsOf(definition)) acts.set(`${ref.act}${celexOf(ref)}`, [...(acts.get(`${ref.act}${celexOf(ref)}`) ?? []), ref])
  const articles = (refs: readonly LegalRef[], mark: LegalRef['mark']) =>
    [...new Set(refs.filter((ref) => ref.mark === mark).map(({ art }) => art || 'the text as a whole'))].join('; ') || NOTHING
  return table(
    ['Text', MARKS.V, MARKS.M, MARKS.D],
    [...acts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([act, refs]) => [act, articles(refs, 'V'), articles(refs, 'M'), articles(refs, 'D')]),
  )
}
