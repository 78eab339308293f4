/** What a page shows when it has nothing to show yet, or no more, or a problem. */
import type { ReactNode } from 'react'
import { ProblemError } from '../client.ts'
import { t } from '../text.ts'
import { Button } from './button.tsx'

export function Loading() {
  return (
    <p className="loading" role="status">
      {t('app.loading')}
    </p>
  )
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>
}

export function Problem({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  if (error === null || error === undefined) return null
  const problems = error instanceof ProblemError ? error.problems : []
  return (
    <div className="problem" role="alert">
      <strong>{t('problem.title')}</strong> <span>{error instanceof Error ? error.message : String(error)}</span>
      {problems.length === 0 ? null : (
        <ul>
          {problems.map((each) => (
            <li key={`${each.at} ${each.code}`}>
              <code>{each.at}</code> {each.message}
            </li>
          ))}
        </ul>
      )}
      {onRetry === undefined ? null : <Button onPress={onRetry}>{t('problem.reload')}</Button>}
    </div>
  )
}

interface Read<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly refetch: () => unknown
}

export interface ReadingProps<T> {
  readonly query: Read<T>
  readonly children: (data: T) => ReactNode
  /** Heading of the page for as long as there is nothing that has its own. */
  readonly title?: string
}

/** A reading that may be under way or may have failed. */
export function Reading<T>({ query, children, title }: ReadingProps<T>) {
  if (query.data === undefined && title !== undefined)
    return (
      <>
        <h1>{title}</h1>
        <Reading query={query}>{children}</Reading>
      </>
    )
  if (query.data === undefined && query.error !== null && query.error !== undefined) {
    const { error } = query
    if (error instanceof ProblemError && error.status === 404) return <Empty>{t('app.notFound')}</Empty>
    return <Problem error={error} onRetry={() => void query.refetch()} />
  }
  return query.data === undefined ? <Loading /> : <>{children(query.data)}</>
}
