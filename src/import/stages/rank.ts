import { wordKey } from '../values/words.ts'

// How a sale usually goes, one line per step: how the names of its stages begin or, in writing
// without spaces, what they contain. The longest matching word decides: `Contact made` comes after `Contact`.
const STEPS = [
  'lead|new|prospect|inquiry|enquiry|request|incoming|новая|новый|лид|заявка|обращение|запрос|anfrage|interessent|neu|piste|nouveau|nouvelle|nuevo|nueva|ใหม่|ลูกค้าใหม่|线索|新建',
  'contact|first contact|initial contact|appointment|call|контакт|первичный|звонок|kontakt|erstkontakt|termin|rendez vous|premier contact|contacto|cita|ติดต่อ|นัด|初步|联系',
  'qualif|квалиф|qualifiz|calific|คัดกรอง|คุณสมบัติ|资格|验证',
  'meeting|visit|contact made|need|analysis|discovery|assessment|встреча|потребност|анализ|выезд|bedarf|besuch|analyse|besoin|visite|necesidad|visita|ประชุม|เข้าพบ|ความต้องการ|需求|拜访',
  'presentation|demo|value proposition|trial|pilot|презентация|демо|präsentation|vorführung|présentation|presentación|นำเสนอ|สาธิต|演示|价值',
  'decision maker|id decision|identify decision|perception|决策者',
  'proposal|proposition|quot|offer|estimate|price quote|bid|tender|предложение|коммерческое|кп|смета|подготовка документов|angebot|offerte|kostenvoranschlag|devis|offre|propuesta|oferta|presupuesto|เสนอราคา|ใบเสนอราคา|报价|方案',
  'negotiat|review|переговор|согласование|торг|verhandlung|vertragsverhandlung|nachverhandlung|négociation|negociación|ต่อรอง|เจรจา|谈判|商务',
  'decision|decid|verbal|commit|approval|решени|принима|утвержд|entscheid|zusage|freigabe|décision|accord|decisión|aprobación|ตัดสินใจ|อนุมัติ|决策|审批',
  'contract|agreement|closing|signature|договор|согласование договора|подписание|vertrag|abschluss|unterschrift|contrat|signature|contrato|firma|สัญญา|ปิดการขาย|合同|签约',
  'payment|invoice|prepayment|оплата|счёт|счет|предоплата|zahlung|rechnung|paiement|facture|pago|factura|ชำระ|วางบิล|付款|开票|回款',
  'delivery|implementation|installation|поставка|отгрузка|внедрение|монтаж|lieferung|montage|livraison|entrega|ส่งมอบ|จัดส่ง|交付|发货',
  'completion|done|finished|follow up|завершение|nachbetreuung|clôture|cierre|เสร็จ|完成|验收',
]

const NO_SPACES = /^[\p{Script=Thai}\p{Script=Han}]/u

const WORDS = STEPS.flatMap((line, rank) =>
  line.split('|').map((word) => ({ rank, key: wordKey(word), anywhere: NO_SPACES.test(word) })),
).toSorted((a, b) => b.key.length - a.key.length)

/**
 * Which step of a usual sale a stage's name stands for, counted from 0; null if that is not known.
 * `Needs Analysis` comes before `Proposal/Price Quote`, and that before `Negotiation/Review`.
 */
export function usualRank(name: string): number | null {
  const key = ` ${wordKey(name.replace(/^\s*\(?\d\S*\s+/, ''))}`
  const found = WORDS.find((word) => key.includes(word.anywhere ? word.key : ` ${word.key}`))
  return found?.rank ?? null
}
