import type { Db } from '../../book/store/db.ts'
import { addLine, settleLines } from '../../records/lines/change.ts'
import type { LineValues } from '../../records/rows/line.ts'
import { loadLines } from '../../records/lines/load.ts'
import { openDeal } from '../../records/deals.ts'
import type { Moment } from '../../records/moment.ts'
import { loadProcess } from '../../records/processes.ts'
import type { Proposal } from './find.ts'
import { makeProposal, type Offer, type Offering } from './make.ts'

/** A line for one client; `number` and `insteadOf` are what the file calls it, and the line that it may stand in for. */
export interface BatchLine {
  values: LineValues
  number: number | null
  insteadOf: number | null
}

/** Who is offered what. */
export interface BatchOffer extends Omit<Offer, 'dealId' | 'isNew'> {
  clientId: number
  processId: number
  title: string
  lines: readonly BatchLine[]
}

/** The proposals that a run has made before, by their clients. */
export async function madeBefore(db: Db, batch: string): Promise<Map<number, Proposal>> {
  const rows = await db
    .selectFrom('proposals')
    .selectAll()
    .where('batch', '=', batch)
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.client_id, row]))
}

/** Opens a deal for a client with the lines that are for it, and makes its proposal. */
export async function offerTo(
  db: Db,
  offer: BatchOffer,
  offering: Offering & { digits: number },
  moment: Moment,
): Promise<Proposal> {
  const { clientId, processId, title, lines, ...rest } = offer
  const { owner_id: ownerId, source_id: sourceId } = await db
    .selectFrom('clients')
    .select(['owner_id', 'source_id'])
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow()
  const { asksNeed } = await loadProcess(db, processId)
  const { id: dealId } = await openDeal(
    db,
    {
      clientId,
      processId,
      title,
      ownerId,
      sourceId,
      ...(asksNeed ? { need: title } : {}),
      ref: null,
      stageId: null,
      amount: null,
      cost: null,
      expectedClose: null,
    },
    moment,
  )
  const change = { dealId, digits: offering.digits, moment }
  const ids = new Map<number, number>()
  // An alternative needs the line that it may stand in for.
  const later = ({ insteadOf }: BatchLine): number => Number(insteadOf !== null)
  for (const { values, number, insteadOf } of lines.toSorted((a, b) => later(a) - later(b))) {
    const alternativeOf = insteadOf === null ? null : (ids.get(insteadOf) ?? null)
    const position = await addLine(db, change, { ...values, alternativeOf })
    const added = (await loadLines(db, dealId)).find((line) => line.position === position)
    if (added && number !== null) ids.set(number, added.alternative_of ?? added.id)
  }
  await settleLines(db, change)
  return makeProposal(db, { ...rest, dealId, isNew: false }, offering, moment)
}
