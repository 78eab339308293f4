/** ICS2 messages as cargo rows: what is to be controlled or not loaded, by transport document and container, each with its bytes. Watch parameters state no cargo. */
import type { ConsignmentStatement, Stated } from '../model.ts'
import { ConsignmentDraft } from './consignment-draft.ts'
import type { XmlElement } from './xml-tree.ts'
import { childNamed, childrenNamed, type XmlValues } from './xml-values.ts'

const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ['transportDocumentMasterLevel', 'MB'],
  ['transportDocumentHouseLevel', 'BH'],
  ['transportDocument', 'BM'],
])

export function readIcs2Consignments(root: XmlElement, values: XmlValues): ConsignmentStatement[] {
  if (root.name === 'IE4Q07') return []
  const statements: ConsignmentStatement[] = []
  const subjects = [...childrenNamed(root, 'controlRecommendations'), ...childrenNamed(root, 'control')]
  const levels = [
    ...subjects.flatMap((each) => childNamed(childNamed(each, 'controlSubject'), 'consignmentMasterLevel') ?? []),
    ...childrenNamed(root, 'doNotLoadDetails'),
  ]
  const whole = values.in(root, 'MRN') ?? values.in(root, 'functionalReference')
  for (const level of levels)
    for (const holder of [level, ...childrenNamed(level, 'consignmentHouseLevel')]) {
      const statement = statementOf(holder, { root, whole, values })
      if (statement !== undefined) statements.push(statement)
    }
  return statements
}

function statementOf(
  holder: XmlElement,
  { root, whole, values }: { root: XmlElement; whole: Stated | undefined; values: XmlValues },
): ConsignmentStatement | undefined {
  const draft = new ConsignmentDraft()
  for (const child of [...holder.children, ...childrenNamed(root, 'transportDocument')]) {
    const code = DOCUMENTS.get(child.name)
    const number = code === undefined ? undefined : values.in(child, 'documentNumber')
    if (code === undefined || number === undefined) continue
    draft.name(number, 2)
    draft.references.push({ code, number })
  }
  draft.name(whole, 1)
  for (const equipment of childrenNamed(holder, 'transportEquipment')) {
    const container = values.in(equipment, 'containerIdentificationNumber')
    if (container !== undefined) draft.addContainer(container, [])
  }
  return draft.containers.length === 0 && draft.references.length === 0 ? undefined : draft.statement()
}
