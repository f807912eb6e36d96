import { createRequire } from 'node:module'
import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { run } from '../../src/main.ts'

const ROOT = path.join(import.meta.dirname, '../..')

/** The program built in a folder from sources that a plugin changes as they are read. */
export async function changedProgram(folder: string, change: Plugin): Promise<typeof run> {
  const main = path.join(folder, 'main.cjs')
  await build({
    entryPoints: [path.join(ROOT, 'src/main.ts')],
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    logLevel: 'error',
    plugins: [change],
  })
  const program = createRequire(import.meta.url)(main) as { run: typeof run }
  return program.run
}
