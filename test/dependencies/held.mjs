/** The packages of a lock file: the name by which each is loaded, and its version. */
export function packagesIn(lock) {
  return Object.entries(lock.packages ?? {}).flatMap(([place, { version }]) => {
    const name = place.split('node_modules/').at(-1)
    return name === '' || version === undefined ? [] : [{ name, version }]
  })
}

/** True where a version comes before another one. Both are numbers with dots; what follows a hyphen comes before. */
function isBefore(version, other) {
  const [numbers, others] = [version, other].map((one) => one.split('-')[0].split('.').map(Number))
  const at = numbers.findIndex((number, index) => number !== (others[index] ?? 0))
  return at < 0 ? version.includes('-') : numbers[at] < (others[at] ?? 0)
}

/** The packages of a lock file that have a known fault, with the advisories. */
export function faultsIn(lock, advisories) {
  return packagesIn(lock).flatMap(({ name, version }) =>
    advisories
      .filter((one) => one.package === name && isBefore(version, one.fixed))
      .map((advisory) => ({ name, version, advisory })),
  )
}
