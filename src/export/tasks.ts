import type { Db } from '../book/store/db.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import type { TaskRecord } from '../domain/task-record.ts'
import { ownColumns } from './deals.ts'
import { PAGE, paged } from './paged.ts'
import { inPeriod } from './period.ts'
import { clientRefs, dealRefs } from './refs.ts'
import { ofClients, type Wanted } from './wanted.ts'

function nextTasks(db: Db, after: number, wanted: Wanted) {
  const { period } = wanted
  const query = db
    .selectFrom('tasks as t')
    .leftJoin('clients as c', 'c.id', 't.client_id')
    .leftJoin('deals as d', 'd.id', 't.deal_id')
    .leftJoin('stages as s', 's.id', 't.stage_id')
    .leftJoin('owners as o', 'o.id', 't.owner_id')
    .select([
      't.id as id',
      't.text as text',
      't.due as due',
      't.time as time',
      't.minutes as minutes',
      't.status as status',
      'o.name as owner',
      't.client_id as clientId',
      'c.name as client',
      'c.ref as clientRef',
      't.deal_id as dealId',
      'd.title as deal',
      'd.ref as dealRef',
      's.name as stage',
      't.closed_on as closed',
      't.result as result',
      't.repeat as repeat',
      't.repeat_from as repeatFrom',
      't.follow_up as followUp',
      't.added_on as added',
    ])
    .where('t.id', '>', after)
    .where(ofClients(wanted))
    .orderBy('t.id')
    .limit(PAGE)
  return (period ? query.where(inPeriod('t.due', period)) : query).execute()
}

/** Tasks by number; with a period, those due in it. */
export async function* taskRecords(db: Db, wanted: Wanted = {}): AsyncGenerator<TaskRecord> {
  const clientRefOf = await clientRefs(db)
  const dealRefOf = await dealRefs(db)
  for await (const { clientId, dealId, ...task } of paged((after) =>
    nextTasks(db, after, wanted),
  )) {
    yield {
      ...task,
      followUp: task.followUp === 1,
      clientRef: clientId === null ? null : clientRefOf(clientId, task.clientRef),
      dealRef: dealId === null ? null : dealRefOf(dealId, task.dealRef),
    }
  }
}

/** Tasks as a table. */
export function taskTable(tasks: AsyncIterable<TaskRecord>): LongTable {
  const columns = ownColumns('tasks')
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const { clientRef, dealRef, repeatFrom, followUp, ...task } of tasks) {
      const cells: Record<string, Cell> = {
        ...task,
        'client-ref': clientRef,
        'deal-ref': dealRef,
        'repeat-from': repeatFrom,
        'follow-up': followUp ? 'yes' : null,
      }
      yield columns.map(({ key }) => cells[key] ?? null)
    }
  }
  return { name: 'tasks', columns, currency: null, rows: rows() }
}
