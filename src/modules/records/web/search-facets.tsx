/** Kinds, countries, topics and collections of what was found, each with how many; pressing one narrows, pressing it again does not. */
import { Button } from '#web/kit/button.tsx'
import type { SearchAnswer } from '../contract.ts'
import { schemataText, valueText } from './model-text.ts'
import { FILTERS, type Filter, type SearchState } from './search-state.ts'
import { t } from './text.ts'

export interface SearchFacetsProps {
  readonly facets: SearchAnswer['facets']
  readonly state: Pick<SearchState, 'filters' | 'ask'>
  readonly isWide?: boolean
}

export function SearchFacets({ facets, state, isWide = false }: SearchFacetsProps) {
  const { filters, ask } = state
  return (
    <section className={isWide ? 'facets columns' : 'facets'} aria-label={t('facet.label')}>
      {Object.keys(filters).length === 0 ? null : <Button onPress={() => ask({ filters: {} })}>{t('facet.reset')}</Button>}
      {FILTERS.map((name) => (
        <Facet
          key={name}
          name={name}
          facet={facets[name]}
          chosen={filters[name]}
          onChoose={(value) => {
            const { [name]: _, ...rest } = filters
            ask({ filters: value === undefined ? rest : { ...rest, [name]: value } })
          }}
        />
      ))}
    </section>
  )
}

interface FacetProps {
  readonly name: Filter
  readonly facet: SearchAnswer['facets']['schema']
  readonly chosen: string | undefined
  readonly onChoose: (value: string | undefined) => void
}

function Facet({ name, facet, chosen, onChoose }: FacetProps) {
  // What is chosen stays in the list also where nothing was found of it, or it could not be taken back.
  const values =
    chosen === undefined || facet.values.some(({ value }) => value === chosen)
      ? facet.values
      : [{ value: chosen, count: 0 }, ...facet.values]
  if (values.length === 0) return null
  return (
    <fieldset className="field group">
      <legend>{t(`facet.${name}`)}</legend>
      <ul className="plain">
        {values.map((each) => (
          <li key={each.value}>
            <button
              type="button"
              className="facet"
              aria-pressed={each.value === chosen}
              onClick={() => onChoose(each.value === chosen ? undefined : each.value)}
            >
              <span>
                {each.value === chosen ? <span aria-hidden="true">✓ </span> : null}
                {facetText(name, each)}
              </span>
              <span className="number">{each.count.toLocaleString('en-GB')}</span>
            </button>
          </li>
        ))}
      </ul>
      {facet.others === 0 ? null : <p className="muted">{t('facet.others', { n: facet.others.toLocaleString('en-GB') })}</p>}
    </fieldset>
  )
}

function facetText(name: Filter, { value, label }: { readonly value: string; readonly label?: string | undefined }): string {
  if (label !== undefined) return label
  if (name === 'schema') return schemataText(value)
  return name === 'collection' ? value : valueText(name, value)
}
