import { counted } from '../../domain/text.ts'
import type { ProcessesBrought } from '../../records/process-file/bring.ts'
import type { FileValue, ProcessChange } from '../../records/process-file/changes.ts'

/** What people call what a file says of processes and stages. */
const WORDS: Record<string, string> = {
  name: 'name',
  asks_need: 'asks for the need',
  default: 'default',
  retired: 'retired',
  probability: 'chance',
  limit_days: 'limit, days',
  task: 'task',
  who: 'who',
  demands: 'requirements',
}

function valueText(field: string, value: FileValue): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none'
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (field === 'probability') return `${Number((Number(value) * 100).toFixed(4))}%`
  return String(value)
}

/** How the stages of a process changed: what came and went, else that they are in another order. */
function stagesText(before: readonly string[], after: readonly string[]): string[] {
  const came = after.filter((name) => !before.includes(name))
  const went = before.filter((name) => !after.includes(name))
  const kept = [
    before.filter((name) => after.includes(name)),
    after.filter((name) => before.includes(name)),
  ]
  const isMoved = kept[0]?.join('\n') !== kept[1]?.join('\n')
  return [
    ...(came.length > 0 ? [`with ${came.join(', ')}`] : []),
    ...(went.length > 0 ? [`without ${went.join(', ')}`] : []),
    ...(isMoved ? [`in the order ${after.join(', ')}`] : []),
  ]
}

function changeText({ process, stage, field, before, after }: ProcessChange): string {
  if (field === 'stages') {
    const said = stagesText(before as string[], after as string[])
    return `  ${process}: stages ${said.join(', ') || 'that are retired, or where they stand'}`
  }
  const where = stage === null ? process : `${process}, ${stage}`
  const values = `${valueText(field, before)} → ${valueText(field, after)}`
  return `  ${where}: ${WORDS[field] ?? field} ${values}`
}

/** What an import of processes did, or would do, for people. */
export function describeProcesses(
  file: string,
  brought: ProcessesBrought,
  isDryRun: boolean,
): string {
  const { read, created, updated, unchanged, createdNames, changes, stages, ownersAdded } = brought
  const counts = `${created} new, ${updated} changed, ${unchanged} unchanged`
  const named = (what: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${what}: ${names.join(', ')}`]
  return [
    `${file}: ${counted(read, 'process', 'processes')} read; ${counts}.`,
    ...named('New processes', createdNames),
    ...(changes.length > 0 ? ['Changes:', ...changes.map(changeText)] : []),
    ...named('New stages of the book', stages.added),
    ...named('Stages retired', stages.retired),
    ...named('Stages restored', stages.restored),
    ...(stages.isReordered ? ['Reports list the stages in another order.'] : []),
    ...named('New owners', ownersAdded),
    ...(isDryRun ? ['Dry run: nothing was written.'] : []),
  ].join('\n')
}
