// Makes the program that bin/funnel.js starts: makes sure that better-sqlite3's native
// part is there, then bundles src/ into dist/ as split chunks and keeps them compiled.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { layFonts } from './fonts.mjs'

const require = createRequire(import.meta.url)
const root = import.meta.dirname

function sqliteLoads() {
  try {
    const Database = require('better-sqlite3')
    new Database(':memory:').close()
    return true
  } catch {
    return false
  }
}

/**
 * Where better-sqlite3 has no binary yet, runs its own install script: a ready-made
 * binary if one can be had, else a build from source. Headers that lie next to node
 * are used, so that a machine with a compiler needs no download.
 */
function ensureSqlite() {
  if (sqliteLoads()) return
  if (!existsSync(path.join(root, 'node_modules'))) {
    console.error('the packages that this is built of are not installed yet; first run: npm ci')
    process.exit(1)
  }
  const home = path.dirname(require.resolve('better-sqlite3/package.json'))
  const prefix = path.resolve(process.execPath, '../..')
  const env = { ...process.env }
  if (existsSync(path.join(prefix, 'include/node/node_api.h'))) env.npm_config_nodedir ??= prefix
  console.error('building better-sqlite3, about a minute …')
  try {
    execFileSync('npm', ['run', 'install', '--silent'], {
      cwd: home,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`)
    console.error('better-sqlite3 could not be built: it needs python3, make and a C++ compiler')
    process.exit(1)
  }
}

/** All modules that come with one: those it imports, and theirs, but for what `import()` brings later. */
function closure(module, getModuleInfo, seen = new Set()) {
  if (seen.has(module)) return seen
  seen.add(module)
  for (const next of getModuleInfo(module)?.importedIds ?? []) closure(next, getModuleInfo, seen)
  return seen
}

/** Every module of the program, whenever it is loaded. */
function allModules(module, getModuleInfo, seen = new Set()) {
  if (seen.has(module)) return seen
  seen.add(module)
  const { importedIds = [], dynamicallyImportedIds = [] } = getModuleInfo(module) ?? {}
  for (const next of [...importedIds, ...dynamicallyImportedIds]) {
    allModules(next, getModuleInfo, seen)
  }
  return seen
}

/** A module is common where at least one command in so many comes with it. */
const COMMON = 3

/** What every command needs, though it is loaded only when it is asked for. */
const EVERY_COMMAND = ['book/open.ts', 'render/index.ts']

/** What the report that is asked for most often needs: small files, most of which deals need as well. */
const EVERY_DAY = ['reports/chances.ts', 'reports/open/index.ts']

/**
 * Every file that a command loads costs start-up time, and so does all that it does not need. So
 * there is one chunk of what parses the command line, and one of what is common among commands.
 */
function plan(getModuleInfo) {
  const source = (file) => path.join(root, 'src', file)
  const lazy = [...allModules(source('main.ts'), getModuleInfo)].flatMap(
    (module) => getModuleInfo(module)?.dynamicallyImportedIds ?? [],
  )
  const commands = new Set(lazy.filter((module) => module.startsWith(source('commands/'))))
  const users = new Map()
  for (const command of commands) {
    for (const module of closure(command, getModuleInfo)) {
      users.set(module, (users.get(module) ?? 0) + 1)
    }
  }
  const isCommon = ([, count]) => count >= commands.size / COMMON
  const common = new Set([...users].filter(isCommon).map(([module]) => module))
  for (const file of EVERY_COMMAND) closure(source(file), getModuleInfo, common)
  const start = closure(source('cli/program.ts'), getModuleInfo)
  // What the process that reads workbooks has in common with commands, which it needs nothing else of.
  const reader = closure(source('workbooks.ts'), getModuleInfo)
  const basics = new Set([...reader].filter((module) => start.has(module) || common.has(module)))
  return { start, common, reports: reports(lazy), basics }

  /** What any report needs: its command, and what more than two declarations come with. */
  function reports(modules) {
    const own = modules.filter((module) =>
      /^src\/reports\/[^/]+(?:\/index\.ts)?$/.test(path.relative(root, module)),
    )
    const counts = new Map()
    for (const report of new Set(own)) {
      for (const module of closure(report, getModuleInfo)) {
        counts.set(module, (counts.get(module) ?? 0) + 1)
      }
    }
    const shared = new Set([...counts].filter(([, count]) => count > 2).map(([module]) => module))
    for (const file of EVERY_DAY) closure(source(file), getModuleInfo, shared)
    return closure(source('commands/report/command.ts'), getModuleInfo, shared)
  }
}

/** The folders of the packages that modules are of. */
function packagesOf(modules) {
  const folders = modules.flatMap((module) => {
    const [file] = module.replaceAll('\0', '').split('?')
    const [, folder] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file) ?? []
    return folder ?? []
  })
  return [...new Set(folders)].toSorted((one, other) => one.localeCompare(other))
}

/**
 * What stands in dist/ of other people's: each package with its licence, whose text must go with it.
 * @throws Error where a package has no such text.
 */
function licences(folders) {
  const entries = folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8'),
    )
    const own = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
    const files = own.map((file) => path.join(folder, file))
    // Some packages are published without the text that their repository has.
    const kept = path.join(root, 'licences', `${name}.txt`)
    if (files.length === 0 && existsSync(kept)) files.push(kept)
    if (files.length === 0) throw new Error(`${name} has no licence text`)
    const texts = files.map((file) => readFileSync(file, 'utf8').trim())
    return [`${name} ${version}`, `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`]
  })
  // Two packages may have brought the same version of a third.
  const parts = [...new Map(entries).values()]
  const rule = `\n${'-'.repeat(72)}\n\n`
  return `The program holds parts of these packages, under their own licences:\n${rule}${parts.join(rule)}`
}

/** commander could start other programs, which ours never asks of it; what it needs for that loads slowly. */
const commanderAlone = {
  name: 'commander-alone',
  enforce: 'pre',
  transform(code, file) {
    if (!/[\\/]node_modules[\\/]commander[\\/]/.test(file)) return undefined
    return code.replace("require('node:child_process')", '{}')
  },
}

async function bundle() {
  const { build } = await import('vite')
  // For `npm run coverage`.
  const counted = process.env.FUNNEL_COVERAGE
  const { counting } = counted ? await import('./test/covered/plugin.mjs') : {}
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  let chunks
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.FUNNEL_VERSION': JSON.stringify(version) },
    esbuild: { legalComments: 'eof' },
    plugins: [commanderAlone, ...(counted ? [counting(counted)] : [])],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: 'dist',
      emptyOutDir: true,
      target: 'node20.12',
      minify: counted ? false : 'esbuild',
      rollupOptions: {
        input: ['src/main.ts', 'src/workbooks.ts', 'src/examination.ts'],
        output: {
          // Loading them is a good deal faster than it is with ES modules.
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          hoistTransitiveImports: false,
          manualChunks(module, { getModuleInfo }) {
            chunks ??= plan(getModuleInfo)
            if (chunks.basics.has(module)) return 'basics'
            if (chunks.start.has(module)) return 'start'
            if (chunks.common.has(module)) return 'common'
            return chunks.reports.has(module) ? 'reports' : undefined
          },
        },
      },
    },
  })
  const modules = output.flatMap((chunk) => Object.keys(chunk.modules ?? {}))
  const folders = [...packagesOf(modules), ...(await layFonts(root))]
  writeFileSync(path.join(root, 'dist/LICENCES.txt'), licences(folders))
}

/** Where that cannot be done, the program starts more slowly, and works as well. */
function keepCode() {
  try {
    execFileSync(process.execPath, [path.join(root, 'keep-code.mjs')], { stdio: 'pipe' })
  } catch (error) {
    console.error(`the program is built, without compiled code:\n${error.stderr}`)
  }
}

ensureSqlite()
await bundle()
// What counts its lines is another program.
if (!process.env.FUNNEL_COVERAGE) keepCode()
