/** The words of a Swiss payment part: its style guide gives them, in these languages only. */
export interface BillWords {
  receipt: string
  paymentPart: string
  payableTo: string
  reference: string
  payableBy: string
  payableByBlank: string
  information: string
  currency: string
  amount: string
  acceptance: string
}

const english: BillWords = {
  receipt: 'Receipt',
  paymentPart: 'Payment part',
  payableTo: 'Account / Payable to',
  reference: 'Reference',
  payableBy: 'Payable by',
  payableByBlank: 'Payable by (name/address)',
  information: 'Additional information',
  currency: 'Currency',
  amount: 'Amount',
  acceptance: 'Acceptance point',
}

const WORDS: Readonly<Record<string, BillWords>> = {
  de: {
    receipt: 'Empfangsschein',
    paymentPart: 'Zahlteil',
    payableTo: 'Konto / Zahlbar an',
    reference: 'Referenz',
    payableBy: 'Zahlbar durch',
    payableByBlank: 'Zahlbar durch (Name/Adresse)',
    information: 'Zusätzliche Informationen',
    currency: 'Währung',
    amount: 'Betrag',
    acceptance: 'Annahmestelle',
  },
  fr: {
    receipt: 'Récépissé',
    paymentPart: 'Section paiement',
    payableTo: 'Compte / Payable à',
    reference: 'Référence',
    payableBy: 'Payable par',
    payableByBlank: 'Payable par (nom/adresse)',
    information: 'Informations supplémentaires',
    currency: 'Monnaie',
    amount: 'Montant',
    acceptance: 'Point de dépôt',
  },
  it: {
    receipt: 'Ricevuta',
    paymentPart: 'Sezione pagamento',
    payableTo: 'Conto / Pagabile a',
    reference: 'Riferimento',
    payableBy: 'Pagabile da',
    payableByBlank: 'Pagabile da (nome/indirizzo)',
    information: 'Informazioni supplementari',
    currency: 'Valuta',
    amount: 'Importo',
    acceptance: 'Punto di accettazione',
  },
}

/** The words in the language of a document; in English if there are none in it. */
export const billWords = (language: string): BillWords =>
  WORDS[language.slice(0, 2).toLowerCase()] ?? english
