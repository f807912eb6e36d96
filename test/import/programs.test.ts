import { describe, expect, it } from 'vitest'
import { type Imported, importsInside } from '../support/imports.ts'

/** An export of another program, and what a person counts in it. */
interface Export {
  lines: string[]
  currency?: string
  /** Deals and their amounts. */
  won: [deals: number, amount: number]
  lost: [deals: number, amount: number]
  open: [deals: number, amount: number]
  /** What one of its deals is: title, client, owner, opening and closing day or expected close. */
  one: Record<string, unknown>
}

const EXPORTS: Record<string, Export> = {
  Salesforce: {
    lines: [
      'Id,AccountId,Account.Name,Name,StageName,Amount,Probability,ExpectedRevenue,CloseDate,LeadSource,IsClosed,IsWon,CreatedDate,LastModifiedDate,Owner.Name',
      '006A1,001X,Harbour Lights,Quay lamps,Closed Won,42000,100,42000,02/27/26,Web,TRUE,TRUE,01/14/26 09:12 AM,02/27/26 03:10 PM,Ann Berg',
      '006A2,001Y,Mill Lane Co,Mill pumps,Closed Lost,17500,0,0,03/30/26,Phone,TRUE,FALSE,02/02/26 11:40 AM,03/30/26 08:55 PM,Bo Lind',
      '006A3,001X,Harbour Lights,Quay lamps II,Negotiation/Review,8000,90,7200,12/18/26,,FALSE,FALSE,10/20/26 08:00 AM,10/20/26 08:00 AM,Ann Berg',
      '006A4,001Z,Old Brewery,Chiller,Prospecting,12500,10,1250,01/15/27,Web,FALSE,FALSE,11/03/26 10:05 AM,11/03/26 10:05 AM,Bo Lind',
    ],
    won: [1, 42_000],
    lost: [1, 17_500],
    open: [2, 20_500],
    one: {
      title: 'Quay lamps',
      client: 'Harbour Lights',
      owner: 'Ann Berg',
      opened_on: '2026-01-14',
      closed_on: '2026-02-27',
    },
  },
  Zoho: {
    lines: [
      'Record Id,Deal Owner.id,Deal Owner Name,Offer Total Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Type,Probability (%),Next Step,Expected Revenue,Lead Source,Contact Name,Created Time,Modified Time,Reason For Loss__s,Currency',
      'zcrm_4150868000000424001,zcrm_1,Mia Chen,9800.50,Server room,2026-05-20,zcrm_7,Delta Labs,Closed Won,New Business,100,,9800.50,Trade Show,Ida Moe,2026-03-02 10:21:33,2026-05-20 09:00:00,,EUR',
      'zcrm_4150868000000424002,zcrm_1,Mia Chen,5200,Cabling,2026-06-11,zcrm_7,Delta Labs,Closed Lost to Competition,New Business,0,,0,Web,Ida Moe,2026-04-08 14:00:00,2026-06-11 08:00:00,Price,EUR',
      'zcrm_4150868000000424003,zcrm_2,Tom Roy,700,Spare parts,2026-08-01,zcrm_8,Orchard Foods,Closed Lost,,0,,0,,,2026-07-01 08:30:00,2026-08-01 16:00:00,No budget,EUR',
      'zcrm_4150868000000424004,zcrm_2,Tom Roy,31000,Cold store,2027-01-31,zcrm_8,Orchard Foods,Needs Analysis,,20,Visit,6200,Web,Al Fox,2026-10-12 12:00:00,2026-11-01 12:00:00,,EUR',
    ],
    won: [1, 9800.5],
    lost: [2, 5900],
    open: [1, 31_000],
    one: {
      title: 'Cold store',
      client: 'Orchard Foods',
      owner: 'Tom Roy',
      source: 'web',
      stage: 'Needs Analysis',
      opened_on: '2026-10-12',
      expected_close: '2027-01-31',
    },
  },
  ERPNext: {
    lines: [
      'ID,Series,Company,Opportunity From,Party,Customer Name,Opportunity Type,Status,Sales Stage,Opportunity Owner,Transaction Date,Expected Closing,Opportunity Amount,Currency,Conversion Rate,Source,Lost Reasons,Probability (%)',
      'CRM-OPP-2026-00001,CRM-OPP-.YYYY.-,Our Works Ltd,Customer,CUST-7,Lakeside Hotel,Sales,Converted,Negotiation/Review,ann@works.example,2026-02-03,2026-03-31,15000,EUR,1,Campaign,,100',
      'CRM-OPP-2026-00002,CRM-OPP-.YYYY.-,Our Works Ltd,Lead,LEAD-3,Priory School,Sales,Lost,Proposal/Price Quote,ann@works.example,2026-02-19,2026-04-30,6400,EUR,1,Website,Price,40',
      'CRM-OPP-2026-00003,CRM-OPP-.YYYY.-,Our Works Ltd,Lead,LEAD-4,Fen Farm,Sales,Quotation,Proposal/Price Quote,bo@works.example,2026-09-01,2026-12-15,2750,EUR,1,Website,,60',
      'CRM-OPP-2026-00004,CRM-OPP-.YYYY.-,Our Works Ltd,Customer,CUST-9,Ridge Mining,Sales,Open,Prospecting,bo@works.example,2026-11-02,2027-02-28,48000,EUR,1,,,10',
      'CRM-OPP-2026-00005,CRM-OPP-.YYYY.-,Our Works Ltd,Customer,CUST-9,Ridge Mining,Support,Replied,Prospecting,bo@works.example,2026-11-09,,500,EUR,1,,,10',
    ],
    won: [1, 15_000],
    lost: [1, 6400],
    open: [3, 51_250],
    one: {
      title: 'CRM-OPP-2026-00003',
      client: 'Fen Farm',
      owner: 'bo@works.example',
      opened_on: '2026-09-01',
      expected_close: '2026-12-15',
      amount: 2750,
    },
  },
  Odoo: {
    lines: [
      'Opportunity,Customer,Salesperson,Sales Team,Expected Revenue,Prorated Revenue,Probability,Stage,Active,Lost Reason,Created on,Expected Closing,Closed Date',
      'Office design,Azure Interior,Marc Demo,Europe,24000.00,24000.00,100,Won,True,,2026-01-20 08:12:00,2026-03-01,2026-02-25 10:00:00',
      'Desks,Deco Addict,Marc Demo,Europe,3100.00,0.00,0,Qualified,False,Too expensive,2026-02-11 09:00:00,2026-04-01,2026-03-15 11:30:00',
      'Chairs,Deco Addict,Mitchell Admin,Europe,900.00,0.00,0,New,False,We do not have people,2026-05-05 09:00:00,,2026-05-30 11:30:00',
      'Lobby,Gemini Furniture,Mitchell Admin,Europe,17500.00,5250.00,30,Proposition,True,,2026-10-01 13:45:00,2027-01-10,',
    ],
    won: [1, 24_000],
    lost: [2, 4000],
    open: [1, 17_500],
    one: {
      title: 'Desks',
      client: 'Deco Addict',
      owner: 'Marc Demo',
      stage: 'Qualified',
      reason: 'too expensive',
      opened_on: '2026-02-11',
      closed_on: '2026-03-15',
    },
  },
  Pipedrive: {
    lines: [
      'Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,Deal - Currency of Value,Deal - Owner,Deal - Pipeline,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Expected close date,Deal - Won time,Deal - Lost time,Deal - Lost reason',
      '11,North wing,Elm Clinic,Jo Ray,5400,EUR,Sam Ode,Pipeline,Negotiations Started,Won,2026-03-03 12:00:00,2026-04-30,2026-04-21 09:30:00,,',
      '12,South wing,Elm Clinic,Jo Ray,7600,EUR,Sam Ode,Pipeline,Contact Made,Lost,2026-03-10 12:00:00,2026-05-31,,2026-05-02 17:00:00,Went elsewhere',
      '13,East wing,Elm Clinic,,1250,EUR,Sam Ode,Pipeline,Qualified,Open,2026-11-05 12:00:00,2026-12-24,,,',
    ],
    won: [1, 5400],
    lost: [1, 7600],
    open: [1, 1250],
    one: {
      title: 'South wing',
      client: 'Elm Clinic',
      stage: 'Contact Made',
      reason: 'Went elsewhere',
      closed_on: '2026-05-02',
    },
  },
  HubSpot: {
    lines: [
      'Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Associated Company,Is Closed Won,Is Deal Closed?,Closed Lost Reason,Weighted amount',
      '9001,Rollout A,Closed Won,2026-06-30 17:00,Lea Poe,13000,Sales Pipeline,2026-05-02 10:00,Kite GmbH,true,true,,13000',
      '9002,Rollout B,Closed Lost,2026-07-15 09:00,Lea Poe,9100,Sales Pipeline,2026-05-09 10:00,Kite GmbH,false,true,Timing,0',
      '9003,Pilot,Appointment Scheduled,2027-01-31 17:00,Max Ito,4000,Sales Pipeline,2026-11-10 10:00,Tern AG,false,false,,800',
      '9004,Pilot 2,Contract Sent,2026-12-10 17:00,Max Ito,6000,Sales Pipeline,2026-10-10 10:00,Tern AG,false,false,,5400',
    ],
    won: [1, 13_000],
    lost: [1, 9100],
    open: [2, 10_000],
    one: { title: 'Rollout B', client: 'Kite GmbH', reason: 'Timing', closed_on: '2026-07-15' },
  },
  'Microsoft Dynamics': {
    lines: [
      '(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Potential Customer,Contact,Est. Close Date,Est. Revenue,Actual Revenue,Actual Close Date,Status,Status Reason,Pipeline Phase,Owner,Originating Lead,Created On',
      '0f1a-01,abc=,2026-05-01,Pumps 2026,Fabrikam,Kim Ek,2026-04-30,20000,18500,2026-04-28,Won,Won,Close,Ola Nor,Fair lead,2026-02-10',
      '0f1a-02,abd=,2026-06-01,Valves,Fabrikam,,2026-05-31,4000,0,2026-05-29,Lost,Out-Sold,Propose,Ola Nor,,2026-03-11',
      '0f1a-03,abe=,2026-06-02,Motors,Contoso,,2026-07-31,7500,0,2026-06-02,Lost,Canceled,Develop,Eva Lid,,2026-04-01',
      '0f1a-04,abf=,2026-11-20,Service 2027,Contoso,,2027-01-15,12000,,,Open,In Progress,Develop,Eva Lid,,2026-11-16',
    ],
    won: [1, 18_500],
    lost: [2, 11_500],
    open: [1, 12_000],
    one: {
      title: 'Valves',
      ref: '0f1a-02',
      client: 'Fabrikam',
      owner: 'Ola Nor',
      amount: 4000,
      reason: 'Out-Sold',
      opened_on: '2026-03-11',
      closed_on: '2026-05-29',
      expected_close: '2026-05-31',
    },
  },
  Freshsales: {
    lines: [
      'Id,Deal name,Account,Related contacts,Deal value,Deal value in Base Currency,Expected deal value,Deal stage,Deal pipeline,Sales owner,Expected close date,Closed date,Lost reason,Source,Created at,Updated at,Probability (%)',
      '501,Gym kit,Bold Fitness,Pat Lee,8200,8200,8200,Won,Default Pipeline,Rae Kim,2026-03-31,2026-03-18,,Referral,2026-02-01 07:00:00,2026-03-18 07:00:00,100',
      '502,Mats,Bold Fitness,,640,640,0,Lost,Default Pipeline,Rae Kim,2026-06-30,2026-06-12,Price,,2026-05-15 07:00:00,2026-06-12 07:00:00,0',
      '503,Pool,Aqua Club,,27000,27000,13500,Negotiation,Default Pipeline,Rae Kim,2026-12-20,,,Web,2026-09-09 07:00:00,2026-11-02 07:00:00,50',
      '504,Sauna,Aqua Club,,5000,5000,500,New,Default Pipeline,Rae Kim,,,,Web,2026-11-20 07:00:00,2026-11-20 07:00:00,10',
    ],
    won: [1, 8200],
    lost: [1, 640],
    open: [2, 32_000],
    one: {
      title: 'Mats',
      client: 'Bold Fitness',
      owner: 'Rae Kim',
      reason: 'Price',
      closed_on: '2026-06-12',
    },
  },
  Close: {
    lines: [
      'id,lead_id,lead_name,contact_name,user_name,status_label,status_type,value,value_period,confidence,note,date_created,date_updated,date_won,date_lost',
      'oppo_8H2kQ0v1XJ4TzPbW,lead_1,Fig Bakery,Una Orr,Gus Day,Won,won,3600,one_time,100,Two ovens,2026-01-10T09:00:00+00:00,2026-02-14T09:00:00+00:00,2026-02-14,',
      'oppo_9H2kQ0v1XJ4TzPbX,lead_2,Nut Mill,,Gus Day,Lost,lost,1500,one_time,0,,2026-02-01T09:00:00+00:00,2026-03-09T09:00:00+00:00,,2026-03-09',
      'oppo_0H2kQ0v1XJ4TzPbY,lead_1,Fig Bakery,Una Orr,Gus Day,Proposal Sent,active,900,one_time,60,,2026-10-30T09:00:00+00:00,2026-11-01T09:00:00+00:00,,',
    ],
    won: [1, 3600],
    lost: [1, 1500],
    open: [1, 900],
    one: { title: 'Nut Mill', client: 'Nut Mill', owner: 'Gus Day', closed_on: '2026-03-09' },
  },
  'a German list': {
    lines: [
      'Vorgangsnr.;Eingang;Kunde;Ansprechpartner;PLZ / Ort;Woher?;Produkt;Angebot €;Auftragswert;Status;Grund;Bearbeiter;Wiedervorlage;Auftragsdatum',
      'V-101;14.01.2026;Bäckerei Krume;Frau Holm;20095 Hamburg;Messe;Ofen;12.400,00;11.900,00;Auftrag;;Kern;;03.03.2026',
      'V-102;20.01.2026;Hotel Adler;Herr Voss;80331 München;Internet;Spüle;3.250,50;;Absage;zu teuer;Kern;;',
      'V-103;09.11.2026;Hotel Adler;;80331 München;Empfehlung;Herd;7.800,00;;offen;;Brandt;05.12.2026;',
      'V-104;16.11.2026;Café Mohn;;04109 Leipzig;Internet;Theke;950,00;;offen;;Brandt;01.12.2026;',
    ],
    won: [1, 11_900],
    lost: [1, 3250.5],
    open: [2, 8750],
    one: {
      title: 'Herd',
      ref: 'V-103',
      client: 'Hotel Adler',
      owner: 'Brandt',
      source: 'Empfehlung',
      opened_on: '2026-11-09',
      expected_close: null,
      amount: 7800,
    },
  },
  'a Russian list': {
    lines: [
      'Сделка;Контрагент;Бюджет;Ответственный;Этап;Источник;Дата создания;Дата закрытия;Причина отказа;Комментарий',
      'Поставка насосов;ООО Волна;1 250 000,00;Иванова;Успешно реализовано;Выставка;19.01.2026;20.02.2026;;',
      'Сервис;ООО Волна;80 000,00;Иванова;Закрыто и не реализовано;Сайт;02.02.2026;15.03.2026;Дорого;',
      'Монтаж;АО Берег;340 000,50;Петров;Переговоры;Звонок;25.10.2026;;;перезвонить',
    ],
    won: [1, 1_250_000],
    lost: [1, 80_000],
    open: [1, 340_000.5],
    one: {
      title: 'Монтаж',
      client: 'АО Берег',
      owner: 'Петров',
      stage: 'Переговоры',
      source: 'Звонок',
      opened_on: '2026-10-25',
    },
  },
  'a Thai list': {
    lines: [
      'เลขที่,วันที่,ชื่อลูกค้า,มูลค่า,ผู้ดูแล,สถานะ,วันที่ปิด,สาเหตุ,หมายเหตุ',
      'Q-01,13/01/2569,บริษัท ทะเลใต้,"125,000.00",สมชาย,ปิดการขายได้,20/02/2569,,',
      'Q-02,20/01/2569,ร้านลมเย็น,"18,500.00",สมหญิง,แพ้,15/03/2569,ราคาสูง,',
      'Q-03,05/11/2569,โรงแรมริมน้ำ,"64,250.00",สมชาย,เสนอราคา,,,โทรกลับ',
    ],
    won: [1, 125_000],
    lost: [1, 18_500],
    open: [1, 64_250],
    one: {
      title: 'Q-03',
      client: 'โรงแรมริมน้ำ',
      owner: 'สมชาย',
      stage: 'เสนอราคา',
      opened_on: '2026-11-05',
    },
  },
}

interface Listed {
  deals: { id: number; amount: number | null; title: string }[]
}

const ALL = ['--create', 'all'] as const

describe.each(Object.entries(EXPORTS))('the pipeline of %s', (_, expected) => {
  it('comes in without a word on its columns, and comes again unchanged', async () => {
    const { bring, json } = await importsInside()
    const done: Imported = await bring('deals', expected.lines, ...ALL)
    expect(done.rejects).toEqual([])
    expect(done.created).toBe(expected.lines.length - 1)
    const ids = new Map<string, number>()
    const sums = async (status: string): Promise<[number, number]> => {
      const { deals } = await json<Listed>('deal', 'list', '--status', status)
      for (const { id, title } of deals) ids.set(title, id)
      return [deals.length, deals.reduce((sum, { amount }) => sum + (amount ?? 0), 0)]
    }
    const found = { won: await sums('won'), lost: await sums('lost'), open: await sums('open') }
    expect(found).toEqual({ won: expected.won, lost: expected.lost, open: expected.open })
    const id = ids.get(expected.one.title as string)
    expect(await json('deal', 'show', String(id))).toMatchObject(expected.one)
    const again = await bring('deals', expected.lines, ...ALL)
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: expected.lines.length - 1 })
  })
})
