// Makes the pictures of the documents: real output of the program at a real terminal, on the book
// that the demo makes, as SVG. Run it with `npm run pictures`, and look at what changed.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawn } from '@lydell/node-pty'
import { toSvg } from './svg.mjs'

const FUNNEL = fileURLToPath(new URL('../../bin/funnel.js', import.meta.url))
const COLUMNS = 88

/** Each picture: its file, and the words after `funnel`. */
const PICTURES = {
  today: ['today'],
  open: ['report', 'open'],
  closed: ['report', 'closed', '--period', 'last-365d'],
  forecast: ['forecast'],
  card: ['client', 'show', '1'],
}

const home = mkdtempSync(path.join(tmpdir(), 'funnel-pictures-'))
const env = { PATH: process.env.PATH, HOME: home, TMPDIR: home, FUNNEL_TODAY: '2026-11-23' }

/** What the program writes at a terminal, colours and all. */
function screen(folder, words) {
  return new Promise((resolve, reject) => {
    const program = spawn(process.execPath, [FUNNEL, ...words], {
      cwd: folder,
      cols: COLUMNS,
      rows: 50,
      env: { ...env, TERM: 'xterm-256color', PAGER: 'cat' },
    })
    let written = ''
    program.onData((data) => (written += data))
    program.onExit(({ exitCode }) => {
      if (exitCode === 0) resolve(written)
      else reject(new Error(`funnel ${words.join(' ')}: ${written}`))
    })
  })
}

try {
  execFileSync(process.execPath, [FUNNEL, 'demo'], { env, stdio: 'ignore' })
  const folder = path.join(
    home,
    readdirSync(home).find((name) => name.startsWith('funnel-demo-')),
  )
  for (const [name, words] of Object.entries(PICTURES)) {
    const line = `funnel ${words.join(' ')}`
    const svg = toSvg(line, await screen(folder, words), COLUMNS)
    writeFileSync(new URL(`./${name}.svg`, import.meta.url), svg)
    process.stdout.write(`docs/pictures/${name}.svg: ${line}\n`)
  }
} finally {
  rmSync(home, { recursive: true })
}
