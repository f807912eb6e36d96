import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { toFile, writeOut } from '../../cli/write-out.ts'
import { keptBytes } from '../../documents/keep.ts'
import type { MadeDocument } from '../../documents/maker.ts'
import { proposalPaper } from '../../documents/gather/proposal.ts'
import { Fault } from '../../domain/fault.ts'
import { safeFileName } from '../../domain/file-name.ts'
import type { Settings } from '../../domain/settings.ts'
import type { Buyer } from '../../money/invoices/freeze.ts'
import { type Proposal, proposalName } from '../../money/proposals/find.ts'
import { isFolder, namesFolder } from '../shared/made-files.ts'

type Format = Proposal['format']

/** A proposal as a file. */
export interface ProposalFile extends Omit<MadeDocument, 'fields'> {
  name: string
  format: Format
  sha256: string
}

/** `P-2026-0001-v2-Harbour-Foods.pdf`. */
function fileName({ number, version, buyer }: Proposal, format: Format): string {
  const { name } = JSON.parse(buyer) as Buyer
  return safeFileName(`${number}${version === 1 ? '' : `-v${version}`} ${name}`, format)
}

/** The name of the template that a proposal was made with; undefined for a built-in one. */
async function templateOf(db: Db, id: number | null): Promise<string | undefined> {
  if (id === null) return undefined
  const found = await db
    .selectFrom('templates')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst()
  return found?.name
}

/** Loads once what proposals are written with. Returns what writes any number of them. */
export async function proposalWriter(
  db: Db,
  settings: Settings,
): Promise<
  (
    proposal: Proposal,
    how?: { format?: Format | undefined; template?: string | undefined },
  ) => Promise<ProposalFile>
> {
  const { documentMaker } = await import('../../documents/maker.ts')
  const make = await documentMaker(db, settings)
  return async (proposal, how = {}) => {
    const format = how.format ?? proposal.format
    // A template makes one format; in another, the proposal is written without it.
    const own = format === proposal.format ? await templateOf(db, proposal.template_id) : undefined
    const template = how.template ?? own
    const made = await make(await proposalPaper(db, proposal), { format, template })
    const sha256 = createHash('sha256').update(made.bytes).digest('hex')
    return { ...made, name: fileName(proposal, format), format, sha256 }
  }
}

/** The mail that a proposal goes with, in its language. */
export async function proposalMail(
  db: Db,
  proposal: Proposal,
  settings: Settings,
): Promise<{ subject: string; text: string }> {
  const [{ mailText }, { penFor }] = await Promise.all([
    import('../../documents/write/texts.ts'),
    import('../../documents/write/pen.ts'),
  ])
  const paper = await proposalPaper(db, proposal)
  const pen = penFor(paper.language, paper.currency)
  const { subject, body } = mailText('proposal.mail', paper, pen, settings)
  return { subject, text: `${body}\n` }
}

/** A proposal as it can be read in a terminal. */
export async function proposalText(context: Context, db: Db, proposal: Proposal): Promise<string> {
  const { settings } = await context.book()
  const [{ fieldsOf }, { documentPreview }] = await Promise.all([
    import('../../documents/write/index.ts'),
    import('../shared/preview.ts'),
  ])
  const fields = fieldsOf(await proposalPaper(db, proposal), settings)
  return documentPreview(context.screen, fields, null)
}

/** The file by which a version was sent last; null if it was not sent. */
export async function sentFile(
  db: Db,
  proposal: Proposal,
): Promise<{ name: string; format: string; bytes: Uint8Array } | null> {
  const kept = await db
    .selectFrom('documents')
    .select(['id', 'name', 'format'])
    .where('proposal_id', '=', proposal.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!kept) return null
  return { name: kept.name, format: kept.format, bytes: await keptBytes(db, kept.id) }
}

/** Where a file is written: under a name, or with its own name in a folder. */
export function placeOf(context: Context, out: string, name: string): string {
  return out !== '-' && namesFolder(context, out) ? path.join(out, name) : out
}

/**
 * Makes sure that a file can be written there, before anything is done that would need it.
 * @throws Fault `usage` if its folder is not there, or a page would go to the terminal.
 */
export function requirePlace(context: Context, out: string, format: Format): void {
  if (out === '-') {
    if (context.io.stdout.isTTY !== true || format === 'html') return
    throw new Fault('usage', 'a document cannot be shown on a terminal', 'name a file: --out FILE')
  }
  const folder = namesFolder(context, out) ? out : path.dirname(out)
  if (isFolder(context, folder)) return
  throw new Fault('usage', `there is no folder ${folder}`, 'make it first, or name another')
}

/**
 * Writes a file once the book knows what it is of.
 * @throws Fault `usage` if it cannot be written; the proposal stays, and the hint says how to get its file.
 */
export async function deliverFile(
  context: Context,
  out: string,
  file: { name: string; bytes: Uint8Array },
  proposal: Proposal,
): Promise<string> {
  const place = placeOf(context, out, file.name)
  try {
    if (place === '-') await writeOut(context, [file.bytes], '-')
    else await toFile(context, place, [file.bytes])
    return place
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const hint = `${proposalName(proposal)} is in the book: funnel proposal show ${proposal.number}/${proposal.version} --out FILE`
    throw new Fault(error.code, error.message, hint, error)
  }
}
