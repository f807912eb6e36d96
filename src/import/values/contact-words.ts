import type { Direction, InteractionKind, InteractionResult } from '../../book/schema/work.ts'
import { nameKey } from '../../domain/name.ts'
import { wordsOf } from './words.ts'

/** Words for the kind of an interaction: `Telefonat`, `визит`, `WhatsApp`. */
export const KINDS: ReadonlyMap<string, InteractionKind> = new Map<string, InteractionKind>([
  ...wordsOf<InteractionKind>(
    [
      'call|calls|phone|phone call|telephone|telephone call|telephone conversation|cold call|outbound call|inbound call',
      'звонок|звонки|телефонный звонок|телефонный разговор|разговор|телефон',
      'anruf|anrufe|telefonat|telefon|telefongespräch|telefonanruf|telefonisch|rückruf',
      'appel|appels|appel téléphonique|coup de téléphone|coup de fil|téléphone',
      'llamada|llamadas|llamada telefónica|teléfono|telefónica',
      '电话|打电话|通话|来电|致电|電話|电话拜访|电话沟通',
      'โทร|โทรศัพท์|สายโทรเข้า|สายโทรออก|การโทร|โทรเข้า|โทรออก|คุยโทรศัพท์',
    ],
    'call',
  ),
  ...wordsOf<InteractionKind>(
    [
      'email|e mail|emails|mail|mails',
      'письмо|электронное письмо|эл письмо|электронная почта|почта|емейл|имейл',
      'courriel|courriels|mél|correo|correo electrónico|correos',
      '邮件|电子邮件|发邮件|電子郵件|郵件|อีเมล|อีเมล์|ส่งอีเมล',
    ],
    'email',
  ),
  ...wordsOf<InteractionKind>(
    [
      'meeting|meetings|visit|visits|appointment|site visit|video call|online meeting|demo|trade fair',
      'встреча|встречи|визит|посещение|переговоры|видеозвонок|совещание|выезд|выставка',
      'treffen|besuch|besuche|kundenbesuch|termin|termine|besprechung|besprechungen|sitzung|gespräch|persönliches gespräch|videokonferenz|videocall|messe|vor ort',
      'réunion|réunions|rendez vous|rdv|visite|visites|entretien|rencontre|visioconférence|visio|salon',
      'reunión|reuniones|visita|visitas|cita|encuentro|entrevista|videollamada|videoconferencia|feria',
      '会议|拜访|上门拜访|见面|面谈|会面|客户拜访|视频会议|會議|拜訪',
      'ประชุม|นัดหมาย|นัดพบ|เข้าพบ|พบลูกค้า|เยี่ยมลูกค้า|การประชุม|ประชุมออนไลน์',
    ],
    'meeting',
  ),
  ...wordsOf<InteractionKind>(['sms|text message|смс|短信|簡訊|เอสเอ็มเอส|ข้อความสั้น'], 'sms'),
  ...wordsOf<InteractionKind>(
    [
      'message|messages|chat|letter|post|fax|whatsapp|whats app|telegram|viber|wechat|line|messenger|signal|linkedin|linkedin message|facebook|instagram',
      'сообщение|сообщения|чат|мессенджер|факс|бумажное письмо|почтовое письмо|ватсап|вотсап|телеграм|телеграмм|вайбер',
      'nachricht|nachrichten|brief|briefe|telefax|schreiben|briefpost',
      'messagerie|lettre|lettres|courrier|télécopie|carta|cartas|mensaje|mensajes',
      '微信|消息|信息|留言|信函|信件|传真|聊天|訊息|傳真',
      'ข้อความ|แชท|แชต|ไลน์|จดหมาย|แฟกซ์|แฟ็กซ์|โทรสาร',
    ],
    'message',
  ),
  ...wordsOf<InteractionKind>(
    [
      'mailing|mailings|newsletter|mass email|bulk email|campaign|рассылка|рассылки|rundschreiben|serienbrief|serienmail|infomail',
      'publipostage|infolettre|emailing|boletín|envío masivo|群发邮件|群发|邮件群发|จดหมายข่าว',
    ],
    'mailing',
  ),
  ...wordsOf<InteractionKind>(
    [
      'note|notes|task|tasks|remark|comment|заметка|заметки|примечание|комментарий|задача',
      'notiz|notizen|bemerkung|kommentar|vermerk|aktennotiz|aufgabe|gesprächsnotiz',
      'remarque|commentaire|tâche|nota|notas|comentario|tarea|备注|笔记|记录|任务|備註|บันทึก|หมายเหตุ|โน้ต|งาน',
    ],
    'note',
  ),
])

/** Words for who contacted whom: `eingehend`, `исходящий`. */
export const DIRECTIONS: ReadonlyMap<string, Direction> = new Map<string, Direction>([
  ...wordsOf<Direction>(
    [
      'in|inbound|incoming|received|from client',
      'входящий|входящая|входящее|входящие|вход|входящий звонок|получено',
      'ein|eingehend|eingehender|eingehende|eingang|eingegangen|kommend|rein|herein|empfangen|erhalten',
      'entrant|entrante|entrants|entrantes|reçu|reçue|recibido|recibida',
      '呼入|来电|接收|收到|接入|入|ขาเข้า|เข้า|สายเข้า|โทรเข้า|รับสาย|รับเข้า',
    ],
    'in',
  ),
  ...wordsOf<Direction>(
    [
      'out|outbound|outgoing|sent|to client',
      'исходящий|исходящая|исходящее|исходящие|исход|исходящий звонок|отправлено',
      'aus|ausgehend|ausgehender|ausgehende|ausgang|gehend|raus|heraus|hinaus|gesendet|versendet',
      'sortant|sortante|sortants|sortantes|envoyé|envoyée|saliente|salientes|enviado|enviada',
      '呼出|去电|发送|发出|拨出|出|ขาออก|ออก|สายออก|โทรออก|ส่งออก',
    ],
    'out',
  ),
])

/** What may come of an interaction. */
export const RESULTS: readonly InteractionResult[] = [
  'reached',
  'no-answer',
  'interested',
  'refused',
  'call-back',
]

/** The result that a cell names, with a hyphen or without: `No answer`; null for any other text. */
export function interactionResult(text: string): InteractionResult | null {
  const key = nameKey(text).replaceAll(' ', '-')
  return RESULTS.find((result) => result === key) ?? null
}
