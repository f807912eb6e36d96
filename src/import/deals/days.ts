import type { Day } from '../../domain/day.ts'
import { counted } from '../../domain/text.ts'
import type { DealDraft } from './draft.ts'

/** The days of a deal that a row names, or what stands in for them. */
export interface DealDays {
  opened: Day
  /** False if the row has no possible opening day. */
  openedKnown: boolean
  closed: Day
}

/** Works out the days of new deals, and counts those missing from the rows. */
export function dealDays(today: Day) {
  let withoutOpening = 0
  let openedLate = 0
  let withoutClosing = 0

  const closing = ({ status, closed }: DealDraft): Day => {
    if (status !== 'open' && closed === null) withoutClosing += 1
    return closed ?? today
  }
  return {
    /** The day on which a deal ended: today if the row does not say. */
    closing,
    /**
     * The days of a new deal. Without an opening day, or with one after the closing day, it counts as
     * opened on its closing day, else today, and the day is marked as unknown.
     */
    of(draft: DealDraft): DealDays {
      const closed = closing(draft)
      const { opened } = draft
      if (opened !== null && opened <= closed) return { opened, openedKnown: true, closed }
      if (opened === null) withoutOpening += 1
      else openedLate += 1
      return { opened: closed, openedKnown: false, closed }
    },
    notes(): string[] {
      const notes: string[] = []
      if (withoutOpening > 0) {
        const deals = withoutOpening === 1 ? '1 deal has' : `${withoutOpening} deals have`
        notes.push(
          `${deals} no opening day: new deals, cohorts and days to win are counted without ` +
            `${withoutOpening === 1 ? 'it' : 'them'} until a later import, or funnel deal edit ` +
            '--opened DAY, gives the day',
        )
      }
      if (openedLate > 0) {
        notes.push(
          `${counted(openedLate, 'deal')} closed before the day given as opening: ` +
            `${openedLate === 1 ? 'its' : 'their'} opening day counts as not known`,
        )
      }
      if (withoutClosing > 0) {
        const deals =
          withoutClosing === 1 ? '1 closed deal has' : `${withoutClosing} closed deals have`
        notes.push(`${deals} no closing day: ${today} is taken`)
      }
      return notes
    },
  }
}
