import { type Share, share } from '../../domain/share.ts'
import { MANY_TOUCHES, type TouchedWins } from './touches.ts'

/** What won deals took, and how they began. */
export interface WinFigures {
  won: number
  five_or_more: number
  five_share: Share | null
  inbound: number
  outbound: number
  /** Inbound and outbound: won deals whose first touch has a direction. */
  known: number
  inbound_share: Share | null
}

/** Won deals by their number of touches: `0` … `4`, `5+`. */
export interface TouchRow {
  touches: string
  deals: number
  share: Share | null
}

function count(wins: readonly TouchedWins[]): number {
  return wins.reduce((sum, { deals }) => sum + deals, 0)
}

/** Adds up won deals: a sale is inbound (passive) if its first touch came from the client. */
export function winFigures(wins: readonly TouchedWins[]): WinFigures {
  const won = count(wins)
  const many = count(wins.filter(({ touches }) => touches >= MANY_TOUCHES))
  const inbound = count(wins.filter(({ first }) => first === 'in'))
  const outbound = count(wins.filter(({ first }) => first === 'out'))
  return {
    won,
    five_or_more: many,
    five_share: share(many, won),
    inbound,
    outbound,
    known: inbound + outbound,
    inbound_share: share(inbound, inbound + outbound),
  }
}

/** How many won deals took how many touches. */
export function touchRows(wins: readonly TouchedWins[]): TouchRow[] {
  const won = count(wins)
  return Array.from({ length: MANY_TOUCHES + 1 }, (_, touches) => {
    const many = touches === MANY_TOUCHES
    const deals = count(
      wins.filter((one) => (many ? one.touches >= touches : one.touches === touches)),
    )
    return { touches: `${touches}${many ? '+' : ''}`, deals, share: share(deals, won) }
  })
}
