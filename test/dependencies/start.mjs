// Holds what is installed against known advisories: npm run advisories. First against the table in list.mjs,
// which needs no network, then by `npm audit`; a registry that does not answer is said, and is no failure.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { faultsIn, packagesIn } from './held.mjs'
import { ADVISORIES, TAKEN_ON } from './list.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))

const faults = faultsIn(lock, ADVISORIES)
for (const { name, version, advisory } of faults) {
  console.log(`${name} ${version}: ${advisory.what} (${advisory.ids.join(', ')})`)
  console.log(`  mended in ${advisory.fixed}; ${advisory.reach}`)
}
console.log(
  `${packagesIn(lock).length} packages, ${ADVISORIES.length} advisories as of ${TAKEN_ON}: ${faults.length} apply`,
)
if (faults.length > 0) process.exitCode = 1

/** What `npm audit` says, or null where there is no answer. */
function audit() {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8' })
  try {
    const { vulnerabilities } = JSON.parse(stdout)
    return vulnerabilities === undefined ? null : Object.values(vulnerabilities)
  } catch {
    return null
  }
}

const found = audit()
if (found === null) {
  console.log('npm audit: the registry does not answer; only the table was held against')
} else {
  for (const { name, severity, range } of found)
    console.log(`npm audit: ${name} ${range}: ${severity}`)
  console.log(`npm audit: ${found.length} packages with advisories`)
  if (found.length > 0) process.exitCode = 1
}
