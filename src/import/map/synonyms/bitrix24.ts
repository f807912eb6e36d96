import type { Synonyms } from './synonyms.ts'

// Column labels of its exports and the names of its REST interface, where the amount of a deal is
// called OPPORTUNITY. `Тип` and `Вероятность` have no field.
export const bitrix24: Synonyms = {
  clients: {
    ref: 'COMPANY_ID, ID компании, ORIGIN_ID, ~ID',
    name: 'Название компании, COMPANY_TITLE, ~Название лида',
    owner: 'Ответственный, ASSIGNED_BY, ASSIGNED_BY_NAME, Responsible person',
    source: 'Источник, SOURCE, ~Источник (доп.), ~Дополнительно об источнике',
    size: 'Кол-во сотрудников, EMPLOYEES',
    note: 'Комментарий, COMMENTS',
    email: `Рабочий e-mail, Частный e-mail, Другой e-mail, E-mail для рассылок, Work e-mail,
      Home e-mail, Other e-mail`,
    phone: `Рабочий телефон, Мобильный телефон, Домашний телефон, Другой телефон,
      Телефон для рассылок, Work phone, Mobile`,
    website: 'Корпоративный сайт, Личная страница, Другой сайт, Corporate website, WEB',
    contact: 'Контакт, CONTACT_NAME, CONTACT_FULL_NAME',
    'first-name': '~Имя',
    'last-name': 'Фамилия, LAST_NAME',
    role: 'Должность, POST',
  },
  deals: {
    ref: '~ID',
    client: 'Компания, COMPANY_TITLE, Компания: Название компании, ~Контакт, ~Контакт: Имя',
    'client-ref': 'COMPANY_ID, Компания: ID',
    title: 'Название сделки, Название, TITLE',
    process: 'Воронка, Направление, CATEGORY_ID, CATEGORY_NAME',
    stage: 'Стадия сделки, Стадия, STAGE, STAGE_NAME, ~STAGE_ID',
    'is-closed': 'Сделка закрыта, ~CLOSED',
    opened: 'Дата начала, BEGINDATE, Дата создания, DATE_CREATE, Begin date',
    closed: 'Дата закрытия, CLOSEDATE, Дата завершения, CLOSE DATE',
    amount: 'Сумма, Сумма сделки, ~OPPORTUNITY',
    owner: 'Ответственный, ASSIGNED_BY, ASSIGNED_BY_NAME, Responsible person',
    source: 'Источник, SOURCE, ~SOURCE_ID',
    'expected-close': 'Предполагаемая дата закрытия, Предполагаемая дата завершения',
    note: 'Комментарий, COMMENTS',
    currency: 'Валюта, CURRENCY_ID, Currency',
  },
  history: {
    deal: 'OWNER_ID, Сделка',
    stage: 'STAGE_NAME, Стадия, ~STAGE_ID',
    at: 'CREATED_TIME, Дата',
  },
}
