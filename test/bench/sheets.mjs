// Spreadsheets to import: seeded, with the columns that lists of clients, deals and interactions have.
import { createWriteStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { once } from 'node:events'
import XLSX from 'xlsx'
import { pick, randomFrom } from './random.mjs'

const WORDS = ['Harbour', 'Pier', 'North', 'Cold', 'Freight', 'Marine', 'Steel', 'Timber', 'Amber']
const PEOPLE = [
  'Anna Brown',
  'Boris Ivanov',
  'Chen Sato',
  'Dara Muller',
  'Emil Huber',
  'Rosa Lopez',
]
const CITIES = ['Riga', 'Bangkok', 'Berlin', 'Lyon', 'Madrid', 'Kazan', 'Shenzhen', 'Oslo']
const ROWS_AT_ONCE = 1000

function clientOf(random, number) {
  const company = `${pick(random, WORDS)} ${pick(random, WORDS)} ${number} Ltd`
  const person = pick(random, PEOPLE)
  const email = `${person.split(' ')[0].toLowerCase()}.${number}@example-${number % 997}.com`
  const phone = `+49 30 ${1_000_000 + Math.floor(random() * 9_000_000)}`
  const [city, region] = [pick(random, CITIES), pick(random, ['North', 'South', 'East', 'West'])]
  const [size, source] = [pick(random, ['small', 'large']), pick(random, ['exhibition', 'web'])]
  const note = `"met in ${pick(random, CITIES)}, wants offer no. ${number}"`
  return [`C-${number}`, company, person, email, phone, city, region, size, source, note].join(',')
}

const STAGES = ['Qualification', 'Presentation', 'Proposal', 'Decision']
const OWNERS = ['Ann', 'Bo', 'Cy', 'Dee']
/** Every tenth row is about a client that no row before named. */
const ROWS_PER_CLIENT = 10

/** A day of the two years before the end of 2026. */
function dayBefore(random) {
  const year = 2025 + Math.floor(random() * 2)
  const [month, day] = [1 + Math.floor(random() * 10), 1 + Math.floor(random() * 28)]
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function clientNamed(random, number) {
  const client = Math.floor(random() * (number / ROWS_PER_CLIENT)) + 1
  return `${WORDS[client % WORDS.length]} Works ${client} Ltd`
}

/** A deal: two in ten won, two lost, the rest open. */
function dealOf(random, number) {
  const outcome = pick(random, ['won', 'lost', ...Array(8).fill('open')])
  const opened = dayBefore(random)
  const closed = outcome === 'open' ? '' : `2026-11-${10 + (number % 10)}`
  const title = `${pick(random, WORDS)} winch ${number}`
  const amount = `${100 + Math.floor(random() * 90_000)}.50`
  const [owner, source] = [pick(random, OWNERS), pick(random, ['exhibition', 'web'])]
  const client = clientNamed(random, number)
  const stage = pick(random, STAGES)
  return [`D-${number}`, client, title, amount, stage, outcome, opened, closed, owner, source].join(
    ',',
  )
}

function interactionOf(random, number) {
  const kind = pick(random, ['call', 'email', 'meeting'])
  const text = `"asked about ${pick(random, WORDS)}, wants offer no. ${number}"`
  const direction = pick(random, ['in', 'out'])
  return [
    clientNamed(random, number),
    kind,
    direction,
    dayBefore(random),
    pick(random, OWNERS),
    text,
  ].join(',')
}

const LISTS = {
  clients: {
    headers: 'Ref,Company,Contact,E-mail,Phone,City,Region,Size,Source,Note',
    rowOf: clientOf,
  },
  deals: {
    headers: 'Ref,Client,Deal,Amount,Stage,Outcome,Opened,Closed,Owner,Source',
    rowOf: dealOf,
  },
  interactions: { headers: 'Client,Kind,Direction,Date,Owner,Text', rowOf: interactionOf },
}

/** The path of a CSV file with so many clients, deals or interactions; made in `folder` where it is not there yet. */
export async function csvOf(folder, rows, what = 'clients') {
  const file = path.join(folder, `${what}-${rows}.csv`)
  if (existsSync(file)) return file
  const { headers, rowOf } = LISTS[what]
  const random = randomFrom(rows)
  const out = createWriteStream(`${file}.half`)
  out.write(`${headers}\n`)
  for (let start = 1; start <= rows; start += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows - start + 1)
    const lines = Array.from({ length: count }, (_, index) => rowOf(random, start + index))
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  renameSync(`${file}.half`, file)
  return file
}

/** The same as a workbook. */
export async function xlsxOf(folder, rows) {
  const file = path.join(folder, `clients-${rows}.xlsx`)
  if (existsSync(file)) return file
  const text = readFileSync(await csvOf(folder, rows), 'utf8')
  const book = XLSX.read(text, { type: 'string', raw: true, dense: true })
  writeFileSync(file, XLSX.write(book, { type: 'buffer', compression: true }))
  return file
}
