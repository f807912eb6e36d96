import type { Insertable } from 'kysely'
import type {
  Direction,
  InteractionKind,
  InteractionResult,
  InteractionsTable,
} from '../../book/schema/work.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { tidyText } from '../../domain/name.ts'
import { type Moment, requirePast } from '../moment.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/** A call, e-mail, meeting or message, as it is entered. */
export interface NewInteraction {
  kind: InteractionKind
  clientId: number
  dealId: number | null
  /** The person at the client that it was with. */
  contactId?: number | null
  ownerId: number | null
  direction: Direction | null
  result: InteractionResult | null
  /** The time of its day, and how many minutes it took. */
  time?: TimeOfDay | null
  minutes?: number | null
  text: string
  origin?: FileRow
}

/**
 * An interaction in the columns of the book.
 * @throws Fault `usage` if the day is still to come.
 */
export function interactionRow(
  interaction: NewInteraction,
  moment: Moment,
): Insertable<InteractionsTable> {
  requirePast(moment)
  return {
    client_id: interaction.clientId,
    contact_id: interaction.contactId ?? null,
    deal_id: interaction.dealId,
    owner_id: interaction.ownerId,
    kind: interaction.kind,
    direction: interaction.direction,
    result: interaction.result,
    at: moment.on,
    time: interaction.time ?? null,
    minutes: interaction.minutes ?? null,
    recorded_at: moment.recordedAt,
    text: tidyText(interaction.text) || null,
    ...fileColumns(interaction.origin),
  }
}
