import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { onOption } from '../../cli/options.ts'
import { DOCUMENT_FORMATS } from '../../domain/documents.ts'
import { Fault } from '../../domain/fault.ts'
import type { Day } from '../../domain/day.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { type Currency, toDecimal } from '../../domain/money.ts'
import { share } from '../../domain/share.ts'
import { languageOf } from '../../documents/gather/invoice.ts'
import { withoutControls } from '../../domain/name.ts'
import { type Proposal, versionName } from '../../money/proposals/find.ts'
import { makeProposal } from '../../money/proposals/make.ts'
import { unchangedDraft } from '../../money/proposals/unchanged.ts'
import { oddsByDiscount } from '../../money/proposals/odds.ts'
import { marginOf } from '../../money/proposals/margin.ts'
import { find } from '../../records/lookup.ts'
import type { Moment } from '../../records/moment.ts'
import { chooseOptions } from '../shared/choose-clients.ts'
import { notesOf } from '../shared/made-files.ts'
import { dealArgument } from '../shared/deal-steps.ts'
import { formatAsked } from '../shared/format-of-name.ts'
import { currencyOf } from '../shared/own-money.ts'
import {
  formatOption,
  lastDay,
  sumsText,
  templateOption,
  validOption,
  validText,
} from './fields.ts'
import {
  deliverFile,
  placeOf,
  type ProposalFile,
  proposalText,
  proposalWriter,
  requirePlace,
} from './files.ts'

const percent = (of: number): string => percentText(Math.round(of * 1_000_000) as Portion)

const rounded = (of: number): string => `${Math.round(of * 100)}%`

/** What the offer earns, what it takes off, and how such deals ended: what to know before it goes out. */
async function outlook(
  db: Db,
  proposal: Proposal,
  today: Day,
): Promise<{ lines: string[]; result: Record<string, unknown> }> {
  const { net, full_net: full } = proposal
  const margin = await marginOf(db, proposal)
  const discount = share(full - net, full) ?? 0
  const odds = await oddsByDiscount(db, discount, today)
  const off = discount === 0 ? null : `discount ${percent(Math.round(discount * 1000) / 1000)}`
  const earned = margin === null ? null : `margin ${percent(Math.round(margin * 1000) / 1000)}`
  const first = [earned, off].filter((part) => part !== null).join(', ')
  const chance =
    odds === null
      ? []
      : [
          `deals ${odds.like}: ${odds.won} of ${odds.closed} won (${rounded(odds.won / odds.closed)}, ` +
            `likely between ${rounded(odds.low)} and ${rounded(odds.high)})`,
        ]
  return {
    lines: [...(first === '' ? [] : [first]), ...chance],
    result: { margin, discount, odds },
  }
}

/** What making one says for programs. */
function resultOf(proposal: Proposal, book: Currency) {
  const currency = currencyOf(proposal.currency === book.code ? null : proposal.currency, book)
  const decimal = (minor: number): number => toDecimal(minor, currency)
  return {
    proposal: proposal.id,
    number: proposal.number,
    version: proposal.version,
    deal: proposal.deal_id,
    client: proposal.client_id,
    currency: proposal.currency,
    net: decimal(proposal.net),
    tax: decimal(proposal.tax),
    gross: decimal(proposal.gross),
    valid_until: proposal.valid_until,
    language: proposal.language,
    format: proposal.format,
  }
}

/** How a proposal is made, as it is typed. */
interface Wish {
  format?: Proposal['format'] | undefined
  template?: string | undefined
  valid?: Parameters<typeof lastDay>[0]
  note?: string | undefined
  new?: boolean | undefined
  on?: Day | undefined
  out?: string | undefined
  preview?: boolean | undefined
  dryRun?: boolean | undefined
}

/** The next version of the proposal of a deal; the latest one again if nothing has changed since, and nobody has it. */
async function offered(
  context: Context,
  db: Db,
  dealText: string,
  { format, valid, note, out, new: isNew = false }: Wish,
  moment: Moment,
): Promise<{ made: Proposal; isAgain: boolean }> {
  const { settings } = await context.book()
  const { id: dealId } = await find(db, 'deal', dealText)
  const { client_id: client } = await db
    .selectFrom('deals')
    .select('client_id')
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  const language = await languageOf(db, client, settings.documentLanguage)
  const book = settings.currency.code
  const validUntil = lastDay(valid, moment.on, settings.proposalValid)
  const asked = {
    dealId,
    validUntil: valid === undefined ? undefined : validUntil,
    note,
    language,
    book,
  }
  const before = isNew ? null : await unchangedDraft(db, asked, moment.on)
  if (before) {
    const own = formatAsked(context, { out, format }, DOCUMENT_FORMATS, before.format)
    return { made: { ...before, format: own ?? before.format }, isAgain: true }
  }
  const made = await makeProposal(
    db,
    {
      dealId,
      validUntil,
      note: note ?? null,
      language,
      format: format ?? 'pdf',
      templateId: null,
      isNew,
      batch: null,
    },
    { pattern: settings.proposalNumber, book },
    moment,
  )
  return { made, isAgain: false }
}

async function make(context: Context, dealText: string, wish: Wish): Promise<void> {
  const { settings } = await context.book()
  const { dryRun, on, out, preview } = wish
  if (out !== undefined) requirePlace(context, out, wish.format ?? 'pdf')
  let done: { proposal: Proposal; file: ProposalFile; page: string | null } | undefined
  await context.change({ on, dryRun }, async (db, moment) => {
    const { made, isAgain } = await offered(context, db, dealText, wish, moment)
    const write = await proposalWriter(db, settings)
    const file = await write(made, { template: wish.template })
    const as = { format: file.format, template_id: file.templateId, sha256: file.sha256 }
    const proposal = { ...made, ...as }
    await db.updateTable('proposals').set(as).where('id', '=', made.id).execute()
    done = {
      proposal,
      file,
      page: preview ? await proposalText(context, db, proposal) : null,
    }
    const { name } = await find(db, 'client', String(made.client_id))
    const { lines, result } = await outlook(db, proposal, moment.today)
    const called = versionName(proposal)
    const place = out === undefined || dryRun ? null : placeOf(context, out, file.name)
    const written = place === null || place === '-' ? '' : `, in ${place}`
    const next =
      out === undefined
        ? `send it: funnel proposal send ${called}; or only write it: funnel proposal show ${called} --out ${file.name}`
        : `mail it: funnel proposal send ${called}; if the client has it already: funnel proposal send ${called} --out FILE`
    const summary = isAgain
      ? `proposal ${called} for ${name} has not changed since ${proposal.made_on} and was not sent: no new version; its file was made again${written}`
      : `made proposal ${called} for ${name}: ${await sumsText(context, proposal)}, ${validText(proposal.valid_until)}${written}`
    return {
      summary,
      // It is said even if the book has nothing to write down.
      ...(isAgain ? { text: summary } : {}),
      result: {
        ...resultOf(proposal, settings.currency),
        unchanged: isAgain,
        ...result,
        file: place,
        missing: file.missing,
        ...(done.page === null ? {} : { text: done.page }),
      },
      next: [...notesOf(file.name, file), ...lines, ...(dryRun ? [] : [next])].join('\n'),
    }
  })
  if (!done) return
  const { json, csv } = context.globals
  if (done.page !== null && !json && !csv) {
    context.io.stdout.write(`\n${withoutControls(done.page)}\n`)
  }
  if (out !== undefined && !dryRun) await deliverFile(context, out, done.file, done.proposal)
}

export default defineCommand({
  description:
    'Makes a numbered proposal of the lines of a deal, or of its title and amount if it has none, and freezes it: ' +
    'lines, amounts, the client and your company as they are. Made again for the same deal, it is the next version of ' +
    'the same number; if nothing has changed and it was not sent, only its file is made again. It says what the offer earns, and how deals with a like discount ended.\n\n' +
    'With --segment or --where it makes a deal and a proposal for each client, of the lines in a spreadsheet, as one ' +
    'operation, and writes the files into a new folder. The columns are those of import lines without the deal: product, ' +
    'code or text, quantity, unit, price, discount, tax, optional; a column “if” says which clients a line is for: ' +
    'region=North, several conditions with ; between them. Clients without an address, and those that want no ' +
    'mailings, are left out, unless --all is given. Run again, it makes nothing twice.',
  arguments: [{ ...dealArgument, syntax: '[deal]' }],
  options: {
    format: formatOption,
    template: templateOption,
    valid: validOption,
    note: option('--note <text>', 'what it says below the lines'),
    new: flag('--new', 'with a number of its own, and not as the next version'),
    out: option('--out <file>', 'write it to this file, or into this folder'),
    preview: flag('--preview', 'show its text'),
    lines: option('--lines <file>', 'for a segment: the spreadsheet with the lines; - is stdin'),
    title: option(
      '--title <text>',
      'for a segment: what the deals are called; default: as the file',
    ),
    process: option('--process <process>', 'for a segment: the process of the deals'),
    all: flag('--all', 'for a segment: also clients without an address or consent'),
    ...chooseOptions,
    on: onOption,
    dryRun: flag('--dry-run', 'show what would be made, and make nothing'),
  },
  examples: [
    'proposal make 1',
    'proposal make 1 --valid 14d --preview --dry-run',
    'proposal make 1 --format html --out offer.html',
    'proposal make --segment North --lines offer.csv --out offers --title "Autumn offer"',
  ],
  async run(context, [deal], options) {
    const { where, segment, lines, out } = options
    const isMany = where !== undefined || segment !== undefined || lines !== undefined
    if (!isMany) {
      if (deal !== undefined) {
        const format = formatAsked(context, options, DOCUMENT_FORMATS, 'pdf')
        return make(context, deal, { ...options, format })
      }
      const hint =
        'name the deal: funnel proposal make DEAL; or a segment: --segment NAME --lines FILE'
      throw new Fault('usage', 'of which deal?', hint)
    }
    if (deal !== undefined) {
      const hint = 'leave out the deal, or --segment, --where and --lines'
      throw new Fault(
        'usage',
        'a proposal is made of a deal, or for each client of a segment',
        hint,
      )
    }
    if (
      lines === undefined ||
      (where ?? segment) === undefined ||
      (out === undefined && !options.dryRun)
    ) {
      const hint = 'funnel proposal make --segment NAME --lines offer.csv --out DIR'
      const lacks = lines === undefined ? '--lines' : out === undefined ? '--out' : '--segment'
      throw new Fault('usage', `proposals for many need ${lacks}`, hint)
    }
    const { makeBatch } = await import('./batch.ts')
    return makeBatch(context, { ...options, lines, out: out ?? '' })
  },
})
