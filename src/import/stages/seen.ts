import { unescapeFormula } from '../../domain/csv-injection.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import type { OutcomeWords } from '../deals/stated-outcome.ts'
import type { ImportKind } from '../map/fields.ts'
import type { Proposal } from '../map/propose.ts'
import type { TableRow } from '../recognise/table.ts'
import { isBlankWord } from '../values/blank.ts'
import { isClosedStage, readStageWords } from '../values/stage-words.ts'
import { chanceColumn } from './chance-header.ts'
import { MOST_STAGES, type SeenStage } from './order.ts'

/** The stages of the rows that name one process, or of those that name none. */
export interface StageGroup {
  /** Null for rows that name no process. */
  process: string | null
  /** As the file first names them; words for an outcome are not stages. */
  stages: SeenStage[]
  /** Words in the column of stages that only say that a deal is open. */
  open: string[]
}

/** Gathers what stages a file names while its rows are read. */
export interface StageCollector {
  see: (row: TableRow) => void
  groups: () => StageGroup[]
}

const SHARE = /^(\d{1,3}(?:[.,]\d+)?) ?%?$/

interface Tally {
  name: string
  sum: number
  count: number
}

/** Chances of 0 and 100 % belong to deals that are over. */
function addChance(tally: Tally, cell: string): void {
  const digits = SHARE.exec(cell.trim())?.[1]
  const chance = digits === undefined ? 0 : Number(digits.replace(',', '.'))
  if (chance <= 0 || chance >= 100 || chance === 1) return
  tally.sum += chance
  tally.count += 1
}

/** Looks at the stages that the rows of a list of deals, or of their history, name; null for other lists. */
export function stageCollector(
  kind: ImportKind,
  columns: readonly Proposal[],
  defaults: ReadonlyMap<string, string>,
  words: OutcomeWords,
): StageCollector | null {
  if (kind !== 'deals' && kind !== 'history') return null
  const fieldColumns = (field: string): number[] =>
    columns.flatMap(({ target, index }) =>
      target.to === 'field' && target.field === field ? [index] : [],
    )
  const reader = (field: string): ((cells: readonly string[]) => string) => {
    const indexes = fieldColumns(field)
    const otherwise = defaults.get(field) ?? ''
    return (cells) => {
      const filled = indexes.find((index) => cells[index]?.trim())
      return filled === undefined ? otherwise : (cells[filled] ?? '')
    }
  }
  const stagesIn = kind === 'history' ? [reader('from-stage'), reader('stage')] : [reader('stage')]
  const processOf = reader('process')
  const chances = chanceColumn(columns)?.index
  const groups = new Map<
    string,
    { process: string | null; stages: Map<string, Tally>; open: Map<string, string> }
  >()
  /** What a cell says, worked out once; null for no stage. */
  const readings = new Map<string, { name: string; isOpen: boolean } | null>()

  const nameIn = (cell: string): { name: string; isOpen: boolean } | null => {
    const found = readings.get(cell)
    if (found !== undefined) return found
    const name = tidyName(unescapeFormula(cell))
    const says = readStageWords(name, words, [])?.says ?? null
    const isOpen = kind === 'deals' && says === 'open'
    const isOutcome = (says !== null && !isOpen) || isClosedStage(name, [])
    const stage = name === '' || isBlankWord(name) || isOutcome ? null : { name, isOpen }
    if (readings.size < MOST_STAGES) readings.set(cell, stage)
    return stage
  }

  const seeStage = (cells: readonly string[], seen: ReturnType<typeof nameIn>): void => {
    if (seen === null) return
    const { name, isOpen } = seen
    const process = tidyName(unescapeFormula(processOf(cells)))
    const key = nameKey(process)
    const group = groups.get(key) ?? {
      process: process || null,
      stages: new Map(),
      open: new Map(),
    }
    groups.set(key, group)
    const stageKey = nameKey(name)
    if (isOpen) {
      if (!group.open.has(stageKey)) group.open.set(stageKey, name)
      return
    }
    if (group.stages.size >= MOST_STAGES && !group.stages.has(stageKey)) return
    const tally = group.stages.get(stageKey) ?? { name, sum: 0, count: 0 }
    group.stages.set(stageKey, tally)
    if (chances !== undefined) addChance(tally, cells[chances] ?? '')
  }

  return {
    see({ cells }) {
      for (const stageOf of stagesIn) seeStage(cells, nameIn(stageOf(cells)))
    },
    groups: () =>
      [...groups.values()].map(({ process, stages, open }) => ({
        process,
        open: [...open.values()],
        stages: [...stages.values()].map(({ name, sum, count }) => ({
          name,
          chance: count === 0 ? null : sum / count,
        })),
      })),
  }
}
