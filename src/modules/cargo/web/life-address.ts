/** Where the life of a container is shown. */
export function lifeAddress(container: string): string {
  return `/containers/${encodeURIComponent(container)}/life`
}
