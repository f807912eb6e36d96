import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { keepDocument } from '../../documents/keep.ts'
import { pastDayOption } from '../../cli/options.ts'
import type { Day } from '../../domain/day.ts'
import { DOCUMENT_FORMATS, MEDIA_TYPES } from '../../domain/documents.ts'
import { Fault } from '../../domain/fault.ts'
import { addAll } from '../../domain/lists.ts'
import { counted } from '../../domain/text.ts'
import { parseMailbox } from '../../mail/addresses.ts'
import { addressCommand, mailAddresses, requireAddress } from '../../money/letters/address.ts'
import { stageBeforeProposal } from '../../money/proposals/advance.ts'
import {
  findProposal,
  type Proposal,
  proposalName,
  versionName,
} from '../../money/proposals/find.ts'
import { listProposals } from '../../money/proposals/list.ts'
import { recordProposalSent, requireSendable } from '../../money/proposals/send.ts'
import type { Moment } from '../../records/moment.ts'
import { chooseOptions, readChoice } from '../shared/choose-clients.ts'
import { changeByMail, letterPage } from '../shared/mail/letters.ts'
import { makeFolder, notesOf } from '../shared/made-files.ts'
import { MAIL_HELP, mailOptions } from '../shared/mail/options.ts'
import { formatAsked } from '../shared/format-of-name.ts'
import { formatOption, proposalArgument } from './fields.ts'
import {
  deliverFile,
  placeOf,
  type ProposalFile,
  proposalMail,
  proposalWriter,
  requirePlace,
} from './files.ts'

interface Wish {
  to?: string | undefined
  format?: Proposal['format'] | undefined
  again: boolean
  /** The day, if not today. */
  on?: Day | undefined
}

/** The proposals that are named, or those of chosen clients that were made and not sent yet. */
async function chosen(
  context: Context,
  db: Db,
  texts: readonly string[],
  options: { where?: string[] | undefined; segment?: string | undefined },
): Promise<Proposal[]> {
  const { test } = await readChoice(context, options)
  if (texts.length > 0) {
    if (test !== undefined) {
      const hint = 'leave out the numbers, or --where and --segment'
      throw new Fault('usage', 'proposals are named or chosen by their clients, not both', hint)
    }
    const found = new Map<number, Proposal>()
    for (const text of texts.flatMap((part) => part.split(','))) {
      if (text.trim() === '') continue
      const proposal = await findProposal(db, text)
      found.set(proposal.id, proposal)
    }
    return [...found.values()]
  }
  if (test === undefined) {
    const hint = 'name it: funnel proposal send P-2026-0001; or choose clients: --segment NAME'
    throw new Fault('usage', 'which proposal?', hint)
  }
  const drafts = await listProposals(db, { status: 'draft', clients: test }, await context.today())
  const all: Proposal[] = []
  for (const { number, version } of drafts.toReversed()) {
    all.push(await findProposal(db, `${number}/${version}`))
  }
  return all
}

/** What a proposal is called, and where it went, for programs. */
function resultOf(proposal: Proposal, to: string | null, file: ProposalFile) {
  return {
    proposal: proposal.id,
    number: proposal.number,
    version: proposal.version,
    deal: proposal.deal_id,
    to,
    file: file.name,
    missing: file.missing,
  }
}

/** Keeps the file of a proposal and writes down that it was sent. */
async function leave(
  db: Db,
  proposal: Proposal,
  file: ProposalFile,
  how: { to: string; mail: string | null },
  moment: Moment,
): Promise<void> {
  await recordProposalSent(db, proposal, how, moment)
  const { name, format, bytes } = file
  await keepDocument(
    db,
    {
      clientId: proposal.client_id,
      kind: 'proposal',
      proposalId: proposal.id,
      name,
      format,
      bytes,
    },
    moment,
  )
}

/** What comes next for the deals of what was sent; those of many as one line. */
async function nextLines(db: Db, sent: readonly Proposal[]): Promise<string[]> {
  const early: { deal: number; stage: string }[] = []
  for (const { deal_id: deal } of sent) {
    const stage = await stageBeforeProposal(db, deal)
    if (stage !== null) early.push({ deal, stage })
  }
  const [only, other] = early
  if (!only) return []
  const { deal, stage } = only
  if (!other) return [`deal ${deal} is still in ${stage}; to move it on: funnel advance ${deal}`]
  const many = counted(early.length, 'deal')
  return [`${many} are still before Proposal; to move one on: funnel advance ${deal}`]
}

async function preview(context: Context, proposal: Proposal, wish: Wish): Promise<void> {
  const { db, settings } = await context.book()
  const file = await (await proposalWriter(db, settings))(proposal, wish)
  const to = wish.to ?? (await requireAddress(db, proposal.client_id))
  const letter = await proposalMail(db, proposal, settings)
  const page = letterPage(letter, to).trimEnd()
  await context.tell(`${page}\n\nattached: ${file.name} (${file.bytes.length} bytes)`, {
    operation: null,
    ...resultOf(proposal, to, file),
    ...letter,
  })
}

/** Sends what is chosen to a file, or each to one in a folder; it counts as sent. */
async function toFiles(
  context: Context,
  choose: (db: Db) => Promise<Proposal[]>,
  out: string,
  wish: Wish,
): Promise<void> {
  const { settings } = await context.book()
  if (out === '-')
    throw new Fault('usage', '--out takes a file or a folder', 'to see it: --dry-run')
  const ready: { proposal: Proposal; file: ProposalFile }[] = []
  await context.change({ on: wish.on }, async (db, moment) => {
    const write = await proposalWriter(db, settings)
    const next: string[] = []
    const proposals = await choose(db)
    if (proposals.length > 1) makeFolder(context, out)
    for (const proposal of proposals) {
      await requireSendable(db, proposal, wish.again, moment.on)
      requirePlace(context, out, wish.format ?? proposal.format)
      const file = await write(proposal, wish)
      await leave(db, proposal, file, { to: `as ${file.name}`, mail: null }, moment)
      ready.push({ proposal, file })
      addAll(next, notesOf(file.name, file))
    }
    addAll(next, await nextLines(db, proposals))
    const [first, second] = ready
    if (second && placeOf(context, out, 'x') === out) {
      throw new Fault(
        'usage',
        `${out} is a file, and ${ready.length} are to be written`,
        'name a folder',
      )
    }
    const names =
      first && !second ? proposalName(first.proposal) : counted(ready.length, 'proposal')
    return {
      summary:
        ready.length === 0
          ? 'there is nothing to send'
          : `wrote ${names} to ${first && !second ? placeOf(context, out, first.file.name) : out}; ${second ? 'they count' : 'it counts'} as sent`,
      result:
        first && !second
          ? resultOf(first.proposal, null, first.file)
          : { sent_files: ready.map(({ proposal, file }) => resultOf(proposal, null, file)) },
      next: next.length === 0 ? undefined : next.join('\n'),
    }
  })
  for (const { proposal, file } of ready) await deliverFile(context, out, file, proposal)
}

async function byMail(
  context: Context,
  choose: (db: Db) => Promise<Proposal[]>,
  sendmail: boolean | undefined,
  wish: Wish,
): Promise<void> {
  const { settings } = await context.book()
  await changeByMail(context, { sendmail, instead: '--out FILE' }, async ({ put }, db, moment) => {
    const write = await proposalWriter(db, settings)
    const proposals = await choose(db)
    const addresses = await mailAddresses(
      db,
      proposals.map(({ client_id: client }) => client),
    )
    const lines: string[] = []
    const results: ReturnType<typeof resultOf>[] = []
    const without: string[] = []
    const sent: Proposal[] = []
    for (const proposal of proposals) {
      await requireSendable(db, proposal, wish.again, moment.today)
      const known = wish.to ?? addresses.get(proposal.client_id)
      if (known === undefined && proposals.length > 1) {
        const name = (JSON.parse(proposal.buyer) as { name: string }).name
        without.push(name)
        lines.push(`${name} has no e-mail address: ${addressCommand(proposal.client_id)}`)
        continue
      }
      const to = known ?? (await requireAddress(db, proposal.client_id))
      const file = await write(proposal, wish)
      const about = `${proposalName(proposal)}${wish.again ? ` ${crypto.randomUUID()}` : ''}`
      const attached = { name: file.name, type: MEDIA_TYPES[file.format], bytes: file.bytes }
      const mail = await put(db, await proposalMail(db, proposal, settings), to, about, [attached])
      await leave(db, proposal, file, { to: `to ${to}`, mail }, moment)
      results.push(resultOf(proposal, to, file))
      addAll(lines, notesOf(file.name, file))
      sent.push(proposal)
    }
    addAll(lines, await nextLines(db, sent))
    const [first, second] = results
    const [only] = proposals
    const summary =
      first && only && !second && proposals.length === 1
        ? `sent ${proposalName(only)} to ${first.to}`
        : `sent ${counted(results.length, 'proposal')}`
    const result =
      proposals.length === 1 && first ? first : { proposals: results, without_address: without }
    return { summary, said: { lines, result } }
  })
}

export default defineCommand({
  description:
    'Mails a proposal with its file attached, to the client’s first e-mail address unless --to says otherwise; several ' +
    'at once by their numbers, or all that were made and not sent for a segment. The file is kept byte for byte, and the ' +
    'mailing is logged with client and deal. What was sent cannot be undone, and never changes: make the next version. ' +
    `What still waits in the outbox can. ${MAIL_HELP}`,
  arguments: [{ syntax: '[proposal...]', help: proposalArgument.help }],
  options: {
    to: option('--to <address>', 'to this address'),
    out: option('--out <file>', 'write it to this file or folder instead; it counts as sent'),
    format: formatOption,
    sendmail: mailOptions.sendmail,
    again: mailOptions.again,
    on: pastDayOption('--on <day>', 'with --out: the day it was sent, if not today'),
    dryRun: flag('--dry-run', 'show it, and send nothing'),
    ...chooseOptions,
  },
  examples: [
    'proposal send 1 --to office@harbour.example --dry-run',
    'proposal send 1 --format html --out offer.html',
    'proposal send --segment North --out .',
  ],
  async run(
    context,
    texts,
    { to, out, format, sendmail, again = false, on, dryRun, where, segment },
  ) {
    if (to !== undefined) parseMailbox(to)
    const { db } = await context.book()
    const choose = (within: Db): Promise<Proposal[]> =>
      chosen(context, within, texts, { where, segment })
    if (on !== undefined && out === undefined) {
      throw new Fault('usage', '--on is for what was sent by other means', 'add --out FILE')
    }
    const found = await choose(db)
    const [first, second] = found
    if (!first) {
      const message = 'no proposal of these clients waits to be sent'
      return context.tell(message, { operation: null, proposals: [] })
    }
    if (second && to !== undefined) {
      throw new Fault('usage', `--to is one address, and these are ${found.length} proposals`)
    }
    for (const proposal of found) {
      await requireSendable(db, proposal, again || dryRun === true, on ?? (await context.today()))
    }
    const place = second ? undefined : out
    const asked = formatAsked(context, { out: place, format }, DOCUMENT_FORMATS, first.format)
    const wish = { to, format: asked, again, on }
    if (dryRun && second) {
      const names = found.map(versionName)
      return context.tell(names.join('\n'), { operation: null, proposals: names })
    }
    if (dryRun) return preview(context, first, wish)
    if (out !== undefined) return toFiles(context, choose, out, wish)
    return byMail(context, choose, sendmail, wish)
  },
})
