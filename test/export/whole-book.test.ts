import path from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Book, openBook } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { operate } from '../../src/book/store/operate.ts'
import { parseContactPoint } from '../../src/domain/contact-point.ts'
import { addDays } from '../../src/domain/day.ts'
import { Fault } from '../../src/domain/fault.ts'
import type { Portion, Quantity, UnitPrice } from '../../src/domain/lines/scaled.ts'
import type { Money } from '../../src/domain/money.ts'
import type { Share } from '../../src/domain/share.ts'
import { parseRepeat } from '../../src/domain/repeat.ts'
import { addClient, addDetails, type ClientDetails } from '../../src/records/clients.ts'
import { editDeal, openDeal } from '../../src/records/deals.ts'
import { addEntry } from '../../src/records/dictionaries.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { addLine, settleLines } from '../../src/records/lines/change.ts'
import { addProduct } from '../../src/records/products/index.ts'
import type { LineValues } from '../../src/records/rows/line.ts'
import { advance, lose, move, reopen, win } from '../../src/records/steps.ts'
import { addTask, closeTask } from '../../src/records/tasks.ts'
import { day, moment } from '../support/book.ts'
import { temporaryFolder } from '../support/funnel.ts'
import { type Inside, inside } from '../support/inside.ts'

const text = fc
  .array(fc.constantFrom('Acme', 'Пример', 'ทดสอบ', '例', "'t", '=1', '+49', '"q"', 'a;b', 'c,d'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(' '))
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some)
const money = fc.integer({ min: 0, max: 10_000_000 }).map((minor) => minor as Money)
const day1 = fc.integer({ min: 0, max: 300 }).map((days) => addDays(day('2026-01-01'), days))
const mail = fc.constantFrom('ann', 'bo', 'info').map((who) => `${who}@x.example`)
const phone = fc.constantFrom('+49 30 123456', '0301234', '(02) 12345')

const client = fc.record({
  name: text,
  ref: maybe(fc.constantFrom('7', '007', '=7', 'client-2')),
  kind: fc.constantFrom('company' as const, 'person' as const),
  consent: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
  note: maybe(fc.tuple(text, text).map((lines) => lines.join('\n'))),
  region: maybe(text),
  owner: maybe(fc.constantFrom(1, 2)),
  mails: fc.array(mail, { maxLength: 2 }),
  phones: fc.array(phone, { maxLength: 2 }),
  contacts: fc.array(
    fc.record({ name: text, role: maybe(text), mails: fc.array(mail, { maxLength: 2 }) }),
    { maxLength: 3 },
  ),
  categories: fc.array(text, { maxLength: 2 }),
  properties: fc.array(
    fc.record({
      name: fc.constantFrom('Fleet', 'Phone', 'note', 'Company', 'email 2', '=x'),
      value: text,
    }),
    { maxLength: 3 },
  ),
})

const line = fc
  .record({
    productId: maybe(fc.constantFrom(1, 2)),
    text: text,
    quantity: fc.integer({ min: 1, max: 9_000_000 }).map((of) => of as Quantity),
    unit: maybe(fc.constantFrom('pc', 'h')),
    price: fc.integer({ min: 0, max: 90_000_000 }).map((of) => of as UnitPrice),
    cost: maybe(fc.integer({ min: 0, max: 90_000_000 }).map((of) => of as UnitPrice)),
    discount: fc.constantFrom(0, 50_000, 123_456).map((of) => of as Portion),
    tax: maybe(fc.constantFrom(190_000, 70_000).map((of) => of as Portion)),
    choice: fc.constantFrom('plain', 'option', 'chosen'),
  })
  .map(({ choice, ...values }): LineValues => ({
    ...values,
    optional: choice !== 'plain',
    chosen: choice === 'chosen',
    alternativeOf: null,
  }))

type Step = (db: Db, deal: number, on: ReturnType<typeof moment>) => Promise<unknown>
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((db, deal, on) => advance(db, deal, on, 'on')),
  fc.integer({ min: 1, max: 9 }).map(
    (stage): Step =>
      (db, deal, on) =>
        move(db, deal, stage, on),
  ),
  fc.constant<Step>((db, deal, on) => win(db, deal, on)),
  fc.constant<Step>((db, deal, on) => lose(db, deal, 1, on, 'no\nuse')),
  fc.constant<Step>((db, deal, on) => reopen(db, deal, on)),
  line.map((values): Step => async (db, dealId, on) => {
    const change = { dealId, digits: 2, moment: on }
    await addLine(db, change, values)
    await settleLines(db, change)
  }),
  fc
    .record({
      amount: maybe(money),
      cost: maybe(money),
      expectedClose: maybe(day1),
      ownerId: maybe(fc.constantFrom(1, 2)),
      chance: maybe(fc.constantFrom(0, 0.075, 0.7, 1).map((chance) => chance as Share)),
    })
    .map(
      (terms): Step =>
        (db, deal, on) =>
          editDeal(db, deal, terms, on),
    ),
)
const deal = fc.record({
  client: fc.nat(),
  title: text,
  ref: maybe(fc.constantFrom('D1', '0012', 'deal-1', 'deal-2')),
  process: fc.constantFrom(1, 2, 3),
  amount: maybe(money),
  need: maybe(text),
  opened: day1,
  steps: fc.array(fc.tuple(step, fc.integer({ min: 0, max: 40 })), { maxLength: 6 }),
})
const interaction = fc.record({
  client: fc.nat(),
  deal: maybe(fc.nat()),
  kind: fc.constantFrom('call' as const, 'meeting' as const, 'note' as const),
  direction: maybe(fc.constantFrom('in' as const, 'out' as const)),
  result: maybe(fc.constantFrom('no-answer' as const, 'interested' as const)),
  text: fc.oneof(fc.constant(''), text),
  on: fc.constantFrom(day('2026-03-01'), day('2026-03-02')),
})
const task = fc.record({
  client: maybe(fc.nat()),
  deal: maybe(fc.nat()),
  text,
  due: maybe(day1),
  repeat: maybe(fc.constantFrom('2w', '1m')),
  ownerId: maybe(fc.constantFrom(1, 2)),
  added: day1,
  closed: maybe(fc.constantFrom('done' as const, 'dropped' as const)),
  result: maybe(fc.tuple(text, text).map((lines) => lines.join('\n'))),
})
const life = fc.record({
  clients: fc.array(client, { minLength: 1, maxLength: 5 }),
  deals: fc.array(deal, { maxLength: 4 }),
  interactions: fc.array(interaction, { maxLength: 5 }),
  tasks: fc.array(task, { maxLength: 6 }),
})
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never

/** Does something where the book allows it. */
async function attempt<T>(book: Book, work: (db: Db) => Promise<T>): Promise<T | undefined> {
  try {
    const info = { command: 'funnel test', at: '2026-11-23T12:00:00.000Z', author: 'ann' }
    const done = await operate(book, info, async (db) => ({ summary: '', result: await work(db) }))
    return done.result
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

async function live(book: Book, { clients, deals, interactions, tasks }: Life): Promise<void> {
  const points = (mails: string[], phones: string[] = []): ClientDetails['points'] => [
    ...mails.map((one) => parseContactPoint('email', one)),
    ...phones.map((one) => parseContactPoint('phone', one)),
  ]
  for (const name of ['Ann', 'Bo']) {
    await attempt(book, (db) => addEntry(db, 'owner', name))
  }
  await attempt(book, (db) => addEntry(db, 'reason', 'price'))
  await attempt(book, (db) => addProduct(db, 'Acme pump', { code: 'A', cost: 100 as UnitPrice }))
  await attempt(book, (db) => addProduct(db, '=Valve', {}))
  const known: number[] = []
  for (const { name, owner, mails, phones, contacts, categories, properties, ...own } of clients) {
    const id = await attempt(book, async (db) => {
      const added = await addClient(db, name, { ...own, ownerId: owner }, {}, day('2026-01-01'))
      await addDetails(db, added, {
        points: points(mails, phones),
        contacts: contacts.map((one) => ({ ...one, points: points(one.mails) })),
        categories,
        properties,
      })
      return added
    })
    if (id !== undefined) known.push(id)
  }
  const opened: { id: number; client: number }[] = []
  for (const { client: at, title, ref, process, amount, need, opened: on, steps } of deals) {
    const clientId = known[at % known.length] ?? 1
    const terms = { amount, cost: null, ownerId: null, expectedClose: null }
    const made = {
      ...terms,
      clientId,
      processId: process,
      title,
      ref,
      need,
      sourceId: null,
      stageId: null,
    }
    const added = await attempt(book, (db) => openDeal(db, made, moment(on)))
    if (!added) continue
    opened.push({ id: added.id, client: clientId })
    let when = on
    for (const [take, days] of steps) {
      when = addDays(when, days)
      await attempt(book, (db) => take(db, added.id, moment(when)))
    }
  }
  for (const { client: at, deal: of, on, ...rest } of interactions) {
    const about = of === null ? undefined : opened[of % Math.max(1, opened.length)]
    const clientId = about?.client ?? known[at % known.length] ?? 1
    const made = { ...rest, clientId, dealId: about?.id ?? null, ownerId: null }
    await attempt(book, (db) => addInteraction(db, made, moment(on)))
  }
  for (const { client: at, deal: of, repeat, added, closed, result, ...rest } of tasks) {
    const about = of === null ? undefined : opened[of % Math.max(1, opened.length)]
    const clientId = about?.client ?? (at === null ? null : (known[at % known.length] ?? null))
    const made = {
      ...rest,
      clientId,
      dealId: about?.id ?? null,
      repeat: repeat === null ? null : parseRepeat(repeat),
    }
    await attempt(book, async (db) => {
      const { id } = await addTask(db, made, moment(added))
      if (closed) await closeTask(db, id, closed, result, moment(added))
    })
  }
}

const WHAT = ['clients', 'products', 'deals', 'history', 'lines', 'interactions', 'tasks']
const TASKS = WHAT.indexOf('tasks')
const REPORTS = [
  ['report', 'products', '--period', 'all', '--json'],
  ['report', 'closed', '--period', 'all', '--json'],
  ['report', 'open', '--json'],
  ['report', 'open', '--as-of', '2026-06-01', '--json'],
]

/** The file without the order of its rows: the tasks of stages come into a book with their deals. */
const unordered = (file: string): string[] =>
  parse(file)
    .map((row) => row.join('|'))
    .toSorted()

/** What a book says of itself, in every export and report. */
async function told(book: Inside): Promise<string[]> {
  const all: string[] = []
  for (const what of WHAT) all.push(await book.ok('export', what))
  for (const report of REPORTS) all.push(await book.ok(...report))
  return all
}

it('goes into an empty book and comes out the same; and changes nothing in its own', async () => {
  const folder = temporaryFolder()
  let run = 0
  await fc.assert(
    fc.asyncProperty(life, async (story) => {
      run += 1
      const first = await inside(folder, `first-${run}`)
      const book = openBook(path.join(first.folder, 'funnel.db'))
      await live(book, story).finally(() => book.close())
      const before = await told(first)
      const second = await inside(folder, `second-${run}`)
      for (const [index, what] of WHAT.entries()) {
        second.save(`${what}.csv`, before[index] ?? '')
        const result = await second.ok('import', what, `${what}.csv`, '--create', 'all', '--json')
        expect(JSON.parse(result)).toMatchObject({ rejected: 0, skipped: 0 })
      }
      const after = await told(second)
      expect(unordered(after[TASKS] ?? '')).toEqual(unordered(before[TASKS] ?? ''))
      expect(after.toSpliced(TASKS, 1)).toEqual(before.toSpliced(TASKS, 1))
      for (const what of WHAT) {
        const file = path.join(second.folder, `${what}.csv`)
        const again = await first.ok('import', what, file, '--json')
        expect(JSON.parse(again)).toMatchObject({ operation: null, created: 0, updated: 0 })
        if (WHAT.indexOf(what) > 2) expect(JSON.parse(again)).toMatchObject({ rejected: 0 })
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 15) },
  )
}, 240_000)
