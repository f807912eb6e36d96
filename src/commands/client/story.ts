import type { Currency } from '../../domain/money.ts'
import { toDecimal } from '../../domain/money.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { durationText } from '../../domain/duration.ts'
import type { Column, Row, Section } from '../../domain/table.ts'
import type { Episode } from '../../records/timeline.ts'

const COLUMNS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'time', label: 'Time', type: 'text', optional: true },
  { key: 'what', label: 'What', type: 'text' },
  { key: 'details', label: 'Details', type: 'text', wrap: true },
  { key: 'deal', label: 'Deal', type: 'text', optional: true },
  { key: 'owner', label: 'Owner', type: 'text', optional: true },
  { key: 'source', label: 'Source', type: 'text', hidden: true },
  { key: 'id', label: 'No.', type: 'count', hidden: true },
  { key: 'kind', label: 'Kind', type: 'text', hidden: true },
  { key: 'direction', label: 'Way', type: 'text', hidden: true },
  { key: 'result', label: 'Result', type: 'text', hidden: true },
  { key: 'text', label: 'Text', type: 'text', hidden: true },
  { key: 'contact', label: 'Person', type: 'text', hidden: true },
  { key: 'stage', label: 'Stage', type: 'text', hidden: true },
  { key: 'reason', label: 'Reason', type: 'text', hidden: true },
  { key: 'amount', label: 'Amount', type: 'money', hidden: true },
  { key: 'currency', label: 'Currency', type: 'text', hidden: true },
  { key: 'own_amount', label: 'Own amount', type: 'number', hidden: true },
  { key: 'file', label: 'File', type: 'text', hidden: true },
  { key: 'row', label: 'Row', type: 'count', hidden: true },
  { key: 'minutes', label: 'Minutes', type: 'count', hidden: true },
]

function what({ source, kind, direction, file }: Episode): string {
  if (source === 'interaction') return direction === null ? kind : `${kind} ${direction}`
  if (source === 'client') return file === null ? 'added' : 'imported'
  return source === 'task' ? `task ${kind}` : kind
}

/** What a line says besides day and kind: `interested: wants an offer`, `Proposal`, `too expensive`. */
function details(episode: Episode, currency: Currency): string {
  const { source, result, text, contact, stage, reason, amount, file, row, minutes } = episode
  const length = minutes === null ? null : durationText(minutes)
  const from = file === null ? null : `from ${file}, row ${row}`
  const worth = amount === null ? null : moneyText(amount, currencyOf(episode.currency, currency))
  const parts =
    source === 'task'
      ? [text, result]
      : source === 'interaction'
        ? [contact, length, result, text]
        : [stage, reason, worth, text, from]
  return parts.filter((part) => part !== null && part !== '').join(': ')
}

/** The amount of an event for programs: one in another currency is not one of the book's. */
function episodeMoney({ amount, currency: code }: Episode, book: Currency): Row {
  if (amount === null) return { amount, currency: null, own_amount: null }
  const currency = currencyOf(code, book)
  const own = toDecimal(amount, currency)
  return { amount: code === null ? amount : null, currency: currency.code, own_amount: own }
}

/** The story of a client, as a section of its card. */
export function storySection(
  episodes: readonly Episode[],
  currency: Currency,
  title = 'Story',
): Section {
  const rows = episodes.map((episode): Row => ({
    ...episode,
    ...episodeMoney(episode, currency),
    what: what(episode),
    details: details(episode, currency) || null,
  }))
  return { key: 'timeline', title, columns: COLUMNS, rows }
}
