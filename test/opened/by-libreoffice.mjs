// Opens what funnel exports in LibreOffice, which must find every text a text, every number a number
// and no formula. Run by hand: npm run exports-check (LibreOffice Calc must be installed).
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'funnel-exports-'))
const NOTES = [
  '=1+1',
  '+49 30 1',
  '-2+3',
  '@SUM(A1)',
  "'quoted",
  'two\nlines',
  'a;b,"c"',
  'Zoë 東京',
]

function funnel(...words) {
  const launcher = path.join(root, 'bin/funnel.js')
  return execFileSync(process.execPath, [launcher, ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

/** The sheet as LibreOffice understands it: its own XML, in which a cell says what it is. */
function opened(file, filter) {
  const args = ['--headless', `-env:UserInstallation=file://${folder}/profile`]
  if (filter) args.push(`--infilter=${filter}`)
  args.push('--convert-to', 'fods', '--outdir', path.join(folder, 'out'), path.join(folder, file))
  execFileSync('soffice', args, { stdio: 'ignore' })
  return readFileSync(path.join(folder, 'out', `${path.parse(file).name}.fods`), 'utf8')
}

let failures = 0
function expect(what, isSo) {
  console.log(`${isSo ? 'ok   ' : 'FAILS'} ${what}`)
  if (!isSo) failures += 1
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** Is there a text cell of these lines? A line is a paragraph there. */
function hasText(sheet, text) {
  const cells =
    sheet.match(/<table:table-cell[^>]*office:value-type="string".*?<\/table:table-cell>/gs) ?? []
  const wanted = text.split('\n').map(escaped)
  return cells.some((cell) => {
    const lines = [...cell.matchAll(/<text:p>(.*?)<\/text:p>/gs)].map(([, line]) => line)
    return (
      lines.join('\n').replaceAll('"', '&quot;').replaceAll('&apos;', "'") === wanted.join('\n')
    )
  })
}

try {
  funnel('init', '--currency', 'EUR', '--timezone', 'UTC')
  for (const [index, note] of NOTES.entries()) {
    funnel('client', 'add', `Client ${index}`, '--note', note)
    funnel('deal', 'add', String(index + 1), `Deal ${index}`, '--amount', `${1000 + index}.5`)
  }
  for (const file of ['clients.csv', 'clients.xlsx', 'deals.xlsx']) {
    funnel('export', file.split('.')[0], '--out', file)
  }
  const clients = opened('clients.xlsx')
  expect('clients.xlsx: no cell is a formula', !clients.includes('table:formula'))
  for (const note of NOTES) expect(`clients.xlsx: ${JSON.stringify(note)}`, hasText(clients, note))
  // Comma, double quote, UTF-8, from line 1.
  const csv = opened('clients.csv', 'CSV:44,34,76,1')
  expect('clients.csv: no cell is a formula', !csv.includes('table:formula'))
  for (const note of NOTES) {
    const shown = /^'*[=+\-@]/.test(note) ? `'${note}` : note
    expect(`clients.csv: ${JSON.stringify(shown)}`, hasText(csv, shown))
  }
  const deals = opened('deals.xlsx')
  expect('deals.xlsx: amounts are numbers', deals.includes('office:value="1000.5"'))
  expect('deals.xlsx: days are days', /office:value-type="date"/.test(deals))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (failures > 0) {
  console.log(`${failures} failed`)
  process.exitCode = 1
}
