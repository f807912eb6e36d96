import { wordKey, wordsOf } from './words.ts'

/** Whether money came in or went out, in a column next to amounts without a minus. */
const DIRECTIONS = new Map<string, 'in' | 'out'>([
  ...wordsOf(
    [
      'in|credit|cr|c|crdt|deposit|received|incoming|money in|paid in|+',
      'кредит|приход|поступление|зачисление|к|haben|h|gutschrift|eingang|crédit|crédito|abono|haber|entrée|ingreso',
      '贷|贷方|收入|收|เครดิต|รับ|ฝาก|เงินเข้า',
    ],
    'in' as const,
  ),
  ...wordsOf(
    [
      'out|debit|dr|d|dbit|withdrawal|payment|sent|outgoing|money out|paid out|-',
      'дебет|расход|списание|д|soll|s|lastschrift|belastung|ausgang|débit|débito|cargo|debe|sortie|gasto',
      '借|借方|支出|支|เดบิต|จ่าย|ถอน|เงินออก',
    ],
    'out' as const,
  ),
])

/** `Haben`, `CRDT`, `приход`; null for any other word. */
export function bookingDirection(text: string): 'in' | 'out' | null {
  const sign = text.trim()
  if (sign === '+') return 'in'
  if (sign === '-' || sign === '−') return 'out'
  return DIRECTIONS.get(wordKey(text)) ?? null
}

/** Words for what the bank may still change or leave out. */
const PENDING = new Set(
  wordsOf(
    [
      'pending|pdng|futr|authorised|authorized|reserved|reverted|declined|failed|cancelled|canceled|expected|future',
      'в обработке|ожидает|ожидание|отклонено|отклонен|отменено|отменен|не исполнен|на исполнении',
      'vorgemerkt|umsatz vorgemerkt|vormerkung|ausstehend|offen|abgelehnt|storniert|geplant',
      'en attente|refusé|annulé|à venir|pendiente|rechazado|cancelado|retenido',
      '处理中|待处理|已取消|失败|รอดำเนินการ|ยกเลิก|ไม่สำเร็จ',
    ],
    true,
  ).map(([word]) => word),
)

/** True for a booking that is only announced, or did not happen. */
export function isPendingWord(text: string): boolean {
  return PENDING.has(wordKey(text))
}
