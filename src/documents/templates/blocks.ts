import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Block } from '../../domain/documents.ts'

/** What a kind of document has no use for. */
const UNUSED: Readonly<Record<DocumentKind, readonly Block[]>> = {
  proposal: ['payment'],
  invoice: ['options', 'acceptance'],
  'credit-note': ['options', 'acceptance'],
  reminder: ['options', 'acceptance'],
  letter: ['lines', 'sums', 'options', 'payment', 'acceptance'],
}

/** The blocks of a kind of document in their order. */
export function blocksFor(kind: DocumentKind, blocks: readonly Block[]): Block[] {
  return blocks.filter((block) => !UNUSED[kind].includes(block))
}
