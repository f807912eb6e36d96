import type { Synonyms } from './synonyms.ts'

// The exports of amoCRM, called Kommo in English.
export const amocrm: Synonyms = {
  clients: {
    ref: 'ID компании, ~ID',
    name: 'Название компании, Компания, Компания контакта, Company name, ~Наименование',
    owner: 'Ответственный, Ответственный за контакт, Ответственный за компанию, Responsible user',
    note: `Примечание, Примечание 1, Примечания, Примечание к контакту`,
    email: `Email, Рабочий email, Личный email, Другой email, Email (компания), Email (контакт),
      Email раб. (контакт), Email личн. (контакт), Email раб. (компания), Email раб., Email личн.`,
    phone: `Телефон, Рабочий телефон, Рабочий прямой телефон, Мобильный телефон, Домашний телефон,
      Другой телефон, Телефон (компания), Телефон (контакт), Рабочий телефон (контакт),
      Рабочий прямой телефон (контакт), Мобильный телефон (контакт), Домашний телефон (контакт),
      Рабочий телефон (компания)`,
    website: 'Web, Web (компания), Сайт',
    category: 'Теги, Теги контакта, Теги компании',
    contact: 'Основной контакт, Полное имя контакта, Имя контакта, ~Наименование',
    'first-name': '~Имя',
    'last-name': 'Фамилия',
    role: 'Должность, Должность (контакт)',
  },
  deals: {
    ref: 'ID сделки, ~ID, ~Lead ID',
    client:
      'Компания, Название компании, Company name, ~Компания контакта, ~Основной контакт, ~Main contact',
    title: 'Название сделки, Lead title, Lead name',
    process: 'Воронка, Pipeline',
    stage: 'Этап сделки, Статус сделки, Этап, Lead status, Lead stage',
    opened: 'Дата создания сделки, Дата создания, Created at, Creation date',
    closed: 'Дата закрытия, Closed at',
    amount: 'Бюджет, Бюджет сделки, Sale, Lead sale',
    owner: 'Ответственный, Responsible user, Lead responsible, ~Кем создана',
    source: 'Источник, Источник сделки, ~utm_source',
    reason: 'Причина отказа, Причины отказа, Loss reason, Rejection reason',
    note: 'Примечание, Примечания, Примечание 1',
  },
  tasks: {
    text: 'Текст задачи, Задача, Task text',
    due: 'Срок выполнения, Дата выполнения, Complete till, Due date',
    status: 'Статус задачи, Выполнена',
    owner: 'Ответственный, Исполнитель, Responsible user',
    client: 'Компания, Название компании, Company name',
    deal: 'Сделка, Название сделки, Lead title',
    'deal-ref': 'ID сделки, Lead ID',
    result: 'Результат, Результат задачи',
    added: 'Дата создания, Created at',
  },
}
