/** Grade and handling of a statement, always in sight; who says so and where, on hover and on focus; pressing opens the evidence. Escape puts the note away. */
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import { useDeskName } from '#web/desks.ts'
import { Badge } from '#web/kit/badge.tsx'
import { gradeText } from '#web/kit/evaluation-fields.tsx'
import { handlingText } from '#web/kit/handling-fields.tsx'
import type { StatementView } from '../contract.ts'
import { t } from './text.ts'

const DELAY_MS = 150

export function SourceMark({ statement, onOpen }: { readonly statement: StatementView; readonly onOpen: () => void }) {
  const deskName = useDeskName()
  const { evaluation, handling, origin } = statement.marking
  const grade = `${evaluation.source}${evaluation.info}`
  return (
    <span className="mark">
      <TooltipTrigger delay={DELAY_MS} closeDelay={DELAY_MS}>
        <Button className="grade" onPress={onOpen} aria-label={t('statement.evidenceOf', { grade, source: statement.source.title })}>
          {grade}
        </Button>
        <Tooltip className="tooltip" placement="top">
          <div>{gradeText(evaluation)}</div>
          <div>{t('statement.from', { source: statement.source.title, desk: deskName(origin.desk) })}</div>
          <div>{placeText(statement)}</div>
          <div>{handlingText(handling)}</div>
        </Tooltip>
      </TooltipTrigger>
      <Badge>{`TLP:${handling.tlp}`}</Badge>
      {handling.H.map((each) => (
        <Badge key={each}>{each}</Badge>
      ))}
    </span>
  )
}

/** Where in the source it stands. */
export function placeText({ source: { externalId, line, pointer } }: Pick<StatementView, 'source'>): string {
  return [
    ...(line === undefined ? [] : [t('statement.line', { n: line.toLocaleString('en-GB') })]),
    ...(pointer === undefined ? [] : [pointer]),
    externalId,
  ].join(' · ')
}
