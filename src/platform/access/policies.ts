/**
 * The Cedar policies of a node: the shipped ones, generated from what the slices declare about their permissions, general prohibitions,
 * and those the node's owner adds. Prohibitions win over permissions, so an owner can forbid but never widen past a prohibition.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { policySetTextToParts } from '@cedar-policy/cedar-wasm/nodejs'
import type { Permission } from '#platform/module/define-module.ts'

/** Nobody operates a node and reads its content; nobody reads content without a purpose; nobody acts on what another authority holds. */
const GENERAL: Readonly<Record<string, string>> = {
  'no-operator-reads': `forbid (principal, action, resource)
when { principal.roles.contains("operator") }
unless { action == Action::"identity.use-session" };`,
  'no-purpose-no-content': `forbid (principal, action, resource)
when { resource.purposeRequired && context.purpose == "" };`,
  'no-other-authority': `forbid (principal, action, resource)
when { resource has authority && resource.authority != principal.authority };`,
}

/** Policies by id; the ids stand in the log as the reason of a decision. */
export type PolicyTexts = Readonly<Record<string, string>>

export function policyTexts(permissions: Readonly<Record<string, Permission>>, ownerFolder: string): PolicyTexts {
  const grants = Object.entries(permissions).map(([id, permission]) => {
    const roles = JSON.stringify(permission.roles)
    const realms = JSON.stringify(permission.realms)
    return [
      `grant ${id}`,
      `permit (principal, action == Action::"${id}", resource)\nwhen { principal.roles.containsAny(${roles}) && ${realms}.contains(principal.realm) };`,
    ]
  })
  return { ...GENERAL, ...(Object.fromEntries(grants) as PolicyTexts), ...ownerPolicies(ownerFolder) }
}

function ownerPolicies(folder: string): PolicyTexts {
  if (folder === '') return {}
  const texts: Record<string, string> = {}
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith('.cedar'))
    .sort()) {
    const parts = policySetTextToParts(readFileSync(path.join(folder, name), 'utf8'))
    if (parts.type === 'failure')
      throw new Error(`The owner’s policy ${name} cannot be read: ${parts.errors.map((error) => error.message).join('; ')}`)
    parts.policies.forEach((text, index) => {
      texts[`owner ${name} ${index + 1}`] = text
    })
  }
  return texts
}
