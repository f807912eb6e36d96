import { execFileSync } from 'node:child_process'

/** Tests run what a person runs: the built program. NO_BUILD=1 takes the one that is there. */
export default function build(): void {
  if (process.env.NO_BUILD === '1') return
  execFileSync('node', ['build.mjs'], { stdio: 'inherit' })
  // Once for all kinds of tests.
  process.env.NO_BUILD = '1'
}
