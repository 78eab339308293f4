/** The frame of every page: who, for which desk and purpose, where to go; without a session the way in. */

import { Navigate, Outlet, useLocation, useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { signOut, type WhoAmI } from '#modules/identity/contract'
import { call, ProblemError } from '../client.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Loading, Problem } from '../kit/states.tsx'
import { useAnnouncements } from '../live.ts'
import { AppLink } from '../navigate.tsx'
import { pages } from '../pages.ts'
import { queryClient } from '../queries.ts'
import { t } from '../text.ts'
import { ChooseFacts } from './choose-facts.tsx'
import { useSessionQuery } from './session.ts'
import { ShortcutHelp, useShortcuts } from './shortcuts.tsx'
import { SignIn } from './sign-in.tsx'
import { Unread } from './unread.tsx'

/** Pages that nobody signs in for. Who has a session is not asked for there. */
const OPEN = new Set(pages.flatMap(({ path, isOpen }) => (isOpen === true ? [path] : [])))

export function AppShell() {
  const { pathname } = useLocation()
  return OPEN.has(pathname) ? (
    <main id="content" style={{ gridColumn: '1 / -1', gridRow: '1 / -1', maxWidth: '70rem', margin: '0 auto' }}>
      <Outlet />
    </main>
  ) : (
    <WithSession />
  )
}

function WithSession() {
  const session = useSessionQuery()
  const [isChanging, setChanging] = useState(false)
  if (session.error instanceof ProblemError && session.error.status === 401) return <SignIn />
  if (session.data === undefined)
    return session.error === null ? <Loading /> : <Problem error={session.error} onRetry={() => void session.refetch()} />
  if (session.data.purpose === null || isChanging) return <ChooseFacts session={session.data} onDone={() => setChanging(false)} />
  return <Signed session={session.data} onChange={() => setChanging(true)} />
}

function Signed({ session, onChange }: { readonly session: WhoAmI; readonly onChange: () => void }) {
  const [isHelpOpen, setHelpOpen] = useState(false)
  const entries = useMemo(
    () =>
      pages
        .flatMap(({ path, nav }) => (nav !== undefined && session.permissions.includes(nav.permission) ? [{ path, ...nav }] : []))
        .sort((a, b) => a.order - b.order),
    [session.permissions],
  )
  const { pathname } = useLocation()
  // The longest entry that the address begins with: an alert lies under the alerts, a new one has its own entry.
  const current = entries
    .map(({ path }) => path)
    .filter((path) => path === pathname || (path !== '/' && pathname.startsWith(`${path}/`)))
    .sort((a, b) => b.length - a.length)[0]
  const openHelp = useCallback(() => setHelpOpen(true), [])
  const shortcuts = useShortcuts(entries, openHelp)
  useAnnouncements(true)
  const purpose = session.purposes.find((each) => each.id === session.purpose)
  return (
    <>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="top">
        <span className="brand">{t('app.name')}</span>
        <span className="who">
          <strong>{session.desk.name}</strong>
          <span>{purpose?.title}</span>
          {session.caseId === null ? null : <span>{session.caseId}</span>}
        </span>
        {session.demonstration ? <Badge tone="warn">{t('app.demonstration')}</Badge> : null}
        <span className="top-actions">
          <Unread permissions={session.permissions} />
          <Button onPress={onChange}>{t('session.change')}</Button>
          <Button onPress={openHelp} label={t('keys.open')}>
            ?
          </Button>
          <Button onPress={() => void leave()}>{t('session.signOut')}</Button>
        </span>
      </header>
      <nav className="side" aria-label={t('nav.label')}>
        {entries.map(({ path, label }) => (
          <AppLink key={path} to={path} className="nav-link" isCurrent={path === current}>
            {label}
          </AppLink>
        ))}
      </nav>
      <Content home={entries[0]?.path ?? '/'} />
      <ShortcutHelp
        isOpen={isHelpOpen}
        onClose={() => setHelpOpen(false)}
        shortcuts={entries}
        isOn={shortcuts.isOn}
        onSwitch={shortcuts.set}
      />
    </>
  )
}

/** A new page is told to a screen reader by moving the focus to it. */
function Content({ home }: { readonly home: string }) {
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  // The page that stands, not the one on its way: else the queue is drawn, asked for and refused before whoever has none is led away.
  const standing = useRouterState({ select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname })
  // biome-ignore lint: the path is what the effect watches
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [pathname])
  return (
    <main id="content" ref={main} tabIndex={-1}>
      {/* Whoever has no work queue begins at the first page that is theirs. */}
      {home === '/' || (pathname !== '/' && standing !== '/') ? <Outlet /> : pathname === '/' ? <Navigate to={home} /> : null}
    </main>
  )
}

async function leave(): Promise<void> {
  await call(signOut, {})
  queryClient.clear()
  location.assign('/')
}
