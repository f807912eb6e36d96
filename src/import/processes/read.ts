import type { ProcessKind } from '../../book/schema/processes.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { parseRequirement } from '../../domain/stage-requirement.ts'
import type {
  GivenEntry,
  GivenProcess,
  GivenProcesses,
  GivenStage,
} from '../../records/process-file/given.ts'
import { type JsonValues, type NamedValues, readJson } from '../json-values.ts'

const HINT = 'funnel export processes writes such a file'

const KINDS = ['guided', 'free', 'plain'] as const satisfies ProcessKind[]

const PROCESS = ['name', 'kind', 'asks_need', 'default', 'retired', 'stages']
const STAGE = ['stage', 'probability', 'limit_days', 'task', 'who', 'demands', 'retired']
const ENTRY = ['name', 'retired']

function readKind(text: string): ProcessKind {
  const found = KINDS.find((kind) => kind === text)
  if (found) return found
  throw new Fault('usage', `“${text}” is not a kind of process: ${KINDS.join(', ')}`)
}

/** What a key says if the object has it. */
function given<T>(of: JsonValues, key: string, read: (key: string) => T): T | undefined {
  return of.has(key) ? read(key) : undefined
}

/** @throws Fault `usage` if two have one name, in whatever case. */
function requireOnce(listed: readonly NamedValues[], what: string): void {
  const seen = new Map<string, string>()
  for (const { name, of } of listed) {
    const before = seen.get(nameKey(name))
    const other = before === name ? '' : ` (the other is written “${before}”)`
    if (before !== undefined)
      of.refuse(`“${name}” is there twice${other}`, `give each ${what} once`)
    seen.set(nameKey(name), name)
  }
}

/** @throws Fault `usage` for a name that commands would take for the number of a stage. */
function stageName({ name, of }: NamedValues): string {
  const hint = 'give it a name with a letter: funnel stage edit STAGE --name NAME'
  if (/^#?\d+$/.test(tidyName(name)))
    of.refuse(`the stage “${name}” has a name of digits alone`, hint)
  return name
}

function readStage(listed: NamedValues): GivenStage {
  const { of } = listed
  return {
    name: stageName(listed),
    probability: given(of, 'probability', (key) => of.share(key)),
    limitDays: given(of, 'limit_days', (key) => of.days(key, 1)),
    task: given(of, 'task', (key) => of.text(key)),
    who: given(of, 'who', (key) => of.text(key)),
    requirements: given(of, 'demands', (key) => of.texts(key, parseRequirement)),
    retired: given(of, 'retired', (key) => of.flag(key)),
  }
}

function readStages(of: JsonValues): GivenStage[] {
  const stages = of.list('stages', STAGE, 'stage')
  requireOnce(stages, 'stage')
  return stages.map(readStage)
}

function readProcess({ name, of }: NamedValues): GivenProcess {
  const isDefault = of.flag('default') || undefined
  const retired = given(of, 'retired', (key) => of.flag(key))
  if (isDefault && retired) {
    of.refuse(
      `“${name}” is retired, so it cannot be the default process`,
      'make another the default',
    )
  }
  const kind = given(of, 'kind', (key) => of.needed(key, readKind))
  const stages = given(of, 'stages', () => readStages(of))
  const asksNeed = given(of, 'asks_need', (key) => of.flag(key))
  return { name, kind, asksNeed, isDefault, retired, stages }
}

function readEntry(listed: NamedValues): GivenEntry {
  const { of } = listed
  return {
    name: stageName(listed),
    retired: given(of, 'retired', (key) => of.flag(key)),
  }
}

/**
 * Reads a file of processes, as `funnel export processes` writes it. What it leaves out stays as it is.
 * @throws Fault `usage` with what is wrong, and where; also where it has what would not be read.
 */
export function readProcesses(text: string, name: string): GivenProcesses {
  const is = { key: 'processes', what: 'a file of processes' }
  const all = readJson(text, { name, hint: HINT }, is).only(['processes', 'stages'])
  const listed = all.list('processes', PROCESS)
  requireOnce(listed, 'process')
  const processes = listed.map(readProcess)
  const usual = processes.filter(({ isDefault }) => isDefault).map((process) => process.name)
  if (usual.length > 1) {
    all.refuse(`more than one process is the default: ${usual.join(', ')}`, 'only one can be')
  }
  const entries = all.list('stages', ENTRY)
  requireOnce(entries, 'stage')
  return { processes, stages: given(all, 'stages', () => entries.map(readEntry)) }
}
