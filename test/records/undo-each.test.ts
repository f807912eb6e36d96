import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rowsOf } from '../support/first-book.ts'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside } from '../support/inside.ts'

/** A book in which there is something of everything. */
const BEFORE = [
  ['owner', 'add', 'Ann'],
  ['owner', 'add', 'Bo'],
  ['client', 'add', 'Pier Nine', '--owner', 'Ann', '--property', 'Fleet=3', '--category', 'VIP'],
  ['client', 'edit', 'Pier Nine', '--contact', 'Lea Roy', '--email', 'lea@pier.example'],
  ['client', 'add', 'Pier 9 Ltd', '--owner', 'Bo', '--street', 'Quay 1', '--town', 'Kiel'],
  ['product', 'add', 'Cold room', '--code', 'CR-20', '--price', '900', '--cost', '500'],
  ['product', 'add', 'Screw', '--code', 'SC-1', '--price', '0.02'],
  ['product', 'price', 'add', 'CR-20', '850', '--from', '10'],
  ['product', 'price', 'add', 'SC-1', '0.01', '--list', 'Trade'],
  ['deal', 'add', 'Pier Nine', 'Mast', '--amount', '5000', '--on', '2026-10-01'],
  ['deal', 'add', 'Pier 9 Ltd', 'Kran', '--amount', '700', '--tag', 'fair'],
  ['deal', 'add', 'Pier Nine', 'Boje', '--property', 'Paint=red'],
  ['lose', 'Boje', '--reason', 'bad timing'],
  ['deal', 'line', 'add', 'Mast', 'CR-20', '--quantity', '2'],
  ['deal', 'line', 'add', 'Mast', '--text', 'Transport', '--price', '80', '--optional'],
  ['deal', 'line', 'add', 'Mast', '--text', 'Rail', '--price', '60', '--alternative-to', '1'],
  ['goal', 'set', 'won-amount', '30000', '--every', 'month'],
  ['holiday', 'add', '2026-12-25', 'Christmas'],
  ['log', 'call', 'Pier Nine', 'asked for a price', '--on', '2026-11-02'],
  ['task', 'add', 'Ring again', '--client', 'Pier Nine', '--due', '2026-12-01'],
  ['source', 'add', 'Fair A'],
  ['source', 'add', 'Fair B'],
  ['segment', 'add', 'North', '--where', 'region=North'],
]

const FILES: Record<string, string[]> = {
  'products.csv': ['Code,Name,Price', 'CR-20,Cold room,950', 'W-1,Winch,90'],
  'lines.csv': ['Deal,Client,Code,Product,Quantity,Price', 'Kran,Pier 9 Ltd,W-1,Winch,2,90'],
  'more.csv': ['Deal,Client,Code,Quantity', 'Mast,Pier Nine,CR-20,5'],
  'deals.csv': ['Client,Title,Phase,Owner,Tag', 'Pier Nine,Anker,raus,AB,"new; fair"'],
  'clients.csv': ['Name,Kind,Town,Fleet', 'Pier Nine,VIP,Bonn,4', 'Eta,VIP,Ulm,many'],
}

const COMMANDS = [
  ['product', 'add', 'Winch', '--price', '90'],
  ['product', 'edit', 'CR-20', '--price', '910', '--code', 'CR-21', '--text', 'cold'],
  ['product', 'edit', 'Screw', '--retire'],
  ['product', 'price', 'add', 'CR-20', '800', '--list', 'Partners', '--until', '2026-12-31'],
  ['product', 'price', 'drop', '1'],
  ['client', 'edit', 'Pier Nine', '--price-list', 'Trade'],
  ['deal', 'line', 'add', 'Kran', 'SC-1', '--quantity', '1000', '--discount', '5%'],
  ['deal', 'line', 'edit', 'Mast', '1', '--quantity', '3', '--price', '880', '--cost', 'none'],
  ['deal', 'line', 'edit', 'Mast', 'Transport', '--choose'],
  ['deal', 'line', 'edit', 'Mast', 'Rail', '--choose'],
  ['deal', 'line', 'drop', 'Mast', 'Transport'],
  ['deal', 'line', 'drop', 'Mast', 'Rail'],
  ['property', 'edit', 'Fleet', '--kind', 'number'],
  ['property', 'edit', 'Paint', '--choice', 'red', '--choice', 'blue'],
  ['property', 'edit', 'Fleet', '--name', 'Vessels'],
  ['deal', 'edit', 'Mast', '--property', 'Paint=blue', '--property', 'Hull=steel'],
  ['deal', 'edit', 'Boje', '--property', 'Paint='],
  ['deal', 'edit', 'Mast', '--tag', 'VIP', '--tag', 'new'],
  ['deal', 'edit', 'Kran', '--drop', 'tag:fair'],
  ['deal', 'edit', 'Mast', '--contact', 'Lea Roy', '--note', 'calls at noon'],
  ['deal', 'edit', 'Boje', '--reason', 'too expensive'],
  ['deal', 'edit', 'Kran', '--chance', '70%'],
  ['contact', 'add', 'Pier Nine', 'Sam Kay', '--role', 'Captain'],
  ['contact', 'edit', 'Pier Nine', 'Lea', '--name', 'Lea Royce'],
  ['contact', 'drop', 'Pier Nine', 'Lea'],
  ['goal', 'set', 'won-deals', '4', '--period', '2026-12', '--owner', 'Ann'],
  ['goal', 'set', 'won-amount', '35000', '--every', 'month'],
  ['goal', 'drop', '1'],
  ['holiday', 'add', '2027-01-01', 'New Year'],
  ['holiday', 'drop', '2026-12-25'],
  ['client', 'edit', 'Pier Nine', '--street', 'Quay 2', '--town', 'Kiel', '--country', 'Germany'],
  ['client', 'edit', 'Pier Nine', '--person', '--birthday', '1980-05-02', '--since', '2020-01-01'],
  ['client', 'merge', 'Pier Nine', 'Pier 9 Ltd', '--yes'],
  ['source', 'merge', 'Fair A', 'Fair B', '--yes'],
  ['owner', 'merge', 'Ann', 'Bo', '--yes'],
  ['owner', 'hand-over', 'Ann', '--to', 'Bo'],
  ['owner', 'edit', 'Ann', '--user', 'ann'],
  ['client', 'edit', '--where', 'owner=Ann', '--set', 'owner=Bo', '--yes'],
  ['deal', 'edit', '1', '2', '--set', 'owner=Bo', '--yes'],
  ['deal', 'delete', 'Mast', '--yes'],
  ['interaction', 'edit', '1', '--result', 'interested', '--at', '14:30', '--length', '20m'],
  ['interaction', 'delete', '1', '--yes'],
  ['task', 'edit', 'Ring', '--due', '2026-12-02 09:00'],
  ['task', 'delete', 'Ring', '--yes'],
  ['rate', 'add', 'USD', '1.10', '--on', '2026-11-20'],
  ['import', 'products', 'products.csv', '--on-duplicate', 'update'],
  ['import', 'lines', 'lines.csv', '--create', 'products'],
  ['import', 'lines', 'more.csv', '--on-duplicate', 'update'],
  [
    'import',
    'deals',
    'deals.csv',
    '--map',
    'Phase=stage',
    '--create',
    'owners',
    '--value',
    'Phase:raus=Proposal',
    '--value',
    'Owner:AB=Ann',
    '--value',
    'Tag:new=fresh',
    '--save-profile',
    'List',
  ],
  ['import', 'clients', 'clients.csv', '--value', 'Kind:VIP=person', '--on-duplicate', 'update'],
]

/** What the program notes about its own work, which an undo adds to. */
const NOTED = new Set(['journal', 'operation_inserts', 'operations'])

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

let book: Inside
const rows = (): [string, unknown][] =>
  Object.entries(rowsOf(path.join(book.folder, 'funnel.db'))).filter(([name]) => !NOTED.has(name))

/** Takes back an operation, the last one by default. Returns the number of the undo. */
async function undo(...operation: number[]): Promise<number> {
  const done = await book.ok('undo', ...operation.map(String), '--json')
  return (JSON.parse(done) as { operation: number }).operation
}

beforeAll(async () => {
  book = await inside(FOLDER, 'book')
  for (const args of BEFORE) await book.ok(...args)
  for (const [name, lines] of Object.entries(FILES)) book.save(name, lines.join('\n'))
})

it.each(COMMANDS.map((args) => ({ args, line: args.join(' ') })))(
  'undo of $line gives the first state row for row, and its undo the second',
  async ({ args }) => {
    const before = rows()
    await book.ok(...args)
    const after = rows()
    expect(after).not.toEqual(before)
    const undone = await undo()
    expect(rows()).toEqual(before)
    const again = await undo(undone)
    expect(rows()).toEqual(after)
    await undo(again)
    expect(rows()).toEqual(before)
  },
)

it('the book is sound after all of it', async () => {
  expect(await book.ok('doctor')).toContain('is sound')
})
