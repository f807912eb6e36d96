import type { Db } from '../../book/store/db.ts'
import type { Proposal } from './find.ts'
import { offerTotals, type ProposalLine } from './lines.ts'

/**
 * Writes down what was accepted of a proposal: the lines that the client takes, and what they come to. What was offered
 * stays next to it as it was sent.
 * @param isTaken does the client take a line? By the order of the lines.
 */
export async function recordTaken(
  db: Db,
  { id }: Proposal,
  lines: readonly ProposalLine[],
  isTaken: (at: number) => boolean,
): Promise<void> {
  const taken = lines.map((line, at): ProposalLine => ({ ...line, counts: isTaken(at) ? 1 : 0 }))
  for (const { id: lineId, counts } of taken) {
    await db.updateTable('proposal_lines').set({ taken: counts }).where('id', '=', lineId).execute()
  }
  const { net, tax, gross } = offerTotals(taken)
  await db
    .updateTable('proposals')
    .set({ accepted_net: net, accepted_tax: tax, accepted_gross: gross })
    .where('id', '=', id)
    .execute()
}

/** The lines of a proposal as they were accepted: what the client takes counts. */
export function asTaken(lines: readonly ProposalLine[]): ProposalLine[] {
  return lines.map((line) => ({ ...line, counts: line.taken ?? line.counts }))
}
