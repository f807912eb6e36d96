import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'vcard4'
import { unescapeFormula } from '../../src/domain/csv-injection.ts'
import { longCsv } from '../../src/render/long-csv.ts'
import { type Inside, inside } from '../support/inside.ts'
import { temporaryFolder } from '../support/funnel.ts'

/** Texts that a spreadsheet might take for formulas, and that tables might break at. */
const HOSTILE = [
  '=1+1',
  '+49 30 1234567',
  '-cmd|calc',
  '@SUM(A1)',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  "'quoted",
  "'=1+1",
  'two\nlines',
  'a,b;c\td|e',
  'say "no"',
  'Zoë 東京 🚢',
]

async function office(name: string): Promise<Inside> {
  return inside(temporaryFolder(), name)
}

/** Clients with hostile notes, one each. */
async function hostileBook(): Promise<Inside> {
  const made = await office('hostile')
  for (const [index, note] of HOSTILE.entries()) {
    await made.ok('client', 'add', `Client ${index}`, '--note', note)
  }
  return made
}

/** The records of a CSV file as python reads them. */
function pythonRows(file: string): Record<string, string>[] {
  const script =
    'import csv,json,sys;' +
    "print(json.dumps(list(csv.DictReader(open(sys.argv[1],newline='',encoding='utf-8')))))"
  const done = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`python3 did not read ${file}: ${done.stderr}`)
  return JSON.parse(done.stdout) as Record<string, string>[]
}

describe('CSV', () => {
  it('is read by python’s csv module cell by cell, every formula made inert', async () => {
    const { ok, folder } = await hostileBook()
    await ok('export', 'clients', '--out', 'clients.csv')
    await ok('export', 'clients', '--raw', '--out', 'raw.csv')
    const notes = pythonRows(path.join(folder, 'clients.csv')).map((row) => row.note)
    const raw = pythonRows(path.join(folder, 'raw.csv')).map((row) => row.note)
    expect(raw).toEqual(HOSTILE)
    for (const note of notes) expect(note).not.toMatch(/^[=+\-@＝＋－＠\t\r]/)
    expect(notes).toEqual(
      HOSTILE.map((note) => (/^'*[=+\-@＝＋－＠]/.test(note) ? `'${note}` : note)),
    )
  })

  it('makes a tab or a line end at the beginning inert as well, which another program may have left', async () => {
    const texts = ['\t=1', '\r=1', '\tplain', "'\tquoted"]
    const columns = [{ key: 'note', label: 'note', type: 'text' as const }]
    const table = { name: 'x', columns, currency: null, rows: texts.map((text) => [text]) }
    const parts: string[] = []
    for await (const part of longCsv(table, { delimiter: ',', bom: false, raw: false })) {
      parts.push(part)
    }
    const file = path.join(temporaryFolder(), 'x.csv')
    writeFileSync(file, parts.join(''))
    const notes = pythonRows(file).map(({ note }) => note ?? '')
    expect(notes).toEqual(texts.map((text) => `'${text}`))
    expect(notes.map(unescapeFormula)).toEqual(texts)
  })

  it('comes back unchanged by our own import', async () => {
    const { ok, folder } = await hostileBook()
    await ok('export', 'clients', '--out', 'clients.csv')
    const other = await office('other')
    other.save('clients.csv', readFileSync(path.join(folder, 'clients.csv')))
    await other.ok('import', 'clients', 'clients.csv', '--create', 'all')
    const { clients } = JSON.parse(await other.ok('export', 'clients', '--format', 'json')) as {
      clients: { note: string }[]
    }
    expect(clients.map(({ note }) => note)).toEqual(HOSTILE)
  })
})

describe('vCard', () => {
  it('is read by a parser of version 4', async () => {
    const { ok } = await office('cards')
    const note = 'a,b;c\\d\nsecond line'
    await ok('client', 'add', 'Harbour; Foods, Ltd', '--note', note, '--email', 'a@b.example')
    const card = parse(await ok('export', 'clients', '--format', 'vcard')) as {
      getProperty: (name: string) => { value: string }[]
    }
    expect(card.getProperty('FN')).toMatchObject([{ value: 'Harbour; Foods, Ltd' }])
    expect(card.getProperty('EMAIL')).toMatchObject([{ value: 'a@b.example' }])
    expect(card.getProperty('NOTE')).toMatchObject([{ value: note }])
  })
})

describe('iCalendar', () => {
  it('is read by a parser of its own, each task known by its book', async () => {
    const { ok } = await office('tasks')
    await ok('client', 'add', 'Pier Nine')
    await ok('task', 'add', 'Send; the, list', '--client', 'pier', '--due', '2026-11-30')
    await ok('task', 'add', 'Done before')
    await ok('task', 'done', 'before')
    const calendar = new ICAL.Component(
      ICAL.parse(await ok('export', 'tasks', '--format', 'ics')) as unknown[],
    )
    const todos = calendar.getAllSubcomponents('vtodo')
    const value = (name: string) => todos.map((todo) => String(todo.getFirstPropertyValue(name)))
    expect(value('summary')).toEqual(['Send; the, list', 'Done before'])
    expect(value('status')).toEqual(['NEEDS-ACTION', 'COMPLETED'])
    expect(value('due')[0]).toBe('2026-11-30')
    const uids = value('uid')
    expect(new Set(uids).size).toBe(2)
    for (const uid of uids) expect(uid).toMatch(/^todo-\d+@[0-9a-f]{16}\.funnel$/)
    const events = new ICAL.Component(
      ICAL.parse(await ok('today', '--week', '--ics', '-')) as unknown[],
    )
    expect(events.getAllSubcomponents('vevent')).toHaveLength(0)
  })
})

describe('--where', () => {
  it('chooses clients, and what hangs on them', async () => {
    const { ok, save } = await office('chosen')
    save('clients.csv', 'Name,Region\nHarbour,North\nPier,South\n')
    await ok('import', 'clients', 'clients.csv')
    await ok('segment', 'add', 'North', '--where', 'region=North')
    for (const name of ['harbour', 'pier']) {
      await ok('deal', 'add', name, `Deal of ${name}`, '--amount', '5')
      await ok('log', 'call', name, `call of ${name}`)
      await ok('task', 'add', `task of ${name}`, '--client', name)
    }
    await ok('task', 'add', 'task of nobody')
    for (const choice of [
      ['--where', 'region=North'],
      ['--segment', 'north'],
    ]) {
      for (const what of ['clients', 'deals', 'history', 'interactions', 'tasks']) {
        const own = await ok('export', what, ...choice)
        const all = await ok('export', what)
        expect(own.toLowerCase()).not.toContain('pier')
        expect(own).not.toContain('nobody')
        expect(own.split('\n').length).toBeLessThan(all.split('\n').length)
        expect(own.split('\n').length).toBeGreaterThan(2)
      }
    }
    expect(await ok('export', 'clients', '--where', 'region=North', '--format', 'vcard')).toContain(
      'Harbour',
    )
  })
})
