import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import type { Book } from '../../src/book/open.ts'
import type { InteractionKind, InteractionResult } from '../../src/book/schema/work.ts'
import { addDays, type Day, daysBetween } from '../../src/domain/day.ts'
import { clientCard } from '../../src/records/cards.ts'
import { clientTest } from '../../src/records/choose/index.ts'
import { listClients, readColumns } from '../../src/records/client-list.ts'
import { addClient } from '../../src/records/clients.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { loadAgenda } from '../../src/reports/agenda/index.ts'
import { lateClients } from '../../src/reports/standards/load.ts'
import { desk } from '../support/funnel.ts'
import { day, moment, newBook, perform } from '../support/book.ts'

const START = day('2026-06-01')
const TODAY = day('2026-11-23')
const LENGTH = daysBetween(START, TODAY)

interface Told {
  client: number
  kind: InteractionKind
  result: InteractionResult | null
  at: Day
}

const told: fc.Arbitrary<Told> = fc.record({
  client: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom('call', 'email', 'meeting', 'sms', 'message', 'mailing', 'note'),
  result: fc.constantFrom(null, 'reached', 'no-answer', 'no-answer', 'refused', 'call-back'),
  at: fc.integer({ min: 0, max: LENGTH }).map((days) => addDays(START, days)),
})

/** What DESIGN means by contact made, in plain words of this test. */
function lastOf(all: readonly Told[], client: number, asOf: Day): Day | null {
  const days = all
    .filter((one) => one.client === client && one.at <= asOf)
    .filter(({ kind }) => kind !== 'note' && kind !== 'mailing')
    .filter(({ result }) => result !== 'no-answer')
    .map(({ at }) => at)
    .toSorted()
  return days.at(-1) ?? null
}

async function filled(all: readonly Told[]): Promise<Book> {
  const book = newBook()
  await perform(book, async (db) => {
    for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta']) {
      await addClient(db, name, { rating: 'A' }, {}, START)
    }
    await db.insertInto('standards').values({ rating: 'A', days: 1 }).execute()
    for (const { client, kind, result, at } of all) {
      const rest = { dealId: null, ownerId: null, direction: null, text: '' }
      await addInteraction(db, { clientId: client, kind, result, ...rest }, moment(at))
    }
  })
  return book
}

/** Every place that knows a last contact, by client. */
async function everywhere(book: Book, client: number): Promise<Record<string, Day | null>> {
  const { db } = book
  const [row] = await listClients(db, {
    columns: await readColumns(db, 'last-contact', TODAY),
    test: await clientTest(db, [`name=${['Alpha', 'Beta', 'Gamma', 'Delta'][client - 1]}`], TODAY),
  })
  const { client: card } = await clientCard(db, client)
  const kept = await db.selectFrom('last_contacts').selectAll().where('id', '=', client).execute()
  return {
    list: (row?.last_contact ?? null) as Day | null,
    card: card.last_contact,
    kept: kept[0]?.last_on ?? null,
  }
}

/** The clients that a condition chooses. */
async function chosen({ db }: Book, condition: string): Promise<unknown[]> {
  const columns = await readColumns(db, 'id', TODAY)
  const rows = await listClients(db, { columns, test: await clientTest(db, [condition], TODAY) })
  return rows.map(({ id }) => id)
}

async function agree(book: Book, all: readonly Told[], past: Day): Promise<void> {
  const { db } = book
  const scope = { ownerId: null, before: TODAY }
  const late = new Map(
    (await lateClients(db, TODAY, { ...scope, asOf: TODAY }, 99)).map((one) => [one.id, one]),
  )
  const then = { ownerId: null, asOf: past, before: addDays(TODAY, 9) }
  const lateThen = new Map((await lateClients(db, TODAY, then, 99)).map((one) => [one.id, one]))
  const agenda = await loadAgenda(db, { today: TODAY, until: TODAY, ownerId: null, limit: 99 })
  for (const client of [1, 2, 3, 4]) {
    const last = lastOf(all, client, TODAY)
    expect(await everywhere(book, client)).toEqual({ list: last, card: last, kept: last })
    const days = last === null ? null : daysBetween(last, TODAY)
    const conditions = [
      ['last-contact', last !== null],
      ['last-contact=none', last === null],
      [`last-contact=${days ?? 7}d`, last !== null],
      [`last-contact>${days ?? 9999}d`, last === null],
      [`last-contact<=${days ?? 0}d`, last !== null],
    ] as const
    for (const [condition, fits] of conditions) {
      expect((await chosen(book, condition)).includes(client)).toBe(fits)
    }
    if (last === null || last < addDays(TODAY, -1)) {
      expect(late.get(client)?.lastOn).toBe(last)
      const item = agenda.items.find((one) => one.key === `client-${client}-contact`)
      expect(item?.text).toContain(last === null ? 'no contact yet' : `no contact for ${days} days`)
    } else expect(late.has(client)).toBe(false)
    expect(lateThen.get(client)?.lastOn).toBe(lastOf(all, client, past))
  }
}

describe('the last contact', () => {
  it('is one day in the list, the card, conditions, standards, the agenda and doctor', async () => {
    const books = fc.tuple(
      fc.array(told, { maxLength: 14 }),
      fc.integer({ min: 0, max: LENGTH - 1 }).map((days) => addDays(START, days)),
    )
    await fc.assert(
      fc.asyncProperty(books, async ([all, past]) => {
        const book = await filled(all)
        await agree(book, all, past)
        expect(await examineBook(book)).toEqual([])
        // A result found wrong, a row taken away: what is kept follows.
        const [first, second, ...rest] = all
        if (!first || !second) return
        book.store.prepare("UPDATE interactions SET result = 'no-answer' WHERE id = 1").run()
        book.store.prepare('DELETE FROM interactions WHERE id = 2').run()
        await agree(book, [{ ...first, result: 'no-answer' }, ...rest], past)
        expect(await examineBook(book)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('is not moved by a note, a mailing or an attempt, which the card counts', () => {
    const { ok, json } = desk()
    ok('client', 'add', 'Harbour Foods')
    ok('log', 'call', '1', '--on', '2026-11-02')
    for (const what of ['call', 'email']) {
      ok('log', what, '1', '--result', 'no-answer', '--on', '2026-11-09')
    }
    ok('log', 'note', '1', 'Moved to the new pier', '--on', '2026-11-12')
    expect(ok('client', 'show', '1')).toContain(
      'Last contact: 2026-11-02, 2 attempts without an answer since\n',
    )
    expect(json('client', 'show', '1')).toMatchObject({ last_contact: '2026-11-02', attempts: 2 })
    const list = (where: string): unknown =>
      json('client', 'list', '--where', where, '--columns', 'name,last-contact').clients
    const found = [{ name: 'Harbour Foods', last_contact: '2026-11-02' }]
    // 2 to 23 November: 21 days.
    expect(list('last-contact>20d')).toEqual(found)
    expect(list('last-contact=21d')).toEqual(found)
    expect(list('last-contact<21d')).toEqual([])
    ok('client', 'add', 'Mole Inn')
    ok('log', 'call', '2', '--result', 'no-answer')
    expect(ok('client', 'show', '2')).toContain('Last contact: none, 1 attempt without an answer\n')
    expect(list('last-contact=none')).toEqual([{ name: 'Mole Inn', last_contact: null }])
  })
})
