/**
 * Who may do what in the database: one table, from which `knooppunt database rechten`, the look at the start and the tests are made. What is
 * not in it nobody has but the owner: a new table is closed until it gets a row here.
 */

/** What a process is to the database, apart from its owner. beheer: the commands of the operator; inzien: looking only, and at no person. */
export const DATABASEROLLEN = ['api', 'verwerker', 'planner', 'beheer', 'inzien'] as const;
export type Databaserol = (typeof DATABASEROLLEN)[number];

/** Letters as in the table below, to the word of PostgreSQL. Nobody has TRUNCATE, REFERENCES, TRIGGER or MAINTAIN. */
export const TABELRECHTEN = { S: 'SELECT', I: 'INSERT', U: 'UPDATE', D: 'DELETE' } as const;

type Toedeling = Readonly<Partial<Record<Databaserol, string>>>;

/** A row that is locked (for update) counts as changed; a partition goes with its whole. */
export const TABELLEN: Readonly<Record<string, Toedeling>> = {
  migratie: { api: 'S', verwerker: 'S', planner: 'S', beheer: 'S', inzien: 'S' },

  // Who takes part, and what they chose.
  organisatie: { api: 'SIU', verwerker: 'S', planner: 'S', beheer: 'SIU', inzien: 'S' },
  deelname: { api: 'SIUD', verwerker: 'S', planner: 'S', beheer: 'SIUD', inzien: 'S' },
  stuf_endpoint: { api: 'SIUD', verwerker: 'S', planner: 'S', beheer: 'SIUD', inzien: 'S' },
  instelling: { api: 'SIU', verwerker: 'S', planner: 'S', beheer: 'SIU', inzien: 'S' },
  machtiging: { api: 'SIU', verwerker: 'S', planner: 'S', beheer: 'SIU', inzien: 'S' },
  venster: { api: 'SID', verwerker: 'S', planner: 'S', beheer: 'SID', inzien: 'S' },
  bevriezing: { api: 'SIU', verwerker: 'S', planner: 'S', beheer: 'SIU', inzien: 'S' },
  organisatiestop: { api: 'SIUD', verwerker: 'S', planner: 'S', beheer: 'SIUD', inzien: 'S' },
  routering_stand: { api: 'SU', verwerker: 'S', planner: 'S', beheer: 'SU', inzien: 'S' },
  samenwerkingsverband: { api: 'SIU', beheer: 'SIU', inzien: 'S' },
  ketendatamandaat: { api: 'SIU', beheer: 'SIU', inzien: 'S' },
  tarief: { api: 'SID', verwerker: 'S', beheer: 'SID' },

  // The trip of a message.
  baan: { api: 'SIU', verwerker: 'S', planner: 'S', beheer: 'SI', inzien: 'S' },
  baan_storing: { api: 'S', verwerker: 'SIUD', planner: 'S', inzien: 'S' },
  bericht: { api: 'SI', verwerker: 'SIU', planner: 'SID', beheer: 'S', inzien: 'S' },
  te_doen: { api: 'SI', verwerker: 'SD', planner: 'S', beheer: 'S', inzien: 'S' },
  inhoud: { api: 'SI', verwerker: 'SI', planner: 'SIUD', beheer: 'SU' },
  bevinding: { api: 'S', verwerker: 'SI', planner: 'SD', beheer: 'S' },
  betrokkene: { api: 'SI', verwerker: 'SI', planner: 'SID', beheer: 'S' },
  verzoekreferentie: { api: 'SID', verwerker: 'SID', planner: 'SD' },
  openstaand: { api: 'SID', verwerker: 'SID', planner: 'SD', beheer: 'S' },
  postbus_item: { api: 'SIU', verwerker: 'SI', planner: 'SIUD', beheer: 'SU', inzien: 'S' },
  bezorgpoging: { api: 'SU', planner: 'SIUD', beheer: 'SIU', inzien: 'S' },
  bezorgstand: { api: 'SU', planner: 'SIU', inzien: 'S' },
  bezorgtelling: { api: 'S', planner: 'SIU', inzien: 'S' },
  vervalaankondiging: { api: 'SU', planner: 'SID', beheer: 'SU' },

  // What earlier messages established. The api imports what ran before, in a thread of its own; the planner removes what is over.
  dossier_baan: { api: 'SIU', verwerker: 'SIU', planner: 'SIU', beheer: 'SIU' },
  dossier_bericht: { api: 'SID', verwerker: 'SID', planner: 'SD', beheer: 'SID' },
  dossier_toewijzing: { api: 'SID', verwerker: 'SID', planner: 'SD', beheer: 'SID' },
  dossier_levering: { api: 'SID', verwerker: 'SID', planner: 'SD', beheer: 'SID' },
  dossier_verzoek: { api: 'SID', verwerker: 'SID', planner: 'SD', beheer: 'SID' },
  dossier_antwoord: { api: 'SID', verwerker: 'SID', planner: 'SD', beheer: 'SID' },
  dossier_declaratie: { api: 'SID', verwerker: 'SID', planner: 'SD', beheer: 'SID' },
  dossier_prestatie: { api: 'SID', verwerker: 'SIUD', planner: 'SD', beheer: 'SIUD' },
  dossier_invoer: { api: 'SI', verwerker: 'S', beheer: 'SI' },
  dossier_invoer_deel: { api: 'SI', planner: 'SUD', beheer: 'SI' },
  dossier_momentopname: { planner: 'SU', beheer: 'SIU' },
  dossier_momentopname_deel: { planner: 'SU', beheer: 'SID' },

  // The audit log: written and read, and never anything else. Its oldest lines go through logboek_verwijder.
  logboek: { api: 'SI', verwerker: 'SI', planner: 'SI', beheer: 'SI' },
  logboek_schakel: { planner: 'SI', beheer: 'SI' },
  logboek_herkomst: { planner: 'SI', beheer: 'SI' },

  // Keys and who gets in. The api makes no keys: one that cannot be unwrapped stops everybody.
  gegevenssleutel: { api: 'S', verwerker: 'S', planner: 'SIU', beheer: 'SIU' },
  sleutelproef: { api: 'S', verwerker: 'S', planner: 'SI', beheer: 'SI' },
  herstelmerk: { api: 'SI', planner: 'SI', beheer: 'SIU', inzien: 'S' },
  client: { api: 'SIU', beheer: 'SIU' },
  client_geheim: { api: 'SIUD', beheer: 'SIUD' },
  client_oin: { api: 'SID', beheer: 'SID' },
  client_certificaat: { api: 'SID', beheer: 'SID' },
  client_extern: { api: 'SID', beheer: 'SID' },
  client_jti: { api: 'SIUD' },
  client_stand: { api: 'SU', beheer: 'SU' },
  gebruiker: { api: 'SIU', beheer: 'SIU' },
  gebruiker_dienst: { api: 'SID', beheer: 'SID' },
  uitnodiging: { api: 'SIUD', beheer: 'SIUD' },
  organisatie_identificatie: { api: 'SID', beheer: 'SID' },
  portaal_sessie: { api: 'SIUD', beheer: 'SD' },

  // Wmo and Wlz.
  wlz_levering: { api: 'SIU', planner: 'SUD', beheer: 'SIU', inzien: 'S' },
  wlz_register: { api: 'SIU', planner: 'S', beheer: 'SIU', inzien: 'S' },
  wlz_indicatie: { api: 'SIUD', beheer: 'SIUD' },
  wlz_indicatie_actueel: { planner: 'S' },
  wlz_toetsteller: { api: 'SIU' },
  wlz_instelling: { api: 'SIU', planner: 'S', inzien: 'S' },
  wlz_advies: { api: 'SIU', planner: 'S', beheer: 'SIU', inzien: 'S' },
  wlz_te_vergelijken: { api: 'I', verwerker: 'I', planner: 'SD' },
  wlz_signaal: { api: 'SU', planner: 'SIUD', beheer: 'SU' },
  wlz_signaalstap: { api: 'SI', planner: 'SID', beheer: 'SU' },
  wlz_run: { planner: 'SIUD', beheer: 'S', inzien: 'S' },
  wmo_levering: { api: 'SIU', planner: 'SUD', beheer: 'SIU' },
  wmo_voorziening: { api: 'SIUD', planner: 'SD', beheer: 'SIUD' },
  wmo_dossierfeit: { api: 'SD', verwerker: 'SID', planner: 'SD', beheer: 'SU' },
  wmo_dossiergemeente: { verwerker: 'S' },
  wmo_dossier: { planner: 'S' },

  // Figures of the chain.
  ketencijfer: { api: 'S', planner: 'SIUD' },
  ketenbijdrage: { planner: 'SIUD' },
  ketenverband: { planner: 'SID' },
  ketenstand: { api: 'S', planner: 'SU', beheer: 'S', inzien: 'S' },
  landelijkblok: { api: 'S', planner: 'SI', inzien: 'S' },
  landelijkcijfer: { api: 'S', planner: 'SI', inzien: 'S' },
  nza_gemeente: { verwerker: 'S', beheer: 'SID' },
  nza_feit: { api: 'SD', verwerker: 'SID', planner: 'SD', beheer: 'SD' },

  // What processes say of themselves.
  procesmeting: { api: 'SIUD', verwerker: 'SIUD', planner: 'SIUD', inzien: 'S' },
  telling: { api: 'S', verwerker: 'SIU', inzien: 'S' },
  taakstand: { api: 'S', planner: 'SIU', beheer: 'SIU', inzien: 'S' },
};

/** Numbers that are not of a column: those of identity columns come with INSERT. */
export const REEKSEN: Readonly<Record<string, readonly Databaserol[]>> = {
  dossier_invoer_plek: ['api', 'beheer'],
};

/** Functions that do as their owner what the caller may not. */
export const FUNCTIES: Readonly<Record<string, readonly Databaserol[]>> = {
  inhoud_maak_maand: ['planner'],
  inhoud_verwijder_maand: ['planner'],
  logboek_verwijder: ['planner'],
};

/** On the database itself, besides CONNECT: a delivery of the Wlz register gathers in a temporary table. */
export const TIJDELIJK: readonly Databaserol[] = ['api', 'beheer'];

/** Commands that another role than beheer gives, by their first one or two words: what happens by the clock, and what only the owner can. */
const OPDRACHTROLLEN: Readonly<Record<string, Databaserol | 'eigenaar'>> = {
  'database migreer': 'eigenaar',
  'database rechten': 'eigenaar',
  'sleutel verwijder': 'eigenaar',
  bewaren: 'planner',
  'ketendata herbouw': 'planner',
  'landelijk publiceer': 'planner',
  'wlz vergelijk': 'planner',
};

/** As whom a command works on the database. @param woorden the command, with whatever follows */
export function rolVanOpdracht([eerste = '', tweede = '']: readonly string[]): Databaserol | 'eigenaar' {
  return OPDRACHTROLLEN[`${eerste} ${tweede}`] ?? OPDRACHTROLLEN[eerste] ?? 'beheer';
}
