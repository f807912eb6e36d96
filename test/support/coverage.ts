import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll } from 'vitest'

// What this file's tests went through themselves, for `npm run coverage`.
const folder = process.env.FUNNEL_COVERAGE
if (folder) {
  afterAll(() => {
    const { __coverage__: counts } = globalThis as { __coverage__?: object }
    const name = `inside-${process.pid}-${Date.now()}.json`
    writeFileSync(path.join(folder, name), JSON.stringify(counts ?? {}))
  })
}
