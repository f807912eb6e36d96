// Spreadsheets to import: seeded, ten columns, as a list of clients looks.
import { createWriteStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { once } from 'node:events'
import XLSX from 'xlsx'
import { pick, randomFrom } from './random.mjs'

const HEADERS = 'Ref,Company,Contact,E-mail,Phone,City,Region,Size,Source,Note'
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

function rowOf(random, number) {
  const company = `${pick(random, WORDS)} ${pick(random, WORDS)} ${number} Ltd`
  const person = pick(random, PEOPLE)
  const email = `${person.split(' ')[0].toLowerCase()}.${number}@example-${number % 997}.com`
  const phone = `+49 30 ${1_000_000 + Math.floor(random() * 9_000_000)}`
  const [city, region] = [pick(random, CITIES), pick(random, ['North', 'South', 'East', 'West'])]
  const [size, source] = [pick(random, ['small', 'large']), pick(random, ['exhibition', 'web'])]
  const note = `"met in ${pick(random, CITIES)}, wants offer no. ${number}"`
  return [`C-${number}`, company, person, email, phone, city, region, size, source, note].join(',')
}

/** The path of a CSV file with so many clients; made in `folder` where it is not there yet. */
export async function csvOf(folder, rows) {
  const file = path.join(folder, `clients-${rows}.csv`)
  if (existsSync(file)) return file
  const random = randomFrom(rows)
  const out = createWriteStream(`${file}.half`)
  out.write(`${HEADERS}\n`)
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
