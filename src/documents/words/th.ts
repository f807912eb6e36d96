import type { Words } from './words.ts'

export const thai: Words = {
  usualTag: 'th-TH',
  day: { dateStyle: 'long' },
  labels: {
    number: 'เลขที่',
    version: 'ฉบับที่',
    date: 'วันที่',
    valid_until: 'ยืนราคาถึงวันที่',
    due: 'ครบกำหนดชำระ',
    order_ref: 'เลขที่ใบสั่งซื้อ',
    buyer_ref: 'เลขที่อ้างอิงของท่าน',
    service: 'ระยะเวลาให้บริการ',
    corrects: 'อ้างถึงใบแจ้งหนี้เลขที่',
    contact: 'ผู้ติดต่อ',
    client_vat_id: 'เลขประจำตัวผู้เสียภาษีของท่าน',
    vat_id: 'เลขทะเบียนภาษีมูลค่าเพิ่ม',
    tax_number: 'เลขประจำตัวผู้เสียภาษี',
    position: 'ลำดับ',
    description: 'รายการ',
    quantity: 'จำนวน',
    unit: 'หน่วย',
    price: 'ราคาต่อหน่วย',
    discount: 'ส่วนลด',
    net: 'จำนวนเงินก่อนภาษี',
    gross: 'จำนวนเงินรวมทั้งสิ้น',
    total: 'รวม',
    paid: 'ชำระแล้ว',
    open: 'ยอดค้างชำระ',
    rest: 'ยอดคงเหลือ',
    rest_net: 'ยอดคงเหลือก่อนภาษี',
    interest: 'ดอกเบี้ยผิดนัด',
    options: 'รายการเสริม',
    option: 'รายการเสริม',
    alternative_to: 'แทนลำดับที่',
    invoice: 'ใบแจ้งหนี้',
    issued: 'ลงวันที่',
    days_late: 'เกินกำหนด',
    payment: 'การชำระเงิน',
    scan: 'สแกนเพื่อชำระเงิน',
    account_holder: 'ชื่อบัญชี',
    iban: 'IBAN',
    bic: 'BIC',
    account: 'เลขที่บัญชี',
    sort_code: 'รหัสธนาคาร',
    reference: 'เลขที่อ้างอิง',
    note: 'หมายเหตุ',
    signature: 'ลงชื่อ / วันที่',
    page: 'หน้า {page} จาก {pages}',
    phone: 'โทรศัพท์',
    email: 'อีเมล',
    website: 'เว็บไซต์',
  },
  titles: {
    proposal: 'ใบเสนอราคา',
    invoice: 'ใบแจ้งหนี้',
    deposit: 'ใบแจ้งหนี้เงินมัดจำ',
    part: 'ใบแจ้งหนี้งวดงาน',
    final: 'ใบแจ้งหนี้งวดสุดท้าย',
    'credit-note': 'ใบลดหนี้',
  },
  draft: (title) => `${title} (ฉบับร่าง)`,
  numbered: (title, number, version) =>
    `${title} เลขที่ ${number}${version === null ? '' : ` ฉบับที่ ${version}`}`,
  tax: () => 'ภาษีมูลค่าเพิ่ม',
  vatId: {},
  taxed: (tax, rate, base) => `${tax} ${rate} ของ ${base}`,
  untaxed: {
    Z: 'ภาษีอัตราศูนย์',
    E: 'ยกเว้นภาษีมูลค่าเพิ่ม',
    AE: 'ผู้รับบริการเป็นผู้มีหน้าที่เสียภาษี',
    K: 'การส่งมอบภายในสหภาพยุโรป ยกเว้นภาษีมูลค่าเพิ่ม',
    G: 'การส่งออก ยกเว้นภาษีมูลค่าเพิ่ม',
    O: 'ไม่อยู่ในข่ายภาษีมูลค่าเพิ่ม',
  },
  greeting: (name) => (name === null ? 'เรียน ท่านผู้เกี่ยวข้อง' : `เรียน ${name}`),
  span: (from, to) => `${from} ถึง ${to}`,
  validity: (day) => `ใบเสนอราคานี้มีผลถึงวันที่ ${day}`,
  invoices: (numbers) => `ใบแจ้งหนี้เลขที่ ${numbers.join(', ')}`,
  lateLine: (number, due, days) => `${number} ครบกำหนด ${due} เกินกำหนด ${days} วัน`,
  daysLate: (days) => `${days} วัน`,
  deducted: (title, number, day, net, tax) =>
    `หัก ${title} เลขที่ ${number} ลงวันที่ ${day} (ก่อนภาษี ${net} ภาษี ${tax})`,
  less: (share) => `ส่วนลด ${share}`,
  terms: {
    pay: (amount, day) => `โปรดชำระเงิน ${amount} ภายในวันที่ ${day}`,
    payNow: (amount) => `โปรดชำระเงิน ${amount}`,
    instalments: 'โปรดชำระเงินเป็นงวดดังนี้',
    instalment: (amount, day) => `${amount} ภายในวันที่ ${day}`,
    early: (day, share, amount) =>
      `หากชำระภายในวันที่ ${day} ท่านจะได้รับส่วนลด ${share} คงเหลือชำระ ${amount}`,
    paid: 'ชำระเงินครบถ้วนแล้ว ขอขอบพระคุณ',
    credit: 'ไม่ต้องชำระเงิน จำนวนเงินนี้จะนำไปหักจากยอดที่ท่านค้างชำระ',
  },
  interest: (amount, day, rate) =>
    `ดอกเบี้ยผิดนัด${rate === '' ? '' : ` อัตราร้อยละ ${rate.replace('%', '').trim()} ต่อปี`} ถึงวันที่ ${day}: ${amount}`,
  texts: {
    'proposal.intro': '{greeting}\n\nขอขอบพระคุณที่ท่านให้ความสนใจ บริษัทฯ มีความยินดีขอเสนอราคาดังต่อไปนี้',
    'proposal.closing':
      '{validity}\n\nหากท่านมีข้อสงสัยประการใด โปรดติดต่อเรา และหวังเป็นอย่างยิ่งว่าจะได้ให้บริการท่าน\n\nขอแสดงความนับถือ\n{company}',
    'proposal.acceptance': 'ข้าพเจ้าตกลงตามใบเสนอราคานี้และขอสั่งซื้อ',
    'proposal.mail':
      '{title}: {subject}\n\n{greeting}\n\nขอส่งใบเสนอราคาเลขที่ {number} จำนวนเงิน {total} ตามเอกสารแนบ\n\n{validity}\n\nหากท่านตกลงตามใบเสนอราคา โปรดตอบกลับอีเมลฉบับนี้\n\nขอแสดงความนับถือ\n{company}',
    'invoice.intro': '{greeting}\n\nขอแจ้งรายการค่าสินค้าและบริการดังต่อไปนี้',
    'invoice.closing': 'ขอขอบพระคุณที่ใช้บริการ',
    'invoice.mail':
      '{title} จาก {company}\n\n{greeting}\n\nขอส่ง{title} ตามเอกสารแนบ\n\n{terms}\n\n{account}\n\nขอแสดงความนับถือ\n{company}',
    'credit-note.intro': '{greeting}\n\nขอลดหนี้ตามรายการดังต่อไปนี้',
    'credit-note.closing': '',
    'credit-note.mail':
      '{title} จาก {company}\n\n{greeting}\n\nขอส่งใบลดหนี้เลขที่ {number} สำหรับใบแจ้งหนี้เลขที่ {corrects} ตามเอกสารแนบ\n\n{terms}\n\nขอแสดงความนับถือ\n{company}',
    'letter.intro': '{greeting}',
    'letter.closing': 'ขอแสดงความนับถือ\n{company}',
  },
  reminders: [
    `แจ้งเตือนการชำระเงิน: {numbers}

เรียน {client}

ตามที่เราได้ตรวจสอบ พบว่ายังมียอดค้างชำระดังต่อไปนี้

{invoices}

{interest}

จึงขอความกรุณาชำระเงิน {total} ภายในสองสามวันนี้

{pay}

หากท่านได้ชำระเงินแล้ว ต้องขออภัยและโปรดละเว้นจดหมายฉบับนี้

ขอแสดงความนับถือ
{company}`,
    `แจ้งเตือนครั้งที่สอง: {numbers} เกินกำหนดชำระ

เรียน {client}

ตามที่เราได้แจ้งเตือนไปแล้ว เรายังไม่ได้รับชำระเงินตามรายการดังต่อไปนี้

{invoices}

{interest}

โปรดชำระเงิน {total} ภายในเจ็ดวัน หรือแจ้งเหตุขัดข้องให้เราทราบ

{pay}

ขอแสดงความนับถือ
{company}`,
    `แจ้งเตือนครั้งสุดท้าย: {numbers}

เรียน {client}

แม้เราได้แจ้งเตือนไปแล้วหลายครั้ง รายการดังต่อไปนี้ยังคงค้างชำระ

{invoices}

{interest}

จดหมายฉบับนี้เป็นการแจ้งเตือนครั้งสุดท้าย หากไม่ได้รับชำระเงิน {total} ภายในเจ็ดวัน เราจำเป็นต้องดำเนินการตามขั้นตอนต่อไปเพื่อเรียกเก็บเงิน

{pay}

ขอแสดงความนับถือ
{company}`,
  ],
}
