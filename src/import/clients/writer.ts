import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { CLIENT_TEXTS, doubtsAbout, namesOf, type TextField } from '../../domain/text-fields.ts'
import { clientRow } from '../../records/rows/client.ts'
import { leftAlone, rowRemarks } from '../left-alone.ts'
import { byMadeRef } from '../made-refs.ts'
import type { ErasedGuard } from '../erased.ts'
import type { NameBook } from '../names.ts'
import type { OnDuplicate, Origin, Outcome, Writer } from '../outcome.ts'
import { clientDifference } from './agree.ts'
import { alikeNames } from './alike.ts'
import { type ClientDraft, draftClient } from './draft.ts'
import { clientFiller, type Named, type Names } from './fill.ts'
import { addClientDetails, clientTables } from './client-details.ts'
import { type NamedRow, tradeBook } from './trade.ts'
import { clientIndex, type Lookalike, type MatchKey } from './match.ts'

/** How clients are written. */
export interface ClientWriting {
  erased: ErasedGuard
  names: NameBook
  country: string | null
  match: readonly MatchKey[] | null
  onDuplicate: OnDuplicate
  /**
   * A large file: in an empty book the indexes are better built at the end, and similar names
   * are left to `funnel client duplicates`.
   */
  large: boolean
}

/** Texts of a client that can be wrong in a way that shows. */
const DOUBTFUL = namesOf(CLIENT_TEXTS).filter((name) => {
  const field: TextField = CLIENT_TEXTS[name]
  return field.doubt !== undefined
})

/** What a client is recognised by, in words. */
const KEY_WORDS: Record<MatchKey, string> = {
  ref: 'ref',
  'vat-id': 'VAT ID',
  email: 'email',
  phone: 'phone',
  'tax-number': 'tax number',
  name: 'name',
}

const TABLES = ['clients', 'contacts', 'contact_points', 'client_properties', 'client_categories']

function isEmpty(store: Store): boolean {
  return store.prepare('SELECT 1 FROM clients LIMIT 1').get() === undefined
}

/** A client that the row names by its number in this book. */
function ownClient(id: number) {
  return { known: { id, by: 'ref' as const, hasOtherName: false }, lookalike: null, apart: null }
}

/** What a new client would be known by. */
export function knownBy({ ref, name, contact, points }: ClientDraft) {
  return { ref, names: contact === null ? [name] : [name, contact.name], points }
}

/** Turns the rows of a list of clients into clients. */
export function clientWriter(store: Store, how: ClientWriting): Writer {
  const to = clientTables(store)
  let rebuild: (() => void) | undefined = store.manyRows(how.large && isEmpty(store) ? TABLES : [])
  /** Writes everything collected to the book, and restores its indexes, so that it can be read. */
  const settle = (): void => {
    to.flush()
    rebuild?.()
    rebuild = undefined
  }
  const difference = clientDifference(store)
  const index = clientIndex(store, how.match, to.flush, (client, draft) => {
    settle()
    return difference(client, draft)
  })
  const left = leftAlone(store, 'clients')
  const alike = how.large ? null : alikeNames(store)
  const fill = clientFiller(store, to, how.names)
  const trade = tradeBook(store)
  const ofNumber = byMadeRef(store, 'clients')
  /** Rows that a person may want to look at: matched with another client, or nearly. */
  const remarks = rowRemarks()
  /** Values that were taken, though they may be wrong. */
  const doubts = rowRemarks()
  let twins = 0
  /** New clients called by an address, as nothing else names them. */
  let nameless = 0

  /** A client as a note names it; one that the file added by its row. */
  const called = (id: number): string => {
    to.flush()
    return left.called(id)
  }

  const inBook = (table: 'owners' | 'sources', text: string | null): Named => ({
    known: text === null ? null : how.names.known(table, text),
    id: () => how.names.id(table, text),
  })
  const inTrade = (rows: NamedRow, text: string | null): Named => ({
    known: text === null ? null : rows.known(text),
    id: () => (text === null ? null : rows.id(text)),
  })
  const namesIn = ({ owner, source, priceList, terms }: ClientDraft): Names => ({
    owner: inBook('owners', owner),
    source: inBook('sources', source),
    priceList: inTrade(trade.priceList, priceList),
    terms: inTrade(trade.terms, terms),
  })

  const remarkDoubts = (draft: ClientDraft, { row, today }: Origin): void => {
    if (DOUBTFUL.every((name) => draft[name] === null)) return
    for (const doubt of doubtsAbout(CLIENT_TEXTS, draft, today)) {
      doubts.add(() => `row ${row} (${draft.name}): ${doubt}`)
    }
  }

  const create = (draft: ClientDraft, place: Origin): Outcome => {
    const { row, today, importId } = place
    const origin = { importId: importId(), row }
    const id = to.clients.add(
      // The spread is last, as V8 is slow to add keys to a spread: in front it makes an import a tenth slower.
      clientRow({
        ownerId: how.names.id('owners', draft.owner),
        sourceId: how.names.id('sources', draft.source),
        priceListId: draft.priceList === null ? null : trade.priceList.id(draft.priceList),
        termsId: draft.terms === null ? null : trade.terms.id(draft.terms),
        addedOn: today,
        origin,
        ...draft,
      }),
    )
    addClientDetails(to, id, draft)
    remarkDoubts(draft, place)
    index.add(id, draft)
    alike?.add(id, draft.name)
    if (!draft.hasOwnName && draft.contact === null) nameless += 1
    return 'created'
  }

  /** What a new client has in common with others: one shares an address, one has a similar name. */
  const likeness = (lookalike: Lookalike | null, twin: number | null): string => {
    const what = lookalike?.by === 'vat-id' ? 'a VAT ID' : 'an address'
    const shares = lookalike === null ? [] : [`shares ${what} with ${called(lookalike.id)}`]
    const named = twin === null || twin === lookalike?.id ? [] : [`is named like ${called(twin)}`]
    return [...shares, ...named].join(' and ')
  }

  return {
    write(cells, origin) {
      const draft = draftClient(cells, how.country)
      if (draft.terms !== null && !trade.knowsTerms(draft.terms)) {
        draft.properties.push({ name: 'Terms', value: draft.terms })
        draft.terms = null
      }
      how.names.check('owners', draft.owner)
      how.names.check('sources', draft.source)
      const own = ofNumber(draft.ref, draft.key)
      if (own !== null) draft.ref = null
      const { known: found, lookalike, apart } = own === null ? index.find(draft) : ownClient(own)
      if (!found) {
        how.names.active('owners', draft.owner)
        how.names.active('sources', draft.source)
        how.erased.check(knownBy(draft), origin.row)
        const looksForTwin = apart === null && draft.hasOwnName
        const twin = looksForTwin ? (alike?.find(draft.name) ?? null) : null
        if (apart !== null || lookalike !== null || twin !== null) {
          twins += 1
          remarks.add(() => {
            const like =
              apart === null
                ? likeness(lookalike, twin)
                : `${called(apart.id)} has its name, and another ${apart.by}`
            return `row ${origin.row} (${draft.name}) is new, but ${like}`
          })
        }
        return create(draft, origin)
      }
      if (found.hasOtherName && found.by !== 'ref') {
        remarks.add(
          () =>
            `row ${origin.row} (${draft.name}) is ${called(found.id)}, by its ${KEY_WORDS[found.by]}`,
        )
      }
      if (how.onDuplicate === 'skip') return 'skipped'
      if (how.onDuplicate === 'error') {
        throw new Fault(
          'usage',
          `${called(found.id)} is this one already, by its ${KEY_WORDS[found.by]}`,
        )
      }
      settle()
      const filled = fill(found.id, draft, namesIn(draft), how.onDuplicate === 'update')
      left.add(origin.row, found.id, filled.left, cells)
      index.add(found.id, draft)
      if (filled.changed) remarkDoubts(draft, origin)
      return filled.changed ? 'updated' : 'unchanged'
    },
    finish() {
      settle()
      const notes = [...remarks.notes(), ...doubts.notes()]
      if (twins > 0) notes.push('pairs that may be one client: funnel client duplicates')
      if (nameless > 0) {
        const clients = nameless === 1 ? '1 client is' : `${nameless} clients are`
        notes.push(
          `${clients} called by the e-mail address: no name is given (--map "Header=name" says where)`,
        )
      }
      const loud = left.notes('cell')
      return Promise.resolve({ late: [], notes: [...notes, ...loud], loud, left: left.found() })
    },
  }
}
