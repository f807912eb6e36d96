import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/import/map/fields.ts'
import { headerKey, proposeColumns } from '../../src/import/map/propose.ts'

/** `Header → field` for each header; `–` is a property (or, but for clients, nothing). */
function read(kind: ImportKind, headers: string[]): string {
  return proposeColumns(kind, headers, { map: [], ignore: [] }, [])
    .map(({ header, target }) => `${header}→${target.to === 'field' ? target.field : '–'}`)
    .join('; ')
}

const LISTS: [string, ImportKind, string][] = [
  [
    'English, with salespeople and mailings',
    'clients',
    'Company→name; Contact Person→contact; Job Title→role; E-mail→email; Telefon→phone; Rep→owner; Mailing→consent; Segment→category; Territory→region; Industry→–; Type→–; Contract→–',
  ],
  ['a company before a name', 'clients', 'Name→contact; Company→name; Salutation→–'],
  ['an account before a name', 'clients', 'Account Name→name; Name→contact'],
  ['people alone', 'clients', 'First Name→first-name; Last Name→last-name; Email→email'],
  ['a name alone', 'clients', 'Name→name; Id→ref; Phone→phone; Phone 2→phone; Business Fax→–'],
  [
    'Russian',
    'clients',
    'Код→ref; Название компании→name; Контактное лицо→contact; Должность→role; Телефон→phone; Эл. почта→email; Сайт→website; Ответственный→owner; Источник→source; Регион→region; Рассылка→consent; Примечание→note; Факс→–; ИНН→tax-number',
  ],
  [
    'Russian people',
    'clients',
    'Фамилия→last-name; Имя→first-name; Отчество→–; Компания→name; Моб. телефон→phone',
  ],
  [
    'Thai',
    'clients',
    'รหัสลูกค้า→ref; ชื่อบริษัท→name; ชื่อผู้ติดต่อ→contact; ตำแหน่ง→role; เบอร์โทร→phone; อีเมล→email; จังหวัด→region; พนักงานขาย→owner; หมายเหตุ→note; ที่อยู่→–',
  ],
  ['Thai people', 'clients', 'ชื่อ→first-name; นามสกุล→last-name; บริษัท→name; มือถือ→phone'],
  [
    'German',
    'clients',
    'Kundennummer→ref; Firma→name; Ansprechpartner→contact; Telefon→phone; Handy→phone; E-Mail-Adresse→email; Bundesland→region; Größe→size; Betreuer→owner; Bemerkung→note; PLZ→postcode; Ort→town; Telefax→–; Anrede→–',
  ],
  ['German people', 'clients', 'Anrede→–; Vorname→first-name; Name→last-name; Firma→name'],
  [
    'French',
    'clients',
    "Raison sociale→name; Prénom→first-name; Nom→last-name; Fonction→role; Téléphone→phone; Portable→phone; Courriel→email; Région→region; Commercial→owner; Origine→source; Catégorie→category; Ville→town; Secteur d'activité→–",
  ],
  [
    'Spanish',
    'clients',
    'Empresa→name; Nombre→first-name; Apellidos→last-name; Cargo→role; Teléfono→phone; Móvil→phone; Correo electrónico→email; Provincia→region; Vendedor→owner; Ciudad→town',
  ],
  [
    'Chinese',
    'clients',
    '客户编号→ref; 公司名称→name; 联系人→contact; 职位→role; 电话→phone; 手机→phone; 邮箱→email; 地区→region; 负责人→owner; 来源→source; 备注→note; 地址→–; 传真→–',
  ],
  [
    'Outlook',
    'clients',
    "Title→–; First Name→first-name; Middle Name→–; Last Name→last-name; Suffix→–; Company→name; Department→–; Job Title→role; Business Street→street; Business State→region; Home State→–; Assistant's Phone→–; Business Fax→–; Business Phone→phone; Business Phone 2→phone; Mobile Phone→phone; Other Phone→phone; Birthday→birthday; Categories→category; E-mail Address→email; E-mail Display Name→–; E-mail 2 Address→email; Notes→note; Web Page→website",
  ],
  [
    'Google Contacts',
    'clients',
    'First Name→first-name; Middle Name→–; Last Name→last-name; Organization Name→name; Organization Title→role; Organization Department→–; Birthday→birthday; Notes→note; Labels→category; E-mail 1 - Label→–; E-mail 1 - Value→email; E-mail 2 - Value→email; Phone 1 - Label→–; Phone 1 - Value→phone; Phone 2 - Value→phone; Website 1 - Value→website',
  ],
  [
    'Google Contacts before 2024',
    'clients',
    'Name→contact; Given Name→first-name; Family Name→last-name; Group Membership→category; Organization 1 - Name→name; Organization 1 - Title→role',
  ],
  [
    'Salesforce accounts',
    'clients',
    'Id→ref; IsDeleted→–; Name→name; Type→–; ParentId→–; BillingCity→town; BillingState→region; BillingLatitude→–; Industry→–; AnnualRevenue→–; NumberOfEmployees→size; Ownership→–; Rating→rating; LastActivityDate→–; Active__c→–',
  ],
  [
    'Salesforce contacts, which belong to an account',
    'clients',
    'Id→–; AccountId→ref; LastName→last-name; FirstName→first-name; Phone→phone; MobilePhone→phone; AssistantPhone→–; Email→email; Title→role; Department→–; LeadSource→source; EmailBouncedReason→–; EmailBouncedDate→–; IsEmailBounced→–; Name→contact',
  ],
  [
    'Salesforce leads',
    'clients',
    'Id→ref; LastName→last-name; FirstName→first-name; Salutation→–; Name→contact; Title→role; Company→name; Phone→phone; MobilePhone→phone; Email→email; Website→website; LeadSource→source; Status→–; OwnerId→–; ConvertedDate→–; ConvertedAccountId→–; NumberofLocations__c→–',
  ],
  [
    'Salesforce reports of accounts',
    'clients',
    'Account Owner→owner; Account Name→name; Billing State/Province→region; Account Source→source; Fax→–; Last Modified Date→–',
  ],
  [
    'HubSpot contacts',
    'clients',
    'Record ID→–; First Name→first-name; Last Name→last-name; Email→email; Phone Number→phone; Contact owner→owner; Primary Associated Company ID→ref; Lead Status→–; Associated Company→name; Original Source→source; State/Region→region; Country/Region→country; Create Date→–',
  ],
  [
    'Pipedrive people',
    'clients',
    'Person - ID→ref; Person - Name→contact; Person - Organization→name; Person - Email - Work→email; Person - Phone - Mobile→phone; Person - Owner→owner; Person - Label→category',
  ],
  [
    'amoCRM contacts',
    'clients',
    'ID→ref; Наименование→contact; Компания→name; Ответственный→owner; Рабочий email→email; Рабочий телефон (контакт)→phone; Мобильный телефон→phone; Теги→category; Дата создания→–',
  ],
  [
    'Bitrix24 companies',
    'clients',
    'ID→ref; Название компании→name; Тип компании→–; Сфера деятельности→–; Ответственный→owner; Рабочий телефон→phone; Рабочий e-mail→email; Корпоративный сайт→website; Кол-во сотрудников→size; Комментарий→note',
  ],
  [
    '1C counterparties',
    'clients',
    'Код→ref; Рабочее наименование→name; Полное наименование→–; Основной менеджер→owner; Бизнес-регион→region; Адрес электронной почты→email; Служебный телефон→phone; КПП→–',
  ],
  [
    'an export of another CRM',
    'clients',
    'id→–; first_name→first-name; last_name→last-name; title→role; background→note; first_seen→–; has_newsletter→consent; tags→category; company_id→ref; sales_id→–; linkedin_url→–; company_name→name; company→–; sales→owner; email_work→email; email_other→email; phone_home→phone',
  ],
  [
    'English deals',
    'deals',
    'Deal ID→ref; Client→client; Name→title; Stage→stage; Status→outcome; Value→amount; Created→opened; Close date→closed; Rep→owner; Loss reason→reason; Probability→–; Type→–; Next step→–',
  ],
  [
    'deals with a stage called status',
    'deals',
    'Company→client; Status→stage; Amount (EUR)→amount',
  ],
  [
    'a sales data set',
    'deals',
    'opportunity_id→ref; sales_agent→owner; product→need; account→client; deal_stage→stage; engage_date→opened; close_date→closed; close_value→amount',
  ],
  [
    'Salesforce opportunities',
    'deals',
    'Id→ref; AccountId→client-ref; Name→title; Description→note; StageName→stage; Amount→amount; Probability→–; ExpectedRevenue→–; CloseDate→closed; NextStep→–; LeadSource→source; IsClosed→is-closed; IsWon→is-won; CreatedDate→opened; LastModifiedDate→–; LastActivityDate→–; Opp Close Date_Simulated→–',
  ],
  [
    'HubSpot deals',
    'deals',
    'Record ID→ref; Deal Name→title; Deal Stage→stage; Close Date→closed; Deal owner→owner; Amount→amount; Pipeline→process; Create Date→opened; Associated Company→client; Associated Company IDs→client-ref; Associated Contact→contact; Closed Lost Reason→reason; Is Closed Won→is-won; Deal Type→–; Last Modified Date→–',
  ],
  [
    'Pipedrive deals',
    'deals',
    'Deal - ID→ref; Deal - Title→title; Deal - Organization→client; Deal - Contact person→contact; Deal - Value→amount; Deal - Currency of Value→currency; Deal - Owner→owner; Deal - Pipeline→process; Deal - Stage→stage; Deal - Status→outcome; Deal - Deal created→opened; Deal - Expected close date→expected-close; Deal - Won time→won-on; Deal - Deal closed on→closed; Deal - Lost reason→reason',
  ],
  [
    'Pipedrive deals in German',
    'deals',
    'Deal - ID→ref; Deal - Titel→title; Deal - Wert→amount; Deal - Währung→currency; Deal - Organisation→client; Deal - Pipeline→process; Deal - Phase→stage; Deal - Status→outcome; Deal - Besitzer→owner; Deal - Deal erstellt→opened; Deal - Gewonnen-Zeit→won-on; Deal - Verloren am→lost-on; Deal - Grund für Verlust→reason; Deal - Erwartetes Abschlussdatum→expected-close; Deal - Wahrscheinlichkeit→–; Organisation - ID→client-ref; Organisation - Besitzer→–',
  ],
  [
    'Pipedrive deals in Russian',
    'deals',
    'Сделка - Название→title; Сделка - Сумма→amount; Сделка - Валюта→currency; Организация - Название→client; Сделка - Этап→stage; Сделка - Статус→outcome; Сделка - Владелец→owner; Сделка - Сделка создана→opened; Сделка - Время выигрыша→won-on; Сделка - Дата проигрыша→lost-on; Сделка - Причина проигрыша→reason',
  ],
  [
    'Pipedrive deals in French',
    'deals',
    'Affaire - Titre→title; Affaire - Valeur→amount; Affaire - Devise→currency; Affaire - Organisation→client; Affaire - Étape→stage; Affaire - Statut→outcome; Affaire - Propriétaire→owner; Affaire - Affaire créée→opened; Affaire - Gagnée le→won-on; Affaire - Perdue le→lost-on; Affaire - Raison de la perte→reason',
  ],
  [
    'Pipedrive deals in Spanish',
    'deals',
    'Trato - Título→title; Trato - Valor→amount; Trato - Moneda→currency; Trato - Organización→client; Trato - Etapa→stage; Trato - Estado→outcome; Trato - Propietario→owner; Trato - Trato creado→opened; Trato - Ganado el→won-on; Trato - Perdido el→lost-on; Trato - Motivo de pérdida→reason',
  ],
  [
    'Pipedrive organisations in German',
    'clients',
    'Organisation - ID→ref; Organisation - Name→name; Organisation - Besitzer→owner; Organisation - Adresse→–',
  ],
  [
    'HubSpot deals in German',
    'deals',
    'Datensatz-ID→ref; Deal-Name→title; Deal-Phase→stage; Pipeline→process; Betrag→amount; Abschlussdatum→closed; Erstellungsdatum→opened; Zuständiger Mitarbeiter→owner; Zugeordnetes Unternehmen→client; Zugeordneter Kontakt→contact',
  ],
  [
    'Salesforce opportunities in German',
    'deals',
    'Opportunityname→title; Accountname→client; Phase→stage; Betrag→amount; Schlusstermin→closed; Opportunityinhaber→owner; Erstelldatum→opened; Wahrscheinlichkeit (%)→–',
  ],
  [
    'Close opportunities as its list has them',
    'deals',
    'Opportunity ID→ref; Lead Name→client; User→owner; Status→stage; Status Type→outcome; Value→amount; Value Currency→currency; Date Created→opened; Date Won→won-on; Date Lost→lost-on',
  ],
  ['an owner before a user', 'deals', 'User→–; Deal owner→owner; Client→client; Title→title'],
  [
    'a Russian history of steps',
    'history',
    'ID сделки→deal; Из этапа→from-stage; В этап→stage; Дата→at',
  ],
  [
    'amoCRM deals',
    'deals',
    'ID→ref; Название сделки→title; Компания→client; Основной контакт→contact; Ответственный→owner; Этап сделки→stage; Бюджет, ₽→amount; Дата создания сделки→opened; Дата редактирования→–; Воронка→process; Дата закрытия→closed; Причина отказа→reason',
  ],
  [
    'Bitrix24 deals, by name of the interface',
    'deals',
    'ID→ref; TITLE→title; STAGE_ID→stage; OPPORTUNITY→amount; CURRENCY_ID→currency; COMPANY_ID→client-ref; COMPANY_TITLE→client; BEGINDATE→opened; CLOSEDATE→closed; CLOSED→is-closed; ASSIGNED_BY_NAME→owner',
  ],
  [
    'Bitrix24 deals',
    'deals',
    'Стадия сделки→stage; Название→title; Компания→client; Сумма→amount; Валюта→currency; Предполагаемая дата закрытия→expected-close; Дата закрытия→closed; Источник→source; Вероятность→–',
  ],
  [
    '1C deals',
    'deals',
    'Номер→ref; Дата→opened; Клиент→client; Вид сделки→process; Этап→stage; Статус→outcome; Потенциальная сумма продажи→amount; Вероятность→–; Причина проигрыша→reason',
  ],
  [
    'German deals',
    'deals',
    'Titel→title; Kunde→client; Phase→stage; Status→outcome; Betrag in EUR→amount; Kosten→cost; Erstellt am→opened; Abschlussdatum→closed; Verlustgrund→reason; Währung→currency',
  ],
  [
    'French deals',
    'deals',
    "Nom de l'affaire→title; Société→client; Étape→stage; Montant HT→amount; Créé le→opened; Clôture prévue→expected-close; Motif de perte→reason",
  ],
  [
    'Spanish deals',
    'deals',
    'Nombre del negocio→title; Cliente→client; Etapa→stage; Importe→amount; Fecha de creación→opened; Fecha de cierre→closed; Motivo de pérdida→reason; Probabilidad→–',
  ],
  [
    'Chinese deals',
    'deals',
    '商机名称→title; 客户名称→client; 销售阶段→stage; 预计成交日期→expected-close; 金额→amount; 负责人→owner; 输单原因→reason; 创建时间→opened',
  ],
  [
    'Thai deals',
    'deals',
    'ชื่อโครงการ→title; ชื่อลูกค้า→client; ขั้นตอน→stage; มูลค่า (บาท)→amount; พนักงานขาย→owner; วันที่คาดว่าจะปิด→expected-close',
  ],
  [
    'Salesforce history',
    'history',
    'Id→–; OpportunityId→deal; CreatedById→–; CreatedDate→at; StageName→stage; Amount→amount; ExpectedRevenue→–; CloseDate→–; Probability→–; ForecastCategory→–; SystemModstamp→–; IsDeleted→–; OpportunityHistoryKey→–',
  ],
  [
    'a history of moves',
    'history',
    'Deal→deal; From Stage→from-stage; To Stage→stage; Changed on→at; Changed by→owner',
  ],
  [
    'Russian history',
    'history',
    'ID сделки→deal; Новый этап→stage; Дата изменения→at; Сумма→amount',
  ],
  [
    'a log of calls',
    'interactions',
    'Company→client; Contact→contact; Activity type→kind; Call direction→direction; Call outcome→result; Activity date→at; Assigned to→owner; Call notes→text; Subject→text; Duration→minutes',
  ],
  [
    'German visits',
    'interactions',
    'Kunde→client; Art→kind; Datum→at; Ergebnis→result; Notiz→text',
  ],
  [
    'Chinese follow-ups',
    'interactions',
    '客户名称→client; 跟进方式→kind; 跟进时间→at; 跟进内容→text',
  ],
  [
    'tasks of a team',
    'tasks',
    'Task→text; Due Date→due; Status→status; Assigned To→owner; Company→client; Deal→deal; Stage→stage; Completed On→closed; Result→result; Repeat→repeat; Created→added; Priority→–',
  ],
  [
    'Outlook tasks',
    'tasks',
    'Subject→text; Start Date→–; Due Date→due; Date Completed→closed; % Complete→–; Status→status; Priority→–; Owner→owner',
  ],
  [
    'Salesforce tasks',
    'tasks',
    'Subject→text; Due Date Only→due; Status→status; Priority→–; Assigned→owner; Company / Account→client; Related To→deal; Contact→–',
  ],
  [
    'HubSpot tasks',
    'tasks',
    'Task Title→text; Task Status→status; Due Date→due; Assigned to→owner; Associated Company→client; Associated Deal→deal; Completed at→closed; Create date→added',
  ],
  [
    'Pipedrive activities',
    'tasks',
    'Subject→text; Due date→due; Done→status; Assigned to user→owner; Organization→client; Deal→deal; Contact person→–; Marked as done time→closed',
  ],
  [
    'German tasks',
    'tasks',
    'Aufgabe→text; Fällig am→due; Status→status; Zuständig→owner; Kunde→client; Kundennummer→client-ref; Geschäft→deal; Phase→stage; Erledigt am→closed; Ergebnis→result; Wiederholung→repeat; Angelegt am→added; Priorität→–',
  ],
  [
    'Russian tasks',
    'tasks',
    'Задача→text; Срок→due; Статус→status; Ответственный→owner; Клиент→client; Сделка→deal; Этап→stage; Дата завершения→closed; Результат→result; Дата создания→added; Приоритет→–',
  ],
  [
    'Bitrix24 tasks',
    'tasks',
    'Название→text; Крайний срок→due; Статус→status; Ответственный→owner; CRM→–; Дата закрытия→closed; Постановщик→–',
  ],
  [
    'French tasks',
    'tasks',
    'Tâche→text; Échéance→due; Statut→status; Responsable→owner; Client→client; Affaire→deal; Étape→stage; Terminé le→closed; Résultat→result; Créé le→added',
  ],
  [
    'Spanish tasks',
    'tasks',
    'Tarea→text; Fecha límite→due; Estado→status; Responsable→owner; Cliente→client; Negocio→deal; Etapa→stage; Fecha de finalización→closed; Resultado→result; Fecha de creación→added',
  ],
  [
    'Chinese tasks',
    'tasks',
    '任务→text; 截止日期→due; 状态→status; 负责人→owner; 客户→client; 商机→deal; 阶段→stage; 完成时间→closed; 结果→result; 创建时间→added',
  ],
  [
    'Thai tasks',
    'tasks',
    'งาน→text; กำหนดส่ง→due; สถานะ→status; ผู้รับผิดชอบ→owner; ลูกค้า→client; ดีล→deal; ขั้นตอน→stage; วันที่เสร็จ→closed; ผลลัพธ์→result; วันที่สร้าง→added',
  ],
]

describe('the columns of a list, by their headers', () => {
  it.each(LISTS)('%s (%s)', (_name, kind, line) => {
    const headers = line.split('; ').map((pair) => pair.slice(0, pair.lastIndexOf('→')))
    expect(read(kind, headers)).toBe(line)
  })
})

describe('spellings of one header', () => {
  it.each([
    ['BillingState', 'billing state'],
    ['billing_state', 'billing state'],
    ['  Billing-State* ', 'billing state'],
    ['Budget__c', 'budget'],
    ['E-Mail', 'email'],
    ['eMail2', 'email 2'],
    ['Phone (2)', 'phone 2'],
    ['Prénom', 'prenom'],
    ['Счёт', 'счет'],
    ['Последний', 'последний'],
    ['เบอร์โทร', 'เบอร์โทร'],
    ['***', ''],
  ])('%s is %s', (header, key) => expect(headerKey(header)).toBe(key))
})
