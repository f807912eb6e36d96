import { type OutcomeWord, isStageLike, outcomeWord, statusWord, wordKey } from './words.ts'

/** What the text of a stage says about a deal's outcome, and what else it says. */
export interface StageWords {
  says: OutcomeWord
  /** `no budget` of `Lost - no budget`; null if nothing is left. */
  rest: string | null
}

interface ExtraWords {
  won: readonly string[]
  lost: readonly string[]
}

type Stages = readonly { name: string }[]

// What says won or lost wherever it stands; `success` or `failed` may be about a step.
const CLEAR = new Set(
  `won|lost|closedwon|closedlost|gewonnen|verloren|gagné|gagnée|gagnés|gagnées|perdu|perdue|perdus|perdues
  |ganado|ganada|ganados|ganadas|perdido|perdida|perdidos|perdidas|выиграна|выигран|выиграно|проиграна
  |проигран|проиграно|赢单|已赢单|输单|已输单|丢单|ชนะ|แพ้`
    .split('|')
    .map(wordKey),
)
const CLOSED = `closed|close|abgeschlossen|geschlossen|fermé|fermée|clôturé|clôturée|cerrado|cerrada|закрыта|结束|关闭|ปิดแล้ว`
/** Between an outcome and who or what made it: `Lost to a competitor`. */
const LINKS = new Set(
  'to|by|due|because|against|wegen|an|gegen|aufgrund|durch|из|par|car|por|porque|因'.split('|'),
)
const AND = new Set(['and', 'und', 'et', 'y', 'и', '&'].map(wordKey))
/** Over in some way, as a stage may be called that many have in the middle: `Done` may be a step. */
const OVER = new Set(
  `done|completed|complete|finished|dead|archived|junk|ended|erledigt|abgeschlossen|beendet|fertig|tot
  |готово|завершено|завершена|завершен|выполнено|архив|terminé|terminée|fini|finie|mort|archivé|terminado|terminada
  |hecho|completado|completada|muerto|archivado|完成|已完成|เสร็จสิ้น|เสร็จแล้ว`
    .split('|')
    .map(wordKey),
)
/** `Won (expected)` is not won yet, and neither is `Not yet: won`. */
const UNSURE = new Set(
  `expected|probable|probably|likely|tentative|forecast|forecasted|erwartet|wahrscheinlich|voraussichtlich
  |вероятно|ожидается|probablement|prévu|probablemente|previsto`
    .split('|')
    .map(wordKey),
)
const UNDONE = new Set(
  `not|never|no|yet|pending|almost|nearly|verbal|verbally|soon|before|pre|ready|waiting|awaiting|to|if|why
  |nicht|nie|fast|mündlich|vor|bald|не|ещё|еще|почти|pas|non|presque|avant|casi|antes|未|ไม่`
    .split('|')
    .map(wordKey),
)

const LEADING =
  /^[\p{P}\p{Z}#]*(?:(?:stage|step|phase|stufe|schritt|этап|étape|etapa)\s*)?\d{1,3}(?:[.,]\d+)*(?![\p{L}\p{N}])\s*%?[\p{P}\p{Z}]*/iu
const TRAILING = /[\p{P}\p{Z}]*(?:\(\d{1,3}\)|\d{1,3}(?:[.,]\d+)?\s*%)[\p{P}\p{Z}]*$/u
const EDGES = /^[\p{P}\p{Z}+~*]+|[\p{P}\p{Z}+~*]+$/gu
const BREAKS = /\s+[-‐-―~>]+\s*|[-‐-―~>]+\s+|\s*[–—:;|,/\\()[\]{}]+\s*|\.\s+/u

/** No stage has a longer name, and the patterns below are slow on long texts. */
const LONGEST = 200

/** A stage's text without numbers before it, a chance after it, marks and pictures. */
function undecorated(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replaceAll(/[\p{So}\u{FE0F}\u{200D}]/gu, ' ')
    .replace(LEADING, '')
    .replace(TRAILING, '')
    .replaceAll(EDGES, '')
}

function wordsIn(text: string): string[] {
  return wordKey(text).split(' ').filter(Boolean)
}

/** Won or lost, if the words are one of those. */
function ending(text: string, extra: ExtraWords): 'won' | 'lost' | null {
  const word = outcomeWord(text, extra)
  return word === 'open' ? null : word
}

/** Does the rest take back what the outcome says: `Won / Lost`, `Won (expected)`? */
function takesBack(rest: string, says: 'won' | 'lost', extra: ExtraWords): boolean {
  const words = wordsIn(rest)
  const other = words[0] === undefined ? null : ending(words[0], extra)
  return words.some((word) => UNSURE.has(word)) || (other !== null && other !== says)
}

/** An outcome that a mark separates from the rest: `Closed Won (Sales Pipeline)`, `Deals: Lost`. */
function apart(parts: readonly string[], extra: ExtraWords): StageWords | null {
  for (let count = parts.length - 1; count > 0; count -= 1) {
    const head = parts.slice(0, count).join(' ')
    const rest = parts.slice(count).join(' - ')
    const says = ending(head, extra)
    if (says === null || (says === 'won' && isStageLike(head))) continue
    return takesBack(rest, says, extra) ? null : { says, rest }
  }
  for (let count = 1; count < parts.length; count += 1) {
    const tail = parts.slice(count).join(' ')
    const rest = parts.slice(0, count).join(' - ')
    const says = wordsIn(tail).some((word) => CLEAR.has(word)) ? ending(tail, extra) : null
    if (says === null) continue
    const isUndone = wordsIn(rest).some((word) => UNDONE.has(word))
    return isUndone || takesBack(rest, says, extra) ? null : { says, rest }
  }
  return null
}

/** An outcome at the beginning with more words: `Closed Won Renewal`, `Lost to a competitor`. */
function begun(text: string, extra: ExtraWords): StageWords | null {
  const [head = '', ...more] = text.split(/\s+/)
  // `Closed and won`, `Abgeschlossen und gewonnen`.
  const words = [head, ...(AND.has(wordKey(more[0] ?? '')) ? more.slice(1) : more)]
  const [first = '', second = ''] = words.map(wordKey)
  const isClosed = CLOSED.split('|').map(wordKey).includes(first) && CLEAR.has(second)
  const isLinked = CLEAR.has(first) && LINKS.has(second)
  if (!isClosed && !isLinked) return null
  const says = ending(words.slice(0, isClosed ? 2 : 1).join(' '), extra)
  const rest = words.slice(isClosed ? 2 : 1).join(' ')
  return says === null || takesBack(rest, says, extra) ? null : { says, rest }
}

function isNamed(text: string, stages: Stages): boolean {
  const key = wordKey(text)
  return stages.some(({ name }) => wordKey(name) === key)
}

/**
 * What the text in the column of stages says of a deal's end: `Closed Won`, and just so
 * `7. Closed Won`, `100% - Won`, `Won ✓`, `Closed Won (Sales Pipeline)`, `Lost - no budget`. A stage
 * that the process has is not an outcome, except one that is called just won or lost.
 * Null if the text says nothing of the end, or if that is doubtful (`Lost contact`).
 * @param stages those of the deal's process.
 */
export function readStageWords(text: string, extra: ExtraWords, stages: Stages): StageWords | null {
  const whole = outcomeWord(text, extra)
  if (whole !== null) {
    const isStage = isStageLike(text)
    const isOwn = [...extra.won, ...extra.lost].some((word) => wordKey(word) === wordKey(text))
    return isStage && !isOwn && isNamed(text, stages) ? null : { says: whole, rest: null }
  }
  if (isNamed(text, stages)) return null
  const bare = undecorated(text)
  const says = ending(bare, extra)
  if (says !== null) return isStageLike(bare) && isNamed(bare, stages) ? null : { says, rest: null }
  const parts = bare.split(BREAKS).filter((part) => wordsIn(part).length > 0)
  return apart(parts, extra) ?? begun(bare, extra)
}

/** May the name of a stage mean won or lost: `Lost contact`, `Contract won`, `Sold (delivery)`, `Dead`? */
export function isDoubtfulStage(text: string): boolean {
  const bare = undecorated(text)
  if (OVER.has(wordKey(bare))) return true
  const parts = bare.split(BREAKS)
  if (parts.length > 1 && isStageLike(parts[0] ?? '')) return true
  return parts
    .map(wordsIn)
    .some((words) => [words[0], words.at(-1)].some((word) => word !== undefined && CLEAR.has(word)))
}

/**
 * Does the text in the column of stages say only that a deal is over, as `Closed`,
 * `7. Closed` and `Closed (Sales Pipeline)` do? Not if the process has such a stage.
 * @param stages those of the deal's process.
 */
export function isClosedStage(text: string, stages: Stages): boolean {
  if (isNamed(text, stages)) return false
  const bare = undecorated(text)
  const [head = ''] = bare.split(BREAKS)
  return [text, bare, head].some((word) => statusWord(word, NO_WORDS) === 'closed')
}

const NO_WORDS: ExtraWords = { won: [], lost: [] }
