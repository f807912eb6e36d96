import { yesNo } from '../values/words.ts'
import { findField, type ImportKind } from './fields.ts'
import { bareKey, headerKey } from './header.ts'
import {
  type Dictionary,
  isOfOthers,
  isStranger,
  type Meaning,
  meaningsOf,
  WEAK,
} from './synonyms/index.ts'
import { minOf } from '../../domain/lists.ts'

const LONGEST = 120
const DASH = /\s[–—]\s/u
const SIGNS = /[/|()[\]]|\s[–—]\s/u

/** After a header that is known itself, `Amount`: what two known words mean together. */
const TWO_NAMES = WEAK / 2

/** Words that change the meaning of what is next to them: the former firm is not the firm. */
const TURNING = new Set(
  `old, former, formerly, previous, prior, past, ex, last, next, new, parent, competitor, other, not,
  no, non, without, count, counted, number, quantity, total, date, day, month, year, week, since,
  until, by, per, changed, updated, invalid, wrong, bounced, group, text, type, status, format,
  alt, alte, alter, altes, ehemals, ehemalig, ehemalige, fruher, bisher, bisherige, vorher, letzte,
  letzter, nachste, neu, neue, mutter, muttergesellschaft, wettbewerber, nicht, kein, keine, ohne,
  anzahl, menge, datum, tag, monat, jahr, woche, seit, bis, pro, je, geandert, ungultig, falsch,
  gruppe, typ, art,
  ancien, ancienne, precedent, precedente, dernier, derniere, prochain, nouveau, nouvelle, concurrent,
  pas, sans, nombre, mois, annee, semaine, depuis, par, modifie, invalide, faux, groupe, genre,
  antiguo, antigua, anterior, ultimo, ultima, proximo, nuevo, nueva, matriz, competidor, sin, cantidad,
  numero, fecha, mes, ano, semana, desde, hasta, por, modificado, invalido, grupo, tipo,
  старый, старая, старое, бывший, бывшая, прежний, прежняя, прошлый, последний, последняя, новый,
  новая, конкурент, не, нет, без, количество, число, дата, день, месяц, год, неделя, с, до, изменен,
  неверный, группа, тип, вид,
  旧, 原, 前, 曾用, 新, 上次, 下次, 竞争对手, 无, 数量, 日期, 月, 年, 母公司, 集团, 类型,
  เก่า, เดิม, ใหม่, ล่าสุด, ถัดไป, คู่แข่ง, ไม่, จำนวน, วันที่, เดือน, ปี, กลุ่ม, ประเภท`
    .split(',')
    .map((word) => headerKey(word)),
)

interface Parts {
  known: (readonly Meaning[])[]
  isFirstKnown: boolean
  unknown: string[]
}

function isForeign(key: string): boolean {
  return isStranger(key) || isStranger(bareKey(key))
}

/** The parts by what is known of them; null if one is known to be something else. */
function readParts(keys: readonly string[], dictionary: Dictionary): Parts | null {
  const parts: Parts = { known: [], isFirstKnown: false, unknown: [] }
  for (const [place, key] of keys.entries()) {
    const meanings = meaningsOf(key, dictionary)
    if (meanings.length > 0) {
      parts.known.push(meanings)
      parts.isFirstKnown ||= place === 0
    } else if (isForeign(key)) return null
    else parts.unknown.push(key)
  }
  return parts
}

/** The fields that every one of the parts may mean, each as good as its best word. */
function shared([first = [], ...others]: Parts['known']): Meaning[] {
  return first.flatMap(({ field, rank }) => {
    const same = others.map((meanings) => meanings.find((one) => one.field === field))
    if (same.includes(undefined)) return []
    return [
      {
        field,
        rank: minOf(
          same.map((one) => one?.rank ?? rank),
          rank,
        ),
      },
    ]
  })
}

function turns(key: string): boolean {
  const words = key.split(' ')
  return isOfOthers(key) || words.some((word) => TURNING.has(word) || /^\d+$/.test(word))
}

/** Fields that a word in brackets does not turn into another sum, or another day. */
const PLAIN = new Set(['name', 'text', 'email', 'phone', 'website'])

/** What the first part means, if nothing is known of the others; after a dash may be anything. */
function meaningOfFirst(kind: ImportKind, { known, isFirstKnown, unknown }: Parts): Meaning[] {
  const [meaning] = shared(known)
  if (!meaning || !isFirstKnown || meaning.rank >= WEAK || unknown.some(turns)) return []
  const type = findField(kind, meaning.field)?.type ?? ''
  const isAnswer = unknown.some((word) => yesNo(word) !== null)
  return (isAnswer ? type === 'yesno' : PLAIN.has(type)) ? [meaning] : []
}

/** What the parts of a header mean. */
export interface PartMeanings {
  /** True if nothing is known of some of the parts. */
  isPartial: boolean
  meanings: readonly Meaning[]
}

/**
 * The meaning of a header made of several names: `Firma/Kunde`, `Company (Name)`. Its parts have
 * to mean one and the same field. If nothing is known of some of them, the first has to be a good
 * word for a name, a text or an address, and the others must not change its meaning: `Kunde (intern)`
 * is the client, `Kunde (alt)` and `Kunde (ja/nein)` are not.
 */
export function meaningsOfParts(
  kind: ImportKind,
  header: string,
  dictionary: Dictionary,
): PartMeanings {
  const none = { isPartial: false, meanings: [] }
  if (header.length > LONGEST) return none
  const keys = header.normalize('NFKC').split(SIGNS).map(headerKey)
  const named = keys.filter((key) => key !== '')
  if (named.length < 2) return none
  const parts = readParts(named, dictionary)
  if (!parts) return none
  if (parts.unknown.length > 0) {
    return DASH.test(header) ? none : { isPartial: true, meanings: meaningOfFirst(kind, parts) }
  }
  const meanings = shared(parts.known).map(({ field, rank }) => ({
    field,
    rank: rank < WEAK ? TWO_NAMES + rank : rank,
  }))
  return { isPartial: false, meanings }
}
