import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInstrumenter } from 'istanbul-lib-instrument'

const SOURCES = path.join(import.meta.dirname, '../../src/')

/**
 * Written by a process at its end: what it went through, into the folder that was named. A process
 * that is killed meanwhile leaves a file without the ending that is looked for.
 */
function writeDown(folder) {
  const file = `${JSON.stringify(`${folder}/`)} + process.pid + '-' + Date.now()`
  return `process.on('exit', () => {
    const { renameSync, writeFileSync } = require('node:fs')
    const file = ${file}
    writeFileSync(file, JSON.stringify(globalThis.__coverage__ ?? {}))
    renameSync(file, file + '.json')
  })`
}

/**
 * Counts the branches gone through, in the built program and in what the tests call themselves
 * alike, so that the counts can be added up.
 */
export function counting(folder) {
  const instrumenter = createInstrumenter({ esModules: true, produceSourceMap: true })
  return {
    name: 'counting',
    enforce: 'post',
    transform(code, module) {
      const [file] = module.split('?')
      if (!file.startsWith(SOURCES) || !file.endsWith('.ts')) return undefined
      const counted = instrumenter.instrumentSync(code, file, this.getCombinedSourcemap())
      // A file that no test loads counts, too: with nothing of it gone through.
      const name = `none-${path.relative(SOURCES, file).replaceAll(path.sep, '-')}.json`
      const nothing = { [file]: instrumenter.lastFileCoverage() }
      writeFileSync(path.join(folder, name), JSON.stringify(nothing))
      return { code: counted, map: instrumenter.lastSourceMap() }
    },
    renderChunk: (code, { isEntry }) =>
      isEntry ? { code: `${code}\n${writeDown(folder)}`, map: null } : null,
  }
}
