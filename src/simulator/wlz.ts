/** The Wlz side of a simulation: a register of the CIZ, gemeenten that compare their Wmo side with it, toetsen, and signals that are handled. */
import { createHash } from 'node:crypto';
import { setTimeout as wacht } from 'node:timers/promises';
import { plusDagen } from '../koppeling/kalender.ts';
import type { Database } from '../opslag/database.ts';
import { DAG, UUR } from './draaiboek/klok.ts';
import { testBsns } from './draaiboek/personen.ts';
import { maakToeval, type Toeval } from './draaiboek/toeval.ts';
import type { Draaiboek, Wmotoewijzing } from './draaiboek/types.ts';
import type { Knooppunt } from './knooppunt.ts';
import type { Overig } from './terugdateren.ts';

/** Of the gemeenten, by place: who lets her messages count, and who uploads her voorzieningen. */
const VIER = 4;
const UPLOADS = 3;
const MET_INDICATIE = 0.2;
const ZONDER_WMO = 150;
const EERSTE_BESLUIT = 500_001;
const TOETSEN_PER_GEMEENTE = 4;
const TOETSENDE_GEMEENTEN = 6;
const KIJK_MS = 200;
const GEDULD_MS = 60_000;
const DOELEN = ['2.3.2', '2.3.5', '2.3.9'] as const;
const UITKOMSTEN = [
  { uitkomst: 'gestopt', reden: 'De aanbieder rondt de hulp af; de Wlz neemt het over.' },
  { uitkomst: 'terecht_samen', reden: 'Overgangsrecht: de hulp mag nog doorlopen.' },
  { uitkomst: 'onjuist', reden: 'De toewijzing was al ingetrokken.' },
] as const;

const metDossier = ({ gemeenten }: Draaiboek): readonly string[] => gemeenten.filter((_, nr) => nr % VIER === 0);
const metUpload = ({ gemeenten }: Draaiboek): readonly string[] =>
  gemeenten.filter((_, nr) => nr % VIER === 2).slice(0, UPLOADS);

export interface Wlzplan {
  /** Lines of the register, without its header. */
  readonly indicaties: readonly string[];
}

/** Who has an indication: some of those with Wmo care, and others. @param ook lines of somebody else that must stay in the register */
export function maakWlzplan(boek: Draaiboek, zaad: number, ook: readonly string[]): Wlzplan {
  const toeval = maakToeval(zaad).tak('wlz');
  const per = Map.groupBy(boek.wmo, ({ bsn }) => bsn);
  let besluit = EERSTE_BESLUIT;
  const eerste = new Set(metDossier(boek).slice(0, 1));
  let zeker = 3;
  const gekozen = [...per.values()].flatMap(([toewijzing]) => {
    if (!toewijzing) return [];
    const moet = zeker > 0 && eerste.has(toewijzing.gemeente);
    if (!moet && !toeval.kans(MET_INDICATIE)) return [];
    if (moet) zeker -= 1;
    besluit += 1;
    return [`${toewijzing.bsn};${besluit};${plusDagen(toewijzing.vanaf, toeval.geheel(-40, 40))};;`];
  });
  const anderen = [...testBsns()].slice(-ZONDER_WMO).map((bsn) => {
    besluit += 1;
    return `${bsn};${besluit};${plusDagen('2023-01-01', toeval.geheel(0, 900))};;`;
  });
  return { indicaties: [...ook, ...gekozen, ...anderen] };
}

/** As the CIZ delivers it, manifest on the first line. */
export function wlzLevering(rijen: readonly string[], vorige: number | null): string {
  const inhoud = `${['bsn;besluitnummer;ingangsdatum;einddatum;vervaldatum', ...rijen].join('\n')}\n`;
  const manifest = {
    versie: 1,
    soort: 'VOLLEDIG',
    peilmoment: new Date().toISOString(),
    aantal: rijen.length,
    sha256: createHash('sha256').update(inhoud).digest('hex'),
    volgnummer: (vorige ?? 0) + 1,
    vorigVolgnummer: vorige,
  };
  return `${JSON.stringify(manifest)}\n${inhoud}`;
}

/** Before the messages travel, so that a toewijzing brings its signal at once. */
export async function begin(knooppunt: Knooppunt, boek: Draaiboek, { indicaties }: Wlzplan): Promise<void> {
  for (const code of metDossier(boek))
    await knooppunt.eis({
      wie: code,
      methode: 'PUT',
      pad: `/v1/organisaties/${code}/wlz-instelling`,
      lijf: { dossierAlsBron: true },
    });
  const { register } = await knooppunt.eis<{ register: { volgnummer: number } | null }>({
    wie: 'ciz',
    pad: '/v1/wlz-register',
  });
  await knooppunt.eis({
    wie: 'ciz',
    methode: 'POST',
    pad: '/v1/wlz-leveringen',
    lijf: wlzLevering(indicaties, register?.volgnummer ?? null),
    type: 'text/csv',
  });
}

async function leverVoorzieningen(knooppunt: Knooppunt, boek: Draaiboek, code: string): Promise<void> {
  const eigen = [
    ...new Map(boek.wmo.filter(({ gemeente }) => gemeente === code).map((een) => [een.bsn, een])).values(),
  ];
  const rijen = eigen
    .slice(0, 40)
    .map(({ bsn, nummer, vanaf, aanbieder }) => `${bsn};${nummer};LOPEND;${vanaf};;02;${aanbieder};wmo`);
  if (rijen.length === 0) return;
  // One that does not belong here: the report says so.
  const jeugd = `${eigen[0]?.bsn};J-1;LOPEND;2026-01-01;;45;;jw`;
  const kop = 'bsn;voorzieningId;status;ingangsdatum;einddatum;productcategorie;agbAanbieder;domein';
  const lijf = `${[kop, ...rijen, jeugd].join('\n')}\n`;
  await knooppunt.eis({
    wie: code,
    methode: 'PUT',
    pad: `/v1/organisaties/${code}/wmo-voorzieningen`,
    lijf,
    type: 'text/csv',
  });
}

async function toets(knooppunt: Knooppunt, boek: Draaiboek, toeval: Toeval, nu: number): Promise<Overig['toetsen']> {
  const gedaan: { toetsId: string; moment: number }[] = [];
  for (const code of boek.gemeenten.slice(0, TOETSENDE_GEMEENTEN)) {
    const eigen = boek.wmo.filter(({ gemeente }) => gemeente === code);
    if (eigen.length === 0) continue;
    for (let nr = 0; nr < TOETSEN_PER_GEMEENTE; nr += 1) {
      const { bsn, moment } = toeval.kies(eigen);
      const lijf = { bsn, doel: toeval.kies(DOELEN) };
      const { toetsId } = await knooppunt.eis<{ toetsId: string }>({
        wie: code,
        methode: 'POST',
        pad: '/v1/wlz-registertoetsen',
        lijf,
      });
      // Asked before the decision was taken.
      gedaan.push({ toetsId, moment: Math.min(nu, Math.max(boek.van + 9 * UUR, moment - toeval.geheel(1, 9) * DAG)) });
    }
  }
  return gedaan;
}

interface Signaal {
  readonly signaalId: string;
  readonly voorzieningId: string;
  readonly workflow: string;
}

async function behandel(
  knooppunt: Knooppunt,
  code: string,
  signaal: Signaal,
  sinds: number,
  nr: number,
  nu: number,
): Promise<readonly number[]> {
  const stap = (lijf: object): Promise<unknown> =>
    knooppunt.eis({ wie: code, methode: 'POST', pad: `/v1/wlz-signalen/${signaal.signaalId}/stappen`, lijf });
  const behandelaar = 'medewerker Wmo';
  const momenten = [sinds + (1 + (nr % 4)) * DAG, sinds + (5 + 3 * (nr % 7)) * DAG].filter((moment) => moment < nu);
  if (signaal.workflow !== 'nieuw' || nr % 5 === 4 || momenten.length === 0) return [];
  await stap({ naar: 'in_behandeling', behandelaar });
  if (nr % 5 === 3 || momenten.length === 1) return momenten.slice(0, 1);
  await stap({ naar: 'afgehandeld', behandelaar, ...UITKOMSTEN[nr % UITKOMSTEN.length] });
  return momenten;
}

async function behandelSignalen(knooppunt: Knooppunt, boek: Draaiboek, nu: number): Promise<Overig['signalen']> {
  const toewijzingen = new Map<string, Wmotoewijzing>(
    boek.wmo.map((een) => [`${een.gemeente} ${een.aanbieder}/${een.nummer}`, een]),
  );
  const gedaan: { signaalId: string; stappen: readonly number[] }[] = [];
  for (const code of metDossier(boek)) {
    const { signalen } = await knooppunt.eis<{ signalen: readonly Signaal[] }>({
      wie: code,
      pad: `/v1/wlz-signalen?gemeente=${code}&aantal=100`,
    });
    for (const signaal of signalen) {
      const toewijzing = toewijzingen.get(`${code} ${signaal.voorzieningId}`);
      if (!toewijzing) continue;
      const stappen = await behandel(knooppunt, code, signaal, toewijzing.moment, Number(toewijzing.nummer), nu);
      gedaan.push({ signaalId: signaal.signaalId, stappen });
    }
  }
  return gedaan;
}

/** Until whoever's toewijzing changed was compared. */
async function wachtOpVergelijking({ pool }: Database): Promise<void> {
  for (const tot = Date.now() + GEDULD_MS; Date.now() < tot; await wacht(KIJK_MS)) {
    const { rows } = await pool.query<{ klaar: boolean }>(
      'select not exists (select from wlz_te_vergelijken) as klaar',
    );
    if (rows[0]?.klaar) return;
  }
}

/** After the messages travelled. @returns what is to be dated back */
export async function rondAf(
  knooppunt: Knooppunt,
  database: Database,
  boek: Draaiboek,
  zaad: number,
  nu: number,
): Promise<Pick<Overig, 'toetsen' | 'signalen'>> {
  for (const code of metUpload(boek)) await leverVoorzieningen(knooppunt, boek, code);
  const toetsen = await toets(knooppunt, boek, maakToeval(zaad).tak('toetsen'), nu);
  await wachtOpVergelijking(database);
  return { toetsen, signalen: await behandelSignalen(knooppunt, boek, nu) };
}
