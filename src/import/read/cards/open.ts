import { Fault } from '../../../domain/fault.ts'
import { escapeFormula } from '../../../domain/csv-injection.ts'
import { counted } from '../../../domain/text.ts'
import type { ImportKind } from '../../map/fields.ts'
import { clientColumns, clientRows } from '../../own-export/client-rows.ts'
import type { Lines, RawRow, TextFile } from '../source.ts'
import { tooLarge } from '../zip.ts'
import { type Card, readCard } from './card.ts'
import { type CardClient, CardGatherer } from './clients.ts'
import { type CardLine, readLine, unfolded } from './lines.ts'
import { addAll } from '../../../domain/lists.ts'

/** The most that all cards together may contain, without pictures, in characters. */
const MOST_TEXT = 64 << 20
const ROWS_AT_ONCE = 500

/** What a person should know of the cards. */
class Remarks {
  #outside = 0
  #groups = 0
  #hasKinds = false
  readonly #leftOut = new Map<string, number>()

  outside(): void {
    this.#outside += 1
  }

  card({ what, hasKinds, leftOut }: Card): void {
    this.#groups += what === 'group' ? 1 : 0
    this.#hasKinds ||= hasKinds
    for (const name of new Set(leftOut)) this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + 1)
  }

  notes(): string[] {
    const found: string[] = []
    if (this.#leftOut.size > 0) {
      const parts = [...this.#leftOut].map(
        ([name, count]) => `${name} of ${counted(count, 'card')}`,
      )
      found.push(`left out: ${parts.join(', ')}`)
    }
    if (this.#groups > 0) {
      const were = this.#groups === 1 ? 'card of a group was' : 'cards of groups were'
      found.push(`${this.#groups} ${were} left out`)
    }
    if (this.#outside > 0) {
      found.push(`${counted(this.#outside, 'line')} outside of the cards left out`)
    }
    if (this.#hasKinds) {
      found.push('which numbers and addresses are of home, work or mobile is not kept')
    }
    return found
  }
}

function brokenOff(name: string): Fault {
  return new Fault(
    'usage',
    `${name} ends in the middle of a card`,
    'export it again and try that file',
  )
}

/** All cards of a text. @throws Fault `usage` if it breaks off, or would fill the memory. */
async function* cardsOf(
  pieces: AsyncIterable<string>,
  name: string,
  remarks: Remarks,
): AsyncGenerator<Card> {
  let lines: CardLine[] = []
  let depth = 0
  let number = 0
  let size = 0
  for await (const text of unfolded(pieces)) {
    const line = readLine(text)
    if (line?.name === 'BEGIN') {
      depth += 1
    } else if (line?.name === 'END') {
      depth -= 1
      if (depth === 0) {
        number += 1
        yield readCard(number, lines)
        lines = []
      }
      depth = Math.max(depth, 0)
    } else if (line && depth === 1) {
      if (/^(?:PHOTO|LOGO|SOUND|KEY)$/.test(line.name)) line.value = ''
      size += line.value.length + 100
      if (size > MOST_TEXT) throw tooLarge(name)
      lines.push(line)
    } else if (depth === 0 && text.trim() !== '') {
      remarks.outside()
    }
  }
  if (depth > 0) throw brokenOff(name)
}

/** The rows of a client, each numbered by its card. */
function rowsOf({ record, number, people }: CardClient, properties: readonly string[]): RawRow[] {
  const rows = clientRows(record, properties)
  const numbers = rows.length > people.length ? [number, ...people] : people
  return rows.map((cells, index) => ({
    number: numbers[index] ?? number,
    cells: cells.map((cell) => escapeFormula(cell ?? '')),
  }))
}

/**
 * Opens cards (vCard 2.1, 3.0 or 4.0) as a table of clients and their contacts.
 * @throws Fault `usage` if something other than clients is to be imported, or the cards break off.
 */
export async function openCards(
  { name, pieces }: TextFile,
  kind: ImportKind,
): Promise<Omit<Lines, 'encoding' | 'delimiter'>> {
  if (kind !== 'clients') {
    const what = `${name} holds cards of people, not ${kind}`
    throw new Fault('usage', what, `funnel import clients ${name}`)
  }
  const remarks = new Remarks()
  const gatherer = new CardGatherer()
  let isOwn = true
  for await (const card of cardsOf(pieces(), name, remarks)) {
    remarks.card(card)
    if (card.what === 'group') continue
    isOwn &&= card.isOwn
    gatherer.add(card)
  }
  const clients = gatherer.done()
  const names = new Set(clients.flatMap(({ record }) => record.properties.map((one) => one.name)))
  const properties = [...names]
  // Without references, clients are recognised as in any other list.
  const from = isOwn ? 0 : 1
  async function* batches(): AsyncGenerator<RawRow[]> {
    let batch: RawRow[] = [
      { number: 0, cells: clientColumns(properties).slice(from).map(escapeFormula) },
    ]
    for (const client of clients) {
      const rows = rowsOf(client, properties)
      addAll(
        batch,
        rows.map(({ number, cells }) => ({ number, cells: cells.slice(from) })),
      )
      if (batch.length < ROWS_AT_ONCE) continue
      yield await Promise.resolve(batch)
      batch = []
    }
    yield batch
  }
  return { sheet: null, notes: remarks.notes(), isRecords: true, batches }
}
