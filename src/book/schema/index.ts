import type { BankLinesTable, PayerAccountsTable } from './bank-lines.ts'
import type { ExportBatchesTable, ExportEntriesTable } from './export-batches.ts'
import type {
  CategoriesTable,
  ClientAliasesTable,
  ClientCategoriesTable,
  ClientPropertiesTable,
  ClientsTable,
  ContactPointsTable,
  ContactsTable,
  PropertiesTable,
} from './clients.ts'
import type { DealPropertiesTable, DealsTable, DealTagsTable, EventsTable } from './deals.ts'
import type { OwnersTable, ReasonsTable, SourcesTable, StagesTable } from './dictionaries.ts'
import type {
  DocumentsTable,
  InvoiceDeductionsTable,
  ProposalEventsTable,
  ProposalLinesTable,
  ProposalsTable,
  TemplatesTable,
} from './documents.ts'
import type { ErasedKeysTable } from './erased.ts'
import type { BankAccountsTable, CompanyTable, TaxesTable, TermsTable } from './firm.ts'
import type { GoalsTable, HolidaysTable } from './goals.ts'
import type { ImportProfilesTable, ImportsTable } from './imports.ts'
import type {
  AllocationsTable,
  InstalmentsTable,
  InvoiceEventsTable,
  InvoiceLinesTable,
  InvoiceRepeatsTable,
  InvoiceTaxesTable,
  InvoicesTable,
  PaymentsTable,
  PromisesTable,
  RemindersTable,
} from './money.ts'
import type { JournalTable, OperationInsertsTable, OperationsTable } from './operations.ts'
import type { ProcessesTable, ProcessStagesTable } from './processes.ts'
import type { DealLinesTable, PriceListsTable, PricesTable, ProductsTable } from './products.ts'
import type { RatesTable } from './rates.ts'
import type { SegmentsTable } from './segments.ts'
import type { SettingsTable } from './settings.ts'
import type { StayCountsTable, StaysTable } from './stays.ts'
import type { ReportVariantsTable } from './variants.ts'
import type { InteractionsTable, LastContactsTable, StandardsTable, TasksTable } from './work.ts'

/** The tables of a book. */
export interface Tables {
  settings: SettingsTable
  operations: OperationsTable
  operation_inserts: OperationInsertsTable
  journal: JournalTable
  owners: OwnersTable
  sources: SourcesTable
  reasons: ReasonsTable
  stages: StagesTable
  processes: ProcessesTable
  process_stages: ProcessStagesTable
  categories: CategoriesTable
  properties: PropertiesTable
  erased_keys: ErasedKeysTable
  imports: ImportsTable
  import_profiles: ImportProfilesTable
  clients: ClientsTable
  client_aliases: ClientAliasesTable
  contacts: ContactsTable
  contact_points: ContactPointsTable
  client_categories: ClientCategoriesTable
  client_properties: ClientPropertiesTable
  deals: DealsTable
  deal_properties: DealPropertiesTable
  deal_lines: DealLinesTable
  products: ProductsTable
  price_lists: PriceListsTable
  prices: PricesTable
  deal_tags: DealTagsTable
  events: EventsTable
  interactions: InteractionsTable
  tasks: TasksTable
  segments: SegmentsTable
  report_variants: ReportVariantsTable
  standards: StandardsTable
  goals: GoalsTable
  holidays: HolidaysTable
  rates: RatesTable
  company: CompanyTable
  taxes: TaxesTable
  terms: TermsTable
  bank_accounts: BankAccountsTable
  invoices: InvoicesTable
  invoice_lines: InvoiceLinesTable
  invoice_taxes: InvoiceTaxesTable
  invoice_deductions: InvoiceDeductionsTable
  invoice_events: InvoiceEventsTable
  instalments: InstalmentsTable
  reminders: RemindersTable
  promises: PromisesTable
  invoice_repeats: InvoiceRepeatsTable
  payments: PaymentsTable
  allocations: AllocationsTable
  bank_lines: BankLinesTable
  payer_accounts: PayerAccountsTable
  templates: TemplatesTable
  proposals: ProposalsTable
  proposal_lines: ProposalLinesTable
  proposal_events: ProposalEventsTable
  documents: DocumentsTable
  export_batches: ExportBatchesTable
  export_entries: ExportEntriesTable
  last_contacts: LastContactsTable
  stays: StaysTable
  stay_counts: StayCountsTable
}
