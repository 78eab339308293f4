/** What shapes, letters and colours stand for. */
import { families } from './graph-family.ts'
import { t } from './text.ts'

export function GraphLegend() {
  return (
    <details className="panel">
      <summary>{t('graph.look')}</summary>
      <table>
        <tbody>
          {families.map(({ id, letter, shape, colour }) => (
            <tr key={id}>
              <td>
                <svg width="24" height="24" viewBox="-12 -12 24 24" aria-hidden="true">
                  <Sign shape={shape} colour={colour} />
                  <text y="4" textAnchor="middle" fontSize="11" fontWeight="bold" fill="#ffffff">
                    {letter}
                  </text>
                </svg>
              </td>
              <th scope="row">{t(`family.${id}`)}</th>
              <td>
                {letter} · {t(`shape.${shape}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Sign({ shape, colour }: { readonly shape: (typeof families)[number]['shape']; readonly colour: string }) {
  if (shape === 'circle') return <circle r="10" fill={colour} />
  if (shape === 'square') return <rect x="-9" y="-9" width="18" height="18" fill={colour} />
  return <polygon points={shape === 'diamond' ? '0,-12 12,0 0,12 -12,0' : '0,-12 11,9 -11,9'} fill={colour} />
}
