import { nameKey } from '../../domain/name.ts'

const YES = [
  'yes|y|true|t|1|on|✓|✔|☑|✅|+',
  'да|д|истина|есть|верно',
  'ja|j|wahr|oui|o|vrai|sí|si|s|verdadero',
  'ใช่|จริง|มี|是|真|有|对',
]
const NO = [
  'no|n|false|f|0|off|✗|✘|☐|❌',
  'нет|н|ложь|неверно',
  'nein|falsch|non|faux|falso',
  'ไม่ใช่|ไม่|เท็จ|ไม่มี|否|假|无|不|不是',
]

/** Signs that say yes in a column whose other cells are blank. */
const MARKS = new Set(['x', 'х', '*', '•'].map(nameKey))

const WON = [
  'won|win|closed won|closedwon|close won|deal won|won deal|success|successful|successfully closed',
  'выиграна|выигран|выиграно|выигрыш|сделка выиграна|закрыта выиграна|успешно|успешна|успешно реализовано|успешно реализована|сделка успешна|успешно завершена|успешно закрыта|реализована',
  'gewonnen|abgeschlossen gewonnen|abgeschlossen und gewonnen|geschlossen gewonnen|gewonnen abgeschlossen|erfolgreich|erfolgreich abgeschlossen',
  'gagné|gagnée|gagnés|gagnées|affaire gagnée|conclu gagné|fermé gagné|fermée gagnée|clôturé gagné|clôturée gagnée',
  'ganado|ganada|ganados|ganadas|cerrado ganado|cerrada ganada|cierre ganado|venta ganada|éxito',
  'ชนะ|ปิดการขายได้|ปิดได้|ปิดการขายสำเร็จ|ปิดการขาย ชนะ|ปิดแล้ว ชนะ|สำเร็จ|ขายได้',
  '赢单|赢得|已赢|已赢单|成交|已成交|结束 赢单|成功|成功关闭|已结束并赢得|关闭 赢单|贏單',
]
const LOST = [
  'lost|lose|loss|closed lost|closedlost|close lost|deal lost|lost deal|unsuccessful|failed|closed lost to competition|lost to competition|lost to competitor|out sold|outsold',
  'проиграна|проигран|проиграно|проигрыш|сделка проиграна|закрыта проиграна|закрыто и не реализовано|закрыта и не реализована|не реализовано|не реализована|сделка провалена|провал|провалена|потеряна|неуспешно|неуспешна|отказ',
  'verloren|abgeschlossen verloren|abgeschlossen und verloren|geschlossen verloren|verloren abgeschlossen|nicht erfolgreich|erfolglos',
  'perdu|perdue|perdus|perdues|affaire perdue|conclu perdu|fermé perdu|fermée perdue|clôturé perdu|clôturée perdue',
  'perdido|perdida|perdidos|perdidas|cerrado perdido|cerrada perdida|cierre perdido|venta perdida',
  'แพ้|ปิดการขายไม่ได้|ปิดไม่ได้|ปิดการขายไม่สำเร็จ|ปิดการขาย แพ้|ปิดแล้ว แพ้|ไม่สำเร็จ|ขายไม่ได้|เสียดีล',
  '输单|丢单|已输|已输单|失败|已失败|已丢失|丢失|结束 输单|关闭 输单|流失|輸單',
]
/** Words for won and for lost that some processes have for a stage. */
const SOLD = [
  'sold|order received|ordered|awarded',
  'продана|продан|продано|куплено|заказано|заказ получен|заказ подтвержден',
  'verkauft|beauftragt|auftrag|auftrag erhalten|auftrag erteilt|bestellt|zuschlag|zuschlag erhalten',
  'vendu|vendue|vendus|vendues|commandé|commandée|commande reçue|remporté|remportée',
  'vendido|vendida|vendidos|vendidas|adjudicado|adjudicada|pedido recibido',
  'ขายแล้ว|สั่งซื้อแล้ว|ได้รับคำสั่งซื้อ|ได้งาน',
  '已售|已售出|售出|已下单|中标|已中标|已签单',
]
const REFUSED = [
  'rejected|declined|refused|turned down|cancelled|canceled|not sold',
  'отказано|отказались|отклонена|отклонен|отклонено|отменена|отменен|отменено|не продано',
  'absage|absage erhalten|abgesagt|abgelehnt|storniert|nicht verkauft',
  'refusé|refusée|rejeté|rejetée|décliné|déclinée|annulé|annulée',
  'rechazado|rechazada|cancelado|cancelada|anulado|anulada|denegado|denegada',
  'ปฏิเสธ|ลูกค้าปฏิเสธ|ยกเลิก|ยกเลิกแล้ว|ไม่ได้งาน',
  '拒绝|已拒绝|取消|已取消|未成交|未中标',
]
const OPEN = [
  'open|opened|reopened|in progress|ongoing|pending|active|not closed',
  'открыта|открыт|открыто|в работе|в процессе|активна|не закрыта',
  'offen|in bearbeitung|laufend|aktiv',
  'ouvert|ouverte|en cours|abierto|abierta|en curso|en proceso|activo|activa',
  'เปิด|เปิดอยู่|กำลังดำเนินการ|อยู่ระหว่างดำเนินการ|进行中|打开|开放|跟进中|未结束|未关闭',
]

/** Words in a column of outcomes that some processes have for a stage, or other columns for a step. */
const STATUS_OPEN = [
  'new|quotation|quoted|replied|on hold|paused|not started|waiting',
  'новая|новый|приостановлена|отложена|neu|angebot|angeboten|pausiert|zurückgestellt|ruht',
  'nouveau|nouvelle|devis|en attente|nuevo|nueva|presupuestado|en espera',
  'ใหม่|เสนอราคา|เสนอราคาแล้ว|รอตัดสินใจ|รอ|新建|报价|暂停',
]
const STATUS_WON = ['converted|converted to order|ordered']
const STATUS_CLOSED = [
  'closed|закрыто|закрыта|завершена|завершено|geschlossen|abgeschlossen|beendet|erledigt',
  'fermé|fermée|clôturé|clôturée|cerrado|cerrada|ปิดแล้ว|ปิด|已关闭|关闭|已结束|结束',
]

/** `Closed-Won`, `closed_won` and `Closed – Won` are one word. */
export function wordKey(text: string): string {
  return nameKey(text.replaceAll(/[-_/\\:,.!()‐-―]+/g, ' '))
}

/** Words by their keys. @param lines words separated by `|`. */
export function wordsOf<T>(lines: readonly string[], meaning: T): [string, T][] {
  return lines.flatMap((line) =>
    line.split('|').map((word): [string, T] => [wordKey(word), meaning]),
  )
}

/** What a word says about a deal's end. */
export type OutcomeWord = 'won' | 'lost' | 'open'

const YES_NO = new Map([...wordsOf(YES, true), ...wordsOf(NO, false)])
const STAGE_LIKE = new Map<string, OutcomeWord>([
  ...wordsOf(SOLD, 'won' as const),
  ...wordsOf(REFUSED, 'lost' as const),
])
const OUTCOMES = new Map<string, OutcomeWord>([
  ...STAGE_LIKE,
  ...wordsOf(WON, 'won' as const),
  ...wordsOf(LOST, 'lost' as const),
  ...wordsOf(OPEN, 'open' as const),
])

const STATUSES = new Map<string, OutcomeWord | 'closed'>([
  ...wordsOf(STATUS_OPEN, 'open' as const),
  ...wordsOf(STATUS_WON, 'won' as const),
  ...wordsOf(STATUS_CLOSED, 'closed' as const),
])

interface ExtraWords {
  won: readonly string[]
  lost: readonly string[]
}

const extraKeys = new WeakMap<ExtraWords, Map<string, OutcomeWord>>()

function keysOf(extra: ExtraWords): Map<string, OutcomeWord> {
  const cached = extraKeys.get(extra)
  if (cached) return cached
  const keys = new Map([
    ...wordsOf(extra.won, 'won' as const),
    ...wordsOf(extra.lost, 'lost' as const),
  ])
  extraKeys.set(extra, keys)
  return keys
}

/** Yes or no in any of the languages (`Ja`, `нет`, `ใช่`, `✓`, `1`); null for any other word. */
export function yesNo(text: string): boolean | null {
  return YES_NO.get(wordKey(text)) ?? null
}

const SIGNS_OF_NO = new Set(['✗', '✘', '☐', '❌', '0'].map(wordKey))
const TICKS = new Set(['✓', '✔', '☑', '✅', '+'].map(wordKey))

/**
 * What a sign such as `x` means in a column, by what its other cells say: next to `✓` it means no, next
 * to words of yes or no it may mean either (null). Show it every cell, then ask.
 */
export function tickColumn(): { see: (text: string) => void; says: () => boolean | null } {
  let ticks = 0
  let words = 0
  return {
    see(text) {
      if (isTicked(text) || yesNo(text) === null) return
      if (TICKS.has(wordKey(text))) ticks += 1
      else if (!SIGNS_OF_NO.has(wordKey(text))) words += 1
    },
    says: () => (words > 0 ? null : ticks === 0),
  }
}

/** Is a cell ticked with a sign that means yes only next to blank ones, such as `x`? */
export function isTicked(text: string): boolean {
  return MARKS.has(nameKey(text))
}

/**
 * What a word says about a deal: `Closed Won`, `Verloren`, `В работе`, `赢单`. Null if it is not a
 * known word for an outcome; it may be the name of a stage.
 * @param extra the person's own words, which come before the known ones. Pass one object for a
 *   whole file: its words are prepared once.
 */
export function outcomeWord(text: string, extra: ExtraWords): OutcomeWord | null {
  const key = wordKey(text)
  return keysOf(extra).get(key) ?? OUTCOMES.get(key) ?? null
}

/**
 * What a word in the column of outcomes says about a deal. More words are known there than in that of
 * stages, where `Quotation` is a stage; `closed` leaves open how.
 */
export function statusWord(text: string, extra: ExtraWords): OutcomeWord | 'closed' | null {
  return outcomeWord(text, extra) ?? STATUSES.get(wordKey(text)) ?? null
}

/** Is it a word for won or for lost that some processes have for a stage, such as `Auftrag`? */
export function isStageLike(text: string): boolean {
  return STAGE_LIKE.has(wordKey(text))
}
