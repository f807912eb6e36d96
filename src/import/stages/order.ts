import { nameKey } from '../../domain/name.ts'
import { usualRank } from './rank.ts'

/** With more stages than this, it is another column. */
export const MOST_STAGES = 200

/** A stage that a file names, and its mean chance to win if a column says it. */
export interface SeenStage {
  name: string
  chance: number | null
}

/** What the order of a file's stages was read from. */
type OrderedBy = 'numbers' | 'chances' | 'words' | 'appearance'

/** The stages that a file names, in their order. */
export interface StageOrder {
  names: string[]
  by: OrderedBy
}

const NUMBER = /^\(?(\d{1,3})(?:[.):%\s_/–-]|$)/

function leadingNumber({ name }: SeenStage): number | null {
  const digits = NUMBER.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The stages by what each of them has; null if one has none, or all have the same. */
function sorted(
  stages: readonly SeenStage[],
  valueOf: (stage: SeenStage) => number | null,
): string[] | null {
  const valued = stages.map((stage) => ({ name: stage.name, value: valueOf(stage) }))
  if (new Set(valued.map(({ value }) => value)).size < 2) return null
  if (valued.some(({ value }) => value === null)) return null
  return valued.toSorted((a, b) => Number(a.value) - Number(b.value)).map(({ name }) => name)
}

/** The stages as a sale usually goes, if at least half are known; an unknown one stays after the one before it. */
function byUsualWords(stages: readonly SeenStage[]): string[] | null {
  const usual = stages.filter(({ name }) => usualRank(name) !== null)
  if (usual.length * 2 < stages.length) return null
  const order = sorted(usual, ({ name }) => usualRank(name))
  if (order === null) return null
  for (const [at, { name }] of stages.entries()) {
    if (usualRank(name) !== null) continue
    const before = stages[at - 1]?.name
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name)
  }
  return order
}

/**
 * The order of stages: the numbers that their names begin with (`1. Lead`), else the chances to win
 * that the file gives, else the usual course of a sale, else as the file first names them.
 */
export function orderStages(stages: readonly SeenStage[]): StageOrder {
  const numbers = sorted(stages, leadingNumber)
  if (numbers) return { names: numbers, by: 'numbers' }
  const chances = sorted(stages, ({ chance }) => chance)
  if (chances) return { names: chances, by: 'chances' }
  const words = byUsualWords(stages)
  if (words) return { names: words, by: 'words' }
  return { names: stages.map(({ name }) => name), by: 'appearance' }
}

/** The last step of a usual sale that a deal without a known stage may be assumed to be in. */
const EARLY = 2

/**
 * An order with the words that only say a deal is open put first, if its first stage is not a known
 * beginning of a sale: an `open` deal is not in `Invoiced`.
 */
export function withOpen(order: StageOrder, open: readonly string[]): StageOrder {
  const [first] = order.names
  if (first === undefined || order.by === 'numbers' || order.by === 'chances') return order
  const rank = usualRank(first)
  return rank !== null && rank <= EARLY ? order : { ...order, names: [...open, ...order.names] }
}

/** A stage of a process, as far as its place depends on it. */
interface Place {
  name: string
  retired: boolean
}

/** Where a new stage goes among others as a sale usually goes; null if that is not known. */
function usualPlace(name: string, stages: readonly Place[]): number | null {
  const rank = usualRank(name)
  if (rank === null) return null
  const later = stages.findIndex((stage) => (usualRank(stage.name) ?? -1) > rank)
  return later < 0 ? null : later
}

/** Where a new stage goes by the file's numbers or chances; null if it has none. */
function placeInFile(name: string, stages: readonly Place[], order: StageOrder): number | null {
  if (order.by === 'appearance' || order.by === 'words') return null
  const placeOf = (other: string): number =>
    stages.findIndex((stage) => nameKey(stage.name) === nameKey(other))
  const at = order.names.findIndex((other) => nameKey(other) === nameKey(name))
  const before = order.names
    .slice(0, at)
    .map(placeOf)
    .findLast((place) => place >= 0)
  if (before !== undefined) return before + 1
  const after = order.names.slice(at + 1).map(placeOf)
  return after.find((place) => place >= 0) ?? null
}

/**
 * Where to put a stage into a process that was there before the file: as the file's numbers say, else
 * as a sale usually goes, else as its chances say, else before the last stage. Never
 * after the last one.
 */
export function placeAmong(name: string, stages: readonly Place[], order: StageOrder): number {
  const last = Math.max(
    stages.findLastIndex(({ retired }) => !retired),
    0,
  )
  const inFile = placeInFile(name, stages, order)
  const usual = usualPlace(name, stages)
  const place = order.by === 'numbers' ? (inFile ?? usual) : (usual ?? inFile)
  return Math.min(place ?? last, last)
}

/** Where to put a stage into a process that is made from the file. */
export function placeInNew(name: string, stages: readonly Place[], order: StageOrder): number {
  const rank = new Map(order.names.map((other, at) => [nameKey(other), at]))
  const own = rank.get(nameKey(name)) ?? order.names.length
  const later = stages.findIndex((stage) => (rank.get(nameKey(stage.name)) ?? -1) > own)
  return later < 0 ? stages.length : later
}
