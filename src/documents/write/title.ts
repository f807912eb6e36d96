import type { Paper } from '../paper.ts'
import type { TitleName } from '../words/words.ts'
import type { Pen } from './pen.ts'

function titleName({ kind, part }: Paper): TitleName {
  if (kind === 'proposal' || kind === 'credit-note') return kind
  return part ?? 'invoice'
}

/** `Invoice 2026-0001`; of a draft `Invoice (draft)`. Reminders and letters have the title that their text gives. */
export function titleOf(paper: Paper, { words }: Pen): string {
  const title = words.titles[titleName(paper)]
  if (paper.number === null) return words.draft(title)
  // A first version is not known to be one.
  const isLater = paper.version !== null && paper.version > 1
  return words.numbered(title, paper.number, isLater ? String(paper.version) : null)
}
