import { outcomeWord, wordKey } from './words.ts'

const NOT_YET = new Set(
  `not yet|still open|not finished|not won yet|to be determined|noch nicht|noch offen|nicht geschlossen
  |nicht abgeschlossen|ausstehend|не закрыт|не закрыто|не завершена|не завершено|ещё нет|еще нет
  |ещё не закрыта|еще не закрыта|pas encore|non clôturé|non clôturée|aún no|todavía no|pendiente|sin cerrar
  |ยังไม่ปิด|ยัง|尚未关闭|尚未|待定`
    .split('|')
    .map(wordKey),
)

/** Does a cell of a column of days say that the day is still to come: `не закрыта`, `noch offen`? */
export function isNotYet(text: string): boolean {
  if (/\p{Nd}/u.test(text)) return false
  return NOT_YET.has(wordKey(text)) || outcomeWord(text, NO_WORDS) === 'open'
}

const NO_WORDS = { won: [], lost: [] }
