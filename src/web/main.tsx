import './styles/tokens.css'
import './styles/base.css'
import './styles/kit.css'
import './styles/pages.css'
import './styles/records.css'
import './styles/graph.css'
import './styles/print.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Empty } from './kit/states.tsx'
import { AppLink } from './navigate.tsx'
import { pages } from './pages.ts'
import { queryClient } from './queries.ts'
import { AppShell } from './shell/app-shell.tsx'
import { t } from './text.ts'

function NotFound() {
  return (
    <>
      <h1>{t('app.name')}</h1>
      <Empty>{t('app.notFound')}</Empty>
      <AppLink to="/">{t('app.toQueue')}</AppLink>
    </>
  )
}

const root = createRootRoute({ component: AppShell, notFoundComponent: NotFound })
const routes = pages.map(({ path, component }) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component,
    // The address holds texts only; what a page does not know it leaves alone.
    validateSearch: (search: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(search).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, String(value)]])),
      ),
  }),
)
const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: false })

const element = document.getElementById('root')
if (element !== null)
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
