import type { Db } from '../../book/store/db.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import { type Random, seededRandom } from '../../domain/random.ts'
import { openDeal } from '../../records/deals.ts'
import type { Moment } from '../../records/moment.ts'
import { activeStages, loadProcess } from '../../records/processes.ts'
import { advance, lose, type Step, win } from '../../records/steps.ts'
import { closeTask } from '../../records/tasks.ts'

const DEALS = 140
const DAYS_BACK = 430
const SEED = 20
/** Follow-ups that fell due in these last days are still to be done. */
const RECENT_DAYS = 14

// The chance to pass each stage of the typical process, and the mean length of a stay in it.
const STAGES = [
  { pass: 0.82, days: 6 },
  { pass: 0.92, days: 4 },
  { pass: 0.8, days: 8 },
  { pass: 0.64, days: 12 },
  { pass: 0.72, days: 16 },
  { pass: 0.93, days: 8 },
  { pass: 0.97, days: 7 },
  { pass: 0.99, days: 12 },
  { pass: 1, days: 4 },
]

const TITLES = ['Cold store', 'Ten freezers', 'Service contract', 'Display cases', 'Spare parts']

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T
}

function stay(mean: number, random: Random): number {
  return Math.max(1, Math.round(-Math.log(1 - random()) * mean))
}

interface Trade {
  id: number
  owner: number | null
  source: number | null
}

interface Story {
  db: Db
  moment: Moment
  random: Random
  processId: number
  reasons: number[]
}

async function begin(story: Story, client: Trade, on: Day): Promise<number> {
  const { db, moment, random, processId } = story
  const amount = (Math.round(Math.exp(7.6 + random() * 2.2) / 50) * 5000) as Money
  const cost = (Math.round((amount * (0.5 + random() * 0.25)) / 1000) * 1000) as Money
  const deal = {
    clientId: client.id,
    processId,
    title: pick(TITLES, random),
    ref: null,
    sourceId: client.source,
    stageId: null,
    amount,
    cost,
    ownerId: client.owner,
    expectedClose: addDays(on, 75),
  }
  return (await openDeal(db, deal, { ...moment, on })).id
}

/** A follow-up that was due a while ago was done, without success. */
async function askAgain({ db, moment }: Story, { task }: Step): Promise<void> {
  if (!task?.due || task.due >= addDays(moment.today, -RECENT_DAYS)) return
  await closeTask(db, task.id, 'done', 'still no', { ...moment, on: task.due })
}

/** Plays one deal through, until it is closed or today has come. */
async function live(story: Story, client: Trade, opened: Day): Promise<void> {
  const { db, moment, random, reasons } = story
  const id = await begin(story, client, opened)
  let on = opened
  for (const [index, stage] of STAGES.entries()) {
    on = addDays(on, stay(stage.days, random))
    if (on > moment.today) return
    const when = { ...moment, on }
    if (random() > stage.pass) {
      await askAgain(story, await lose(db, id, pick(reasons, random), when))
      return
    }
    if (index === STAGES.length - 1) await win(db, id, when)
    else await advance(db, id, when)
  }
}

/** Fills a book that has clients with a year or more of deals, the same ones every time. */
export async function liveThroughAYear(db: Db, moment: Moment): Promise<number> {
  const clients = await db
    .selectFrom('clients')
    .select(['id', 'owner_id as owner', 'source_id as source'])
    .orderBy('id')
    .execute()
  const reasons = await db.selectFrom('reasons').select('id').orderBy('id').execute()
  const { id: processId } = await db
    .selectFrom('processes')
    .select('id')
    .where('name_key', '=', 'typical')
    .executeTakeFirstOrThrow()
  const process = await loadProcess(db, processId)
  if (activeStages(process).length !== STAGES.length) return 0
  const random = seededRandom(SEED)
  const story = { db, moment, random, processId, reasons: reasons.map(({ id }) => id) }
  for (let count = 0; count < DEALS; count += 1) {
    const opened = addDays(moment.today, -Math.floor(random() * DAYS_BACK))
    await live(story, pick(clients, random), opened)
  }
  return DEALS
}
