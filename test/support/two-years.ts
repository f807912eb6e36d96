import { addDays, type Day, toEpochDay } from '../../src/domain/day.ts'
import type { Money } from '../../src/domain/money.ts'
import { type Random, seededRandom } from '../../src/domain/random.ts'
import type { Db } from '../../src/book/store/db.ts'
import { addClient } from '../../src/records/clients.ts'
import { addDeal } from '../../src/records/deals.ts'
import { addEntry } from '../../src/records/dictionaries.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { advance, lose, win } from '../../src/records/steps.ts'
import { addTask } from '../../src/records/tasks.ts'
import { day, moment } from './book.ts'

const FIRST = day('2024-12-01')
const TODAY = day('2026-11-23')
const DEALS = 360
const LAST_STAGE = 9
const DECISION = 4

interface Person {
  id: number | null
  /** The chance to pass a stage. */
  pass: number
  /** The chance to pass the decision, in the second year. */
  decision: number
  contacts: number
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T
}

async function work(db: Db, id: number, client: number, who: Person, on: Day, random: Random) {
  for (let count = Math.floor(random() * who.contacts); count > 0; count -= 1) {
    const at = addDays(on, Math.floor(random() * 30))
    if (at > TODAY) continue
    await addInteraction(
      db,
      {
        kind: pick(['call', 'call', 'email', 'meeting', 'message', 'note'], random),
        clientId: client,
        dealId: random() < 0.7 ? id : null,
        ownerId: who.id,
        direction: pick(['in', 'out', null], random),
        result: null,
        text: '',
      },
      moment(at, TODAY),
    )
  }
}

async function live(db: Db, who: Person, client: number, opened: Day, random: Random) {
  const amount = Math.round(1000 + random() * 9000) * 100
  const { id } = await addDeal(
    db,
    {
      clientId: client,
      processId: 1,
      title: 'Order',
      ref: null,
      need: null,
      sourceId: null,
      stageId: null,
      amount: amount as Money,
      cost: Math.round(amount * 0.6) as Money,
      ownerId: who.id,
      expectedClose: null,
    },
    moment(opened, TODAY),
  )
  await work(db, id, client, who, opened, random)
  let on = opened
  for (let stage = 1; stage <= LAST_STAGE; stage += 1) {
    on = addDays(on, Math.round(-Math.log(1 - random()) * 7))
    if (on > TODAY) return
    const second = toEpochDay(on) - toEpochDay(FIRST) > 365
    const pass = stage === DECISION && second ? who.decision : who.pass
    if (random() > pass) {
      await lose(db, id, 1, moment(on, TODAY))
      return
    }
    if (stage === LAST_STAGE) await win(db, id, moment(on, TODAY))
    else await advance(db, id, moment(on, TODAY))
  }
}

/**
 * Two years of three salespeople, the same every time: since the second year Bo loses many deals at
 * the proposal; Cy began in the last month.
 */
export async function liveTwoYears(db: Db): Promise<void> {
  const random = seededRandom(5)
  const people: Person[] = []
  for (const [name, decision] of [
    ['Ann', 0.9],
    ['Bo', 0.45],
    ['Cy', 0.9],
  ] as const) {
    const id = await addEntry(db, 'owner', name)
    people.push({ id, pass: 0.9, decision, contacts: name === 'Ann' ? 9 : 5 })
  }
  for (const name of ['Harbour Foods', 'Pier Nine', 'Quay Market']) {
    await addClient(db, name, {}, {}, FIRST)
  }
  for (let count = 0; count < DEALS; count += 1) {
    const after = Math.floor((count * 720) / DEALS)
    const late = after > 700 && count % 3 === 0
    const who = people[late ? 2 : count % 2] as Person
    await live(db, who, 1 + (count % 3), addDays(FIRST, after), random)
  }
  const task = { clientId: 1, dealId: null, ownerId: 1, due: day('2026-11-20'), repeat: null }
  await addTask(db, { ...task, text: 'Send the price list' }, moment('2026-11-01', TODAY))
}
