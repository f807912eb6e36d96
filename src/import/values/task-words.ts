import { wordKey, wordsOf, yesNo } from './words.ts'

/** How a task stands. */
export type TaskStatus = 'open' | 'done' | 'dropped'

const WORDS = new Map<string, TaskStatus>([
  ...wordsOf<TaskStatus>(
    [
      'open|to do|todo|not started|planned|scheduled|pending|in progress|started|ongoing|waiting|waiting on someone else|overdue|new|active|assigned',
      'открыта|открыто|новая|не начата|не начато|запланирована|запланировано|в работе|в процессе|выполняется|ожидает|ожидание|ждет выполнения|отложена|просрочена|не выполнена|не выполнено|активна',
      'offen|nicht begonnen|nicht gestartet|geplant|in bearbeitung|laufend|wartend|aktiv|unerledigt|überfällig|neu|zu erledigen',
      'ouvert|ouverte|à faire|non commencé|non commencée|pas commencé|en cours|en attente|planifié|planifiée|prévu|prévue|en retard',
      'abierto|abierta|por hacer|pendiente|no iniciado|no iniciada|en curso|en proceso|planificado|planificada|en espera|vencida',
      '未开始|待办|待处理|进行中|处理中|未完成|计划中|打开|开放|已逾期|未處理',
      'เปิด|ยังไม่เริ่ม|ต้องทำ|รอดำเนินการ|กำลังดำเนินการ|อยู่ระหว่างดำเนินการ|วางแผนไว้|ค้างอยู่|ยังไม่เสร็จ|เลยกำหนด',
    ],
    'open',
  ),
  ...wordsOf<TaskStatus>(
    [
      'done|completed|complete|finished|closed|resolved|held|executed',
      'выполнена|выполнено|выполнен|завершена|завершено|завершен|сделано|сделана|готово|закрыта|закрыто|исполнена',
      'erledigt|fertig|abgeschlossen|beendet|getan|geschlossen|ausgeführt',
      'fait|faite|terminé|terminée|achevé|achevée|effectué|effectuée|clôturé|clôturée|fermé|fermée',
      'hecho|hecha|completado|completada|terminado|terminada|finalizado|finalizada|realizado|realizada|cerrado|cerrada',
      '已完成|完成|已结束|已关闭|已处理|已執行',
      'เสร็จ|เสร็จแล้ว|เสร็จสิ้น|ทำแล้ว|เรียบร้อย|เสร็จสมบูรณ์|ปิด|ปิดแล้ว',
    ],
    'done',
  ),
  ...wordsOf<TaskStatus>(
    [
      'dropped|cancelled|canceled|abandoned|rejected|declined|skipped|not done|not held|deleted|obsolete',
      'отменена|отменено|отменен|снята|снято|отклонена|отклонено|не нужна|не нужно|не состоялась|не состоялось',
      'abgebrochen|abgesagt|storniert|verworfen|entfallen|entfällt|gestrichen|abgelehnt',
      'annulé|annulée|abandonné|abandonnée|refusé|refusée|supprimé|supprimée',
      'cancelado|cancelada|anulado|anulada|abandonado|abandonada|descartado|descartada|rechazado|rechazada',
      '已取消|取消|已放弃|放弃|作废|已拒绝|已終止',
      'ยกเลิก|ยกเลิกแล้ว|ไม่ทำ|ละทิ้ง|ปฏิเสธ',
    ],
    'dropped',
  ),
])

/**
 * What a word says about a task: `Completed`, `Erledigt`, `отменена`, `✓`. Yes and no answer whether it
 * is done. Null if it is not a known word.
 */
export function taskStatus(text: string): TaskStatus | null {
  const known = WORDS.get(wordKey(text))
  if (known) return known
  const isDone = yesNo(text)
  return isDone === null ? null : isDone ? 'done' : 'open'
}
