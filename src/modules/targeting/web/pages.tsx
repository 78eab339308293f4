import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  {
    path: '/targeting',
    component: lazyPage(async () => (await import('./desk-page.tsx')).DeskPage),
    nav: { label: t('desk.title'), permission: 'targeting.read', key: 'j', order: 8 },
  },
  { path: '/targeting/arrivals/$arrival', component: lazyPage(async () => (await import('./arrival-page.tsx')).ArrivalPage) },
  { path: '/targeting/selections/$selection', component: lazyPage(async () => (await import('./selection-page.tsx')).SelectionPage) },
  { path: '/targeting/outcomes', component: lazyPage(async () => (await import('./outcomes-page.tsx')).OutcomesPage) },
  { path: '/targeting/rules', component: lazyPage(async () => (await import('./rules-page.tsx')).RulesPage) },
  { path: '/targeting/rules/new', component: lazyPage(async () => (await import('./rule-edit-page.tsx')).NewRulePage) },
  { path: '/targeting/rules/$rule', component: lazyPage(async () => (await import('./rule-page.tsx')).RulePage) },
  { path: '/targeting/rules/$rule/edit', component: lazyPage(async () => (await import('./rule-edit-page.tsx')).EditRulePage) },
  { path: '/targeting/watches', component: lazyPage(async () => (await import('./watches-page.tsx')).WatchesPage) },
  { path: '/targeting/watches/new', component: lazyPage(async () => (await import('./watch-form.tsx')).WatchFormPage) },
  { path: '/targeting/watches/$watch', component: lazyPage(async () => (await import('./watch-page.tsx')).WatchPage) },
  { path: '/targeting/effectiveness', component: lazyPage(async () => (await import('./effectiveness-page.tsx')).EffectivenessPage) },
  { path: '/targeting/scores', component: lazyPage(async () => (await import('./scores-page.tsx')).ScoresPage) },
  { path: '/targeting/scores/$version', component: lazyPage(async () => (await import('./score-page.tsx')).ScorePage) },
  { path: '/targeting/indicators', component: lazyPage(async () => (await import('./indicators-page.tsx')).IndicatorsPage) },
  { path: '/targeting/senders', component: lazyPage(async () => (await import('./senders-page.tsx')).SendersPage) },
]
