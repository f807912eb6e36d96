import { createHash } from 'node:crypto'
import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { languageOf } from '../../documents/gather/invoice.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { type Currency, toDecimal } from '../../domain/money.ts'
import { tidyName } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import { usualPrices } from '../../import/lines/usual-price.ts'
import { type BatchLine, madeBefore, offerTo } from '../../money/proposals/batch.ts'
import type { Proposal } from '../../money/proposals/find.ts'
import { findId } from '../../records/lookup.ts'
import type { Moment } from '../../records/moment.ts'
import { defaultProcess } from '../../records/processes.ts'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { readChoice } from '../shared/choose-clients.ts'
import { withFile } from '../import/spool.ts'
import { lastDay, type Validity } from './fields.ts'
import { requireNewFolder, writeFolder } from './folder.ts'
import { linesFor, meetings } from './offer-for.ts'
import { type OfferFile, type OfferLine, readOffer } from './offer-lines.ts'

/** What is offered to many, as it is typed. */
export interface BatchWish {
  where?: string[] | undefined
  segment?: string | undefined
  lines: string
  out: string
  title?: string | undefined
  process?: string | undefined
  format?: Proposal['format'] | undefined
  template?: string | undefined
  valid?: Validity | undefined
  note?: string | undefined
  all?: boolean | undefined
  on?: Day | undefined
  dryRun?: boolean | undefined
}

interface Addressee {
  id: number
  name: string
  consent: string | null
  hasAddress: number
}

/** Clients that are chosen, by name. */
async function addressees(db: Db, test: RawBuilder<SqlBool>): Promise<Addressee[]> {
  const { rows } = await sql<Addressee>`
    SELECT c.id, c.name, c.consent, CASE WHEN c.town IS NOT NULL OR EXISTS (
      SELECT 1 FROM contact_points AS p WHERE p.client_id = c.id AND p.kind = 'email') THEN 1 ELSE 0 END AS "hasAddress"
    FROM clients AS c WHERE ${test} ORDER BY c.name_key, c.id`.execute(db)
  return rows
}

/** `offer-autumn.csv` as the title of deals: `Offer autumn`. */
function titleOf(name: string): string {
  const bare = tidyName(name.replace(/\.[^.]*$/, '').replaceAll(/[-_]+/g, ' '))
  return `${bare.charAt(0).toUpperCase()}${bare.slice(1)}` || 'Offer'
}

interface LeftOut {
  client: string
  client_id: number
  why: string
}

/** Why a client is offered nothing; null if it is. */
function reasonAgainst(
  { consent, hasAddress }: Addressee,
  lines: readonly OfferLine[],
  all: boolean,
): string | null {
  if (lines.length === 0) return 'no line is for it'
  if (all) return null
  if (consent === 'no') return 'it wants no mailings'
  return hasAddress === 1 ? null : 'it has neither an e-mail nor a postal address'
}

/** What a run is known by: what is offered, under which title. Not which clients, as more may have come into a segment. */
function batchKey(file: OfferFile, wish: BatchWish, title: string, processId: number): string {
  const { valid = null, note = null } = wish
  const parts = [file.sha256, title, processId, valid, note]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

interface Made {
  proposals: { proposal: Proposal; client: string; isKnown: boolean }[]
  leftOut: LeftOut[]
}

async function offerAll(
  context: Context,
  db: Db,
  { wish, file, title }: { wish: BatchWish; file: OfferFile; title: string },
  moment: Moment,
): Promise<Made> {
  const { settings } = await context.book()
  const { currency } = settings
  const processId = (await findId(db, 'process', wish.process)) ?? (await defaultProcess(db))
  const batch = batchKey(file, wish, title, processId)
  const { test } = await readChoice(context, wish)
  const clients = await addressees(db, test ? test('c') : sql<SqlBool>`1 = 1`)
  const meets = await meetings(context, db, file)
  const before = await madeBefore(db, batch)
  const prices = usualPrices({ db, currency, moment })
  const linesOf = linesFor({ db, prices, digits: currency.digits, code: currency.code })
  const found: Made = { proposals: [], leftOut: [] }
  for (const client of clients) {
    const known = before.get(client.id)
    if (known) {
      found.proposals.push({ proposal: known, client: client.name, isKnown: true })
      continue
    }
    const lines = file.lines.filter((line) => meets.get(line)?.has(client.id) ?? true)
    const out = (why: string): void => {
      found.leftOut.push({ client: client.name, client_id: client.id, why })
    }
    const against = reasonAgainst(client, lines, wish.all ?? false)
    if (against !== null) {
      out(against)
      continue
    }
    let own: BatchLine[]
    try {
      own = await linesOf(client.id, lines)
    } catch (error) {
      // A product without a price, or in a currency without a rate: the others are offered theirs.
      if (!(error instanceof Fault) || error.code === 'book') throw error
      out(error.message)
      continue
    }
    const proposal = await offerTo(
      db,
      {
        clientId: client.id,
        processId,
        title,
        lines: own,
        validUntil: lastDay(wish.valid, moment.on, settings.proposalValid),
        note: wish.note ?? null,
        language: await languageOf(db, client.id, settings.documentLanguage),
        format: wish.format ?? 'pdf',
        templateId: null,
        batch,
      },
      { pattern: settings.proposalNumber, book: currency.code, digits: currency.digits },
      moment,
    )
    found.proposals.push({ proposal, client: client.name, isKnown: false })
  }
  return found
}

const MOST_NAMED = 5

/** Writing the files of so many takes a while. */
const MANY = 20

/** Those who are left out, a line each, the first of them by name. */
function leftLines(leftOut: readonly LeftOut[]): string[] {
  const by = new Map<string, string[]>()
  for (const { client, why } of leftOut) by.set(why, [...(by.get(why) ?? []), client])
  return [...by].map(([why, names]) => {
    const shown = names.slice(0, MOST_NAMED).join(', ')
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
    return `left out, as ${why}: ${shown}${more}`
  })
}

function resultOf({ proposals, leftOut }: Made, currency: Currency) {
  return {
    made: proposals.filter(({ isKnown }) => !isKnown).length,
    known: proposals.filter(({ isKnown }) => isKnown).length,
    proposals: proposals.map(({ proposal, client, isKnown }) => ({
      proposal: proposal.id,
      number: proposal.number,
      version: proposal.version,
      client,
      client_id: proposal.client_id,
      deal: proposal.deal_id,
      net: toDecimal(proposal.net, currency),
      gross: toDecimal(proposal.gross, currency),
      known: isKnown,
    })),
    left_out: leftOut,
  }
}

/**
 * Makes a deal and a proposal for each client of a segment, as one operation, and then writes their files into a new
 * folder, which appears when it is whole. What was made before is not made twice: run again after it was stopped, it
 * makes what is missing and writes the files.
 */
export async function makeBatch(context: Context, wish: BatchWish): Promise<void> {
  await withFile(context, wish.lines, async (source) => {
    const { settings } = await context.book()
    if (wish.dryRun !== true) requireNewFolder(context, wish.out)
    const file = await readOffer(context, source)
    const title = wish.title === undefined ? titleOf(source.name) : tidyName(wish.title)
    if (title === '') throw new Fault('usage', 'the deals need a title', 'give it: --title "TITLE"')
    const done: Made = { proposals: [], leftOut: [] }
    const operation = await context.change(
      { on: wish.on, dryRun: wish.dryRun, silent: true },
      async (db, moment) => {
        const made = await offerAll(context, db, { wish, file, title }, moment)
        Object.assign(done, made)
        const fresh = made.proposals.filter(({ isKnown }) => !isKnown)
        // What is wrong with a template, or the texts, is seen before anything is written down.
        const [first] = fresh
        if (first) {
          const { proposalWriter } = await import('./files.ts')
          const write = await proposalWriter(db, settings)
          const { templateId } = await write(first.proposal, { template: wish.template })
          if (templateId !== null) {
            for (const { proposal } of fresh) {
              proposal.template_id = templateId
              await db
                .updateTable('proposals')
                .set({ template_id: templateId })
                .where('id', '=', proposal.id)
                .execute()
            }
          }
        }
        return { summary: `made ${counted(fresh.length, 'proposal')} (${title})` }
      },
    )
    await report(context, wish, { operation, done, title })
  })
}

async function report(
  context: Context,
  wish: BatchWish,
  { operation, done, title }: { operation: unknown; done: Made; title: string },
): Promise<void> {
  const { settings } = await context.book()
  const result = { operation, title, ...resultOf(done, settings.currency) }
  const { made, known } = result
  const parts = [
    ...(made > 0 || known === 0 ? [`made ${counted(made, 'proposal')} (${title})`] : []),
    ...(known > 0 ? [`${counted(known, 'proposal')} had been made before`] : []),
  ]
  const left = leftLines(done.leftOut)
  if (wish.dryRun === true) {
    const would = `would have ${parts.join('; ')}`
    await context.tell([would, ...left].join('\n'), { ...result, folder: null, files: [] })
    return
  }
  if (made > MANY && !context.globals.json) {
    context.say(`${parts.join('; ')}; writing the files (if that is stopped: type it again)`)
  }
  const files =
    done.proposals.length === 0
      ? { names: [], missing: [] }
      : await writeFolder(
          context,
          wish.out,
          done.proposals.map(({ proposal }) => proposal),
          { format: wish.format, template: wish.template },
        )
  const where =
    files.names.length === 0 ? [] : [`wrote ${counted(files.names.length, 'file')} to ${wish.out}`]
  await context.tell([[...parts, ...where].join('; '), ...left].join('\n'), {
    ...result,
    folder: files.names.length === 0 ? null : wish.out,
    files: files.names,
  })
  for (const line of files.missing) context.say(line)
  if (made > 0) {
    const to = wish.segment === undefined ? '--where …' : `--segment "${wish.segment}"`
    context.say(`send them: funnel proposal send ${to}; take all back: funnel undo`)
  }
}
