import path from 'node:path'
import { createInstrumenter } from 'istanbul-lib-instrument'

const SOURCES = path.join(import.meta.dirname, '../../src/')

/** Written by a process at its end: what it went through, into the folder that was named. */
function writeDown(folder) {
  const file = `${JSON.stringify(`${folder}/`)} + process.pid + '-' + Date.now() + '.json'`
  return `process.on('exit', () => require('node:fs').writeFileSync(${file},
    JSON.stringify(globalThis.__coverage__ ?? {})))`
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
      return { code: counted, map: instrumenter.lastSourceMap() }
    },
    renderChunk: (code, { isEntry }) =>
      isEntry ? { code: `${code}\n${writeDown(folder)}`, map: null } : null,
  }
}
