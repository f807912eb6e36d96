import path from 'node:path'
import { expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { nameKey } from '../../src/domain/name.ts'
import { reports } from '../../src/reports/index.ts'
import { temporaryFolder } from '../support/funnel.ts'
import type { Imported } from '../support/imports.ts'
import { type Inside, inside } from '../support/inside.ts'

/** The pipeline of one deal each that is won, lost and open, with every column that a program exports. */
interface Program {
  name: string
  files: { kind: string; rows: string[][] }[]
  /** Cells that are not kept as they are, with what stands for them in the book. */
  reads: Record<string, string>
}

/** Columns with the cells of one deal after another, which is easier to read than rows. */
function table(columns: Record<string, readonly [string, string, string]>): string[][] {
  const headers = Object.keys(columns)
  return [headers, ...[0, 1, 2].map((row) => headers.map((header) => columns[header]?.[row] ?? ''))]
}

const PIPEDRIVE: Program = {
  name: 'Pipedrive',
  files: [
    {
      kind: 'clients',
      rows: table({
        'Person - Name': ['Ines Maro', 'Tom Alder', 'Lea Roy'],
        'Person - Organization': ['Harbour Foods', 'Alder & Sons', 'Pier Nine'],
        'Person - Email - Work': ['ines@h.example', 'tom@a.example', 'lea@p.example'],
        'Person - Phone - Mobile': ['+49 40 5550101', '', '+49 421 5550102'],
        'Person - Labels': ['VIP', 'Cold', ''],
        'Person - Birthday': ['1980-05-02', '', '1975-12-31'],
        'Organization - Country of Address': ['Germany', 'Germany', ''],
        'Organization - City/town/village/locality of Address': ['Hamburg', 'Hannover', ''],
        'Organization - Owner': ['Ann', 'Bo', 'Ann'],
        'Person - Next activity date': ['2026-12-01', '', ''],
      }),
    },
    {
      kind: 'deals',
      rows: table({
        'Deal - ID': ['11', '12', '13'],
        'Deal - Title': ['Cold store', 'Freezers', 'Winch'],
        'Deal - Organization': ['Harbour Foods', 'Alder & Sons', 'Pier Nine'],
        'Deal - Contact person': ['Ines Maro', 'Tom Alder', 'Lea Roy'],
        'Deal - Value': ['12000.50', '8000', '950'],
        'Deal - Currency': ['EUR', 'EUR', 'EUR'],
        'Deal - Pipeline': ['Sales', 'Sales', 'Sales'],
        'Deal - Stage': ['Proposal', 'Qualified', 'Negotiations'],
        'Deal - Status': ['Won', 'Lost', 'Open'],
        'Deal - Probability': ['100', '0', '60'],
        'Deal - Deal created': ['2026-02-03', '2026-03-04', '2026-10-05'],
        'Deal - Won time': ['2026-04-06', '', ''],
        'Deal - Lost time': ['', '2026-05-07', ''],
        'Deal - Expected close date': ['2026-04-01', '2026-06-01', '2026-12-20'],
        'Deal - Lost reason': ['', 'Too dear', ''],
        'Deal - Owner': ['Ann', 'Bo', 'Ann'],
        'Deal - Source channel': ['Fair', 'Web form', ''],
        'Deal - Label': ['Hot', '', 'Hot, Service'],
        'Deal - Next activity date': ['', '', '2026-12-02'],
        'Deal - Product name': ['Cold room', '', 'Winch 3'],
        'Deal - Hall size': ['400 m²', '', '90 m²'],
      }),
    },
  ],
  reads: { Won: 'won', Lost: 'lost', Open: 'open', 'Hot, Service': 'Service', Germany: 'DE' },
}

const HUBSPOT: Program = {
  name: 'HubSpot',
  files: [
    {
      kind: 'deals',
      rows: table({
        'Record ID': ['901', '902', '903'],
        'Deal Name': ['Cold store', 'Freezers', 'Winch'],
        'Associated Company': ['Harbour Foods', 'Alder & Sons', 'Pier Nine'],
        'Associated Contact': ['Ines Maro', 'Tom Alder', 'Lea Roy'],
        Pipeline: ['Sales Pipeline', 'Sales Pipeline', 'Sales Pipeline'],
        'Deal Stage': ['Closed Won', 'Closed Lost', 'Contract Sent'],
        Amount: ['12000.50', '8000', '950'],
        Currency: ['EUR', 'EUR', 'EUR'],
        'Deal probability': ['1', '0', '0.9'],
        'Deal owner': ['Ann', 'Bo', 'Ann'],
        'Create Date': ['2026-02-03 10:15', '2026-03-04 09:00', '2026-10-05 17:45'],
        'Close Date': ['2026-04-06 12:00', '2026-05-07 12:00', '2026-12-20 12:00'],
        'Closed Lost Reason': ['', 'Too dear', ''],
        'Deal Type': ['New Business', 'Existing Business', 'New Business'],
        'Original Source': ['Offline', 'Organic Search', 'Offline'],
        'Deal Tags': ['Hot', '', 'Service'],
        Priority: ['High', 'Low', 'Medium'],
        'Next Activity Date': ['', '', '2026-12-02'],
        'Deal Description': ['wants two rooms', '', 'lift of 3 t'],
      }),
    },
  ],
  reads: { 'Closed Won': 'won', 'Closed Lost': 'lost' },
}

const ZOHO: Program = {
  name: 'Zoho',
  files: [
    {
      kind: 'deals',
      rows: table({
        'Deal Id': ['zcrm_1', 'zcrm_2', 'zcrm_3'],
        'Deal Name': ['Cold store', 'Freezers', 'Winch'],
        'Account Name': ['Harbour Foods', 'Alder & Sons', 'Pier Nine'],
        'Contact Name': ['Ines Maro', 'Tom Alder', 'Lea Roy'],
        Stage: ['Closed Won', 'Closed Lost', 'Value Proposition'],
        Amount: ['12000.50', '8000', '950'],
        'Expected Revenue': ['12000.50', '0', '475'],
        'Probability (%)': ['100', '0', '50'],
        'Closing Date': ['2026-04-06', '2026-05-07', '2026-12-20'],
        'Created Time': ['2026-02-03 10:15:00', '2026-03-04 09:00:00', '2026-10-05 17:45:00'],
        'Deal Owner': ['Ann', 'Bo', 'Ann'],
        'Lead Source': ['Trade Show', 'Web Download', ''],
        'Reason For Loss': ['', 'Too dear', ''],
        Type: ['New Business', 'Existing Business', ''],
        Tag: ['Hot', '', 'Service'],
        'Next Step': ['', '', 'call about the crane'],
        Description: ['wants two rooms', '', 'lift of 3 t'],
        'Campaign Source': ['Spring', '', ''],
      }),
    },
  ],
  reads: { 'Closed Won': 'won', 'Closed Lost': 'lost' },
}

const SALESFORCE: Program = {
  name: 'Salesforce',
  files: [
    {
      kind: 'deals',
      rows: table({
        'Opportunity ID': ['006000000000AAA', '006000000000AAB', '006000000000AAC'],
        'Opportunity Name': ['Cold store', 'Freezers', 'Winch'],
        'Account Name': ['Harbour Foods', 'Alder & Sons', 'Pier Nine'],
        Stage: ['Closed Won', 'Closed Lost', 'Negotiation/Review'],
        Amount: ['12000.50', '8000', '950'],
        'Amount Currency': ['EUR', 'EUR', 'EUR'],
        'Probability (%)': ['100', '0', '90'],
        'Close Date': ['2026-04-06', '2026-05-07', '2026-12-20'],
        'Created Date': ['2026-02-03', '2026-03-04', '2026-10-05'],
        'Opportunity Owner': ['Ann', 'Bo', 'Ann'],
        'Lead Source': ['Trade Show', 'Web', ''],
        'Loss Reason': ['', 'Too dear', ''],
        Type: ['New Customer', 'Existing Customer', ''],
        'Next Step': ['', '', 'call about the crane'],
        'Forecast Category': ['Closed', 'Omitted', 'Commit'],
        Description: ['wants two rooms', '', 'lift of 3 t'],
        'Hall Size': ['400 m²', '', '90 m²'],
      }),
    },
  ],
  reads: { 'Closed Won': 'won', 'Closed Lost': 'lost' },
}

const ODOO: Program = {
  name: 'Odoo',
  files: [
    {
      kind: 'deals',
      rows: table({
        'External ID': ['crm.lead_1', 'crm.lead_2', 'crm.lead_3'],
        Opportunity: ['Cold store', 'Freezers', 'Winch'],
        Customer: ['Harbour Foods', 'Alder & Sons', 'Pier Nine'],
        'Contact Name': ['Ines Maro', 'Tom Alder', 'Lea Roy'],
        Stage: ['Won', 'Proposition', 'Qualified'],
        Active: ['True', 'False', 'True'],
        'Expected Revenue': ['12000.50', '8000', '950'],
        Probability: ['100', '0', '42.5'],
        'Expected Closing': ['2026-04-01', '2026-06-01', '2026-12-20'],
        'Created on': ['2026-02-03', '2026-03-04', '2026-10-05'],
        'Closed Date': ['2026-04-06', '2026-05-07', ''],
        Salesperson: ['Ann', 'Bo', 'Ann'],
        'Sales Team': ['North', 'South', 'North'],
        Source: ['Fair', 'Newsletter', ''],
        Tags: ['Hot', '', 'Service'],
        'Lost Reason': ['', 'Too dear', ''],
        Priority: ['High', 'Low', 'Medium'],
        'Next Activity Deadline': ['', '', '2026-12-02'],
        Notes: ['wants two rooms', '', 'lift of 3 t'],
      }),
    },
  ],
  reads: { Won: 'won', True: '', False: 'lost' },
}

const AMOCRM: Program = {
  name: 'amoCRM',
  files: [
    {
      kind: 'deals',
      rows: table({
        'ID сделки': ['501', '502', '503'],
        'Название сделки': ['Холодильник', 'Морозилки', 'Лебёдка'],
        Компания: ['Гавань', 'Ольха', 'Причал'],
        'Основной контакт': ['Инна Маро', 'Том Ольхин', 'Лея Рой'],
        Воронка: ['Продажи', 'Продажи', 'Продажи'],
        'Этап сделки': ['Успешно реализовано', 'Закрыто и не реализовано', 'Принимают решение'],
        Бюджет: ['12000.50', '8000', '950'],
        'Дата создания': ['2026-02-03', '2026-03-04', '2026-10-05'],
        'Дата закрытия': ['2026-04-06', '2026-05-07', ''],
        Ответственный: ['Анна', 'Борис', 'Анна'],
        'Теги сделки': ['важно', '', 'сервис'],
        'Причина отказа': ['', 'Дорого', ''],
        Источник: ['Выставка', 'Сайт', ''],
        'Ближайшая задача': ['', '', '2026-12-02'],
        Примечание: ['нужны две камеры', '', 'лифт на 3 т'],
        'Размер зала': ['400 м²', '', '90 м²'],
      }),
    },
  ],
  reads: { 'Успешно реализовано': 'won', 'Закрыто и не реализовано': 'lost' },
}

const FIGURES = [
  ...reports.map(({ name }) => ['report', name]),
  ['report', 'closed', '--period', 'all', '--by', 'owner'],
  ['report', 'cohort', '--period', '2026'],
  ['report', 'losses', '--period', 'all'],
  ['report', 'open', '--as-of', '2026-03-31'],
  ['forecast'],
  ['plan', '--wins', '3'],
  ['snapshot'],
  ['client', 'list'],
  ['deal', 'list', '--status', 'all'],
]

/** What the book says of itself, but for the numbers that it gives to records. */
async function figures(book: Inside): Promise<[string, unknown][]> {
  const all: [string, unknown][] = []
  for (const args of FIGURES) {
    const json = await book.ok(...args, '--json')
    all.push([args.join(' '), JSON.parse(json.replaceAll(/"(task_)?id": \d+/g, '"id": 0'))])
  }
  return all
}

/** Every text and number that the book holds. */
function held(book: Inside): Set<string> {
  const opened = openBook(path.join(book.folder, 'funnel.db'))
  try {
    const tables = opened.store
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'")
      .pluck()
      .all() as string[]
    const skipped = new Set(['journal', 'operations', 'stays', 'stay_counts', 'import_profiles'])
    const rows = tables
      .filter((name) => !skipped.has(name))
      .flatMap((name) => opened.store.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][])
    return new Set(rows.flat().map((value) => nameKey(String(value))))
  } finally {
    opened.close()
  }
}

/** What may stand in the book for a cell: the cell, its day, its minor units, or its key. */
function formsOf(cell: string, reads: Record<string, string>): string[] {
  const day = /^\d{4}-\d\d-\d\d/.exec(cell)?.[0]
  const minor = /^\d+(\.\d+)?$/.test(cell) ? String(Math.round(Number(cell) * 100)) : cell
  const digits = `+${cell.replaceAll(/\D/g, '')}`
  return [cell, day ?? cell, minor, digits, reads[cell] ?? cell].map(nameKey)
}

it.each([PIPEDRIVE, HUBSPOT, ZOHO, SALESFORCE, ODOO, AMOCRM])(
  'every cell of a pipeline of $name comes in, goes out and comes back with the same figures',
  async ({ files, reads }) => {
    const folder = temporaryFolder()
    const first = await inside(folder, 'first')
    const leftOut = new Set<string>()
    for (const { kind, rows } of files) {
      const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
      first.save(`${kind}.csv`, rows.map((row) => row.map(quote).join(',')).join('\n'))
      const json = await first.ok('import', kind, `${kind}.csv`, '--create', 'all', '--json')
      const done = JSON.parse(json) as Imported
      expect(done.rejects).toEqual([])
      for (const { column } of done.left_out) leftOut.add(column)
    }
    expect([...leftOut]).toEqual([])
    const book = held(first)
    const lost = files.flatMap(({ rows: [headers = [], ...rows] }) =>
      rows.flatMap((row) =>
        row.flatMap((cell, index) => {
          const isKnown = cell === '' || cell === 'EUR' || reads[cell] === ''
          const isHeld = formsOf(cell, reads).some((form) => book.has(form))
          return isKnown || isHeld ? [] : [`${headers[index]}: ${cell}`]
        }),
      ),
    )
    expect(lost).toEqual([])

    const second = await inside(folder, 'second')
    for (const what of [
      'clients',
      'products',
      'deals',
      'history',
      'lines',
      'interactions',
      'tasks',
    ]) {
      const file = path.join(second.folder, `${what}.csv`)
      await first.ok('export', what, '--out', file)
      const done = await second.ok('import', what, file, '--create', 'all', '--json')
      expect([what, JSON.parse(done)]).toMatchObject([what, { rejects: [], left_out: [] }])
    }
    const [before, after] = [await figures(first), await figures(second)]
    for (const [index, [args, json]] of before.entries()) {
      expect([args, after[index]?.[1]]).toEqual([args, json])
    }
  },
  240_000,
)
