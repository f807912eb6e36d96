import type { Words } from './words.ts'

const PLURALS = new Intl.PluralRules('ru')

/** `1 день`, `2 дня`, `5 дней`. */
function days(count: number): string {
  const rule = PLURALS.select(count)
  const word = rule === 'one' ? 'день' : rule === 'few' ? 'дня' : 'дней'
  return `${count} ${word}`
}

export const russian: Words = {
  usualTag: 'ru-RU',
  day: { day: '2-digit', month: '2-digit', year: 'numeric' },
  labels: {
    number: 'Номер',
    version: 'Версия',
    date: 'Дата',
    valid_until: 'Действительно до',
    due: 'Оплатить до',
    order_ref: 'Ваш заказ',
    buyer_ref: 'Ваш референс',
    service: 'Период оказания услуг',
    corrects: 'К счёту',
    contact: 'Контактное лицо',
    client_vat_id: 'Ваш номер НДС',
    vat_id: 'Номер НДС',
    tax_number: 'ИНН',
    position: '№',
    description: 'Наименование',
    quantity: 'Количество',
    unit: 'Ед.',
    price: 'Цена',
    discount: 'Скидка',
    net: 'Сумма без НДС',
    gross: 'Итого',
    total: 'Итого',
    paid: 'Уже оплачено',
    open: 'К оплате',
    rest: 'Остаток',
    rest_net: 'Остаток без НДС',
    interest: 'Проценты за просрочку',
    options: 'Дополнительно по выбору',
    option: 'По выбору',
    alternative_to: 'вместо позиции',
    invoice: 'Счёт',
    issued: 'От',
    days_late: 'Просрочка',
    payment: 'Оплата',
    scan: 'Оплата по QR-коду',
    account_holder: 'Получатель',
    iban: 'IBAN',
    bic: 'BIC',
    account: 'Расчётный счёт',
    sort_code: 'БИК',
    reference: 'Назначение платежа',
    note: 'Примечание',
    signature: 'Место, дата, подпись',
    page: 'Страница {page} из {pages}',
    phone: 'Телефон',
    email: 'Эл. почта',
    website: 'Сайт',
  },
  titles: {
    proposal: 'Коммерческое предложение',
    invoice: 'Счёт',
    deposit: 'Счёт на предоплату',
    part: 'Промежуточный счёт',
    final: 'Окончательный счёт',
    'credit-note': 'Корректировочный счёт',
  },
  draft: (title) => `${title} (черновик)`,
  numbered: (title, number, version) =>
    `${title} № ${number}${version === null ? '' : `, версия ${version}`}`,
  tax: () => 'НДС',
  vatId: {},
  taxed: (tax, rate, base) => `${tax} ${rate} от ${base}`,
  untaxed: {
    Z: 'НДС 0 %',
    E: 'Без НДС',
    AE: 'НДС уплачивает покупатель',
    K: 'Поставка внутри ЕС, без НДС',
    G: 'Экспорт, без НДС',
    O: 'НДС не облагается',
  },
  greeting: (name) => (name === null ? 'Здравствуйте!' : `Здравствуйте, ${name}!`),
  span: (from, to) => `${from} – ${to}`,
  validity: (day) => `Предложение действительно до ${day}.`,
  invoices: (numbers) => `${numbers.length === 1 ? 'счёт' : 'счета'} № ${numbers.join(', ')}`,
  daysLate: days,
  lateLine: (number, due, late) => `№ ${number}, срок оплаты ${due}, просрочка ${days(late)}`,
  deducted: (title, number, day, net, tax) =>
    `за вычетом: ${title.charAt(0).toLowerCase()}${title.slice(1)} № ${number} от ${day} (без НДС ${net}, НДС ${tax})`,
  less: (share) => `скидка ${share}`,
  terms: {
    pay: (amount, day) => `Просим оплатить ${amount} до ${day}.`,
    payNow: (amount) => `Просим оплатить ${amount}.`,
    instalments: 'Просим оплатить частями:',
    instalment: (amount, day) => `${amount} до ${day}`,
    early: (day, share, amount) =>
      `При оплате до ${day} предоставляется скидка ${share}: к оплате ${amount}.`,
    paid: 'Счёт полностью оплачен. Благодарим вас.',
    credit: 'Оплата не требуется: сумма будет зачтена в счёт вашей задолженности.',
  },
  interest: (amount, day, rate) =>
    `Проценты за просрочку${rate === '' ? '' : ` (${rate} годовых)`} по ${day}: ${amount}.`,
  texts: {
    'proposal.intro': '{greeting}\n\nБлагодарим вас за обращение. Предлагаем вам следующее:',
    'proposal.closing':
      '{validity}\n\nБудем рады ответить на ваши вопросы и надеемся на сотрудничество.\n\nС уважением,\n{company}',
    'proposal.acceptance': 'Предложение принимаем, просим выполнить заказ.',
    'proposal.mail':
      '{title}: {subject}\n\n{greeting}\n\nНаправляем вам коммерческое предложение № {number} на сумму {total}.\n\n{validity}\n\nЧтобы принять его, просто ответьте на это письмо.\n\nС уважением,\n{company}',
    'invoice.intro': '{greeting}\n\nВыставляем вам счёт за следующие товары и услуги:',
    'invoice.closing': 'Благодарим вас за сотрудничество.',
    'invoice.mail':
      '{title} от {company}\n\n{greeting}\n\nНаправляем вам документ: {title}.\n\n{terms}\n\n{account}\n\nС уважением,\n{company}',
    'credit-note.intro': '{greeting}\n\nКорректируем выставленный вам счёт на следующие суммы:',
    'credit-note.closing': '',
    'credit-note.mail':
      '{title} от {company}\n\n{greeting}\n\nНаправляем вам корректировочный счёт № {number} к счёту № {corrects}.\n\n{terms}\n\nС уважением,\n{company}',
    'letter.intro': '{greeting}',
    'letter.closing': 'С уважением,\n{company}',
  },
  reminders: [
    `Напоминание об оплате: {numbers}

Здравствуйте!

Возможно, вы не обратили внимания, что следующие суммы ещё не оплачены:

{invoices}

{interest}

Будем благодарны, если вы перечислите {total} в ближайшие дни.

{pay}

Если вы уже произвели оплату, оставьте это письмо без внимания.

С уважением,
{company}`,
    `Повторное напоминание: {numbers}

Здравствуйте!

Несмотря на наше напоминание, следующие суммы до сих пор не оплачены:

{invoices}

{interest}

Просим перечислить {total} в течение семи дней или сообщить нам, что препятствует оплате.

{pay}

С уважением,
{company}`,
    `Последнее уведомление: {numbers}

Здравствуйте!

Несмотря на наши напоминания, следующие суммы остаются неоплаченными:

{invoices}

{interest}

Это последнее уведомление. Если {total} не поступит на наш счёт в течение семи дней, мы будем вынуждены принять дальнейшие меры для взыскания задолженности.

{pay}

С уважением,
{company}`,
  ],
}
