/** What each message leaves in a dossier: every soort of both standards, a fact for each class, and nothing that names a person. */
import { describe, expect, test } from 'vitest';
import type { Feiten, Masker } from '#src/dossier/feiten.ts';
import { dagtekeningVan, feitenVan } from '#src/dossier/uittreksel.ts';
import { BERICHTSOORTEN, DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import { type Nummer, structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { bouw, inhoudVan, soortVan } from '../hulp/bouwer.ts';
import { JAN, MASKER, PIET, type Wijziging } from './leven.ts';
import {
  AFGEWEZEN,
  ANDER_PRODUCT,
  aanvraag,
  antwoord,
  declaratie,
  IN_ONDERZOEK,
  PRODUCT,
  start,
  stop,
  toewijzing,
  wijziging,
} from './maak.ts';

const DAG = '2026-05-15';
const PLAATS = { volgorde: 7, berichtId: 'een bericht' };
const HERKOMST = { ...PLAATS, dagtekening: DAG };
const PERSOON = MASKER.persoon(JAN);

function feiten<N extends Nummer>(domein: Domein, nummer: N, wijzig: Wijziging<N>): Feiten {
  const soort = soortVan(domein, nummer);
  const bytes = bouw(domein, nummer, (bericht) => {
    const los = bericht as unknown as {
      Header: { BerichtIdentificatie: object };
      Client?: { Bsn: string };
    };
    los.Header.BerichtIdentificatie = { Identificatie: 'B1', Dagtekening: DAG };
    if (los.Client) los.Client.Bsn = JAN;
    wijzig(bericht, domein);
  });
  const gevonden = feitenVan(soort, leesInhoud(bytes, structuurVan(soort)), PLAATS, MASKER);
  if (!gevonden) throw new Error(`${soort.code} left nothing.`);
  return gevonden;
}

const LEEG = { toewijzingen: [], leveringen: [], verzoeken: [], antwoorden: [], declaraties: [], prestaties: [] };
const bericht = (nummer: string) => ({ herkomst: HERKOMST, nummer, identificatie: 'B1' });

describe.each(DOMEINEN)('%s', (domein) => {
  const { categorie, code } = PRODUCT[domein];

  test('301: a version per ToegewezenProduct, with what is absent as null', () => {
    const gevonden = feiten(
      domein,
      '301',
      toewijzing(
        { nummer: '0042', kenmerk: 'VOT-1', op: '2026-05-01', om: '08:15:00', reden: '04', omvang: { volume: '5' } },
        { nummer: '43', product: 'categorie', budget: '12345' },
        { nummer: '44', product: 'geen', ingang: '2027-01-01', einde: '2027-02-01' },
      ),
    );
    const gewoon = {
      herkomst: HERKOMST,
      persoon: PERSOON,
      toewijzingsdatum: DAG,
      toewijzingstijd: '09:00:00',
      ingangsdatum: '2026-03-01',
      einddatum: '2026-12-31',
      categorie,
      code: null,
      omvang: null,
      redenWijziging: null,
      kenmerk: null,
    };
    expect(gevonden).toEqual({
      ...LEEG,
      bericht: bericht('301'),
      toewijzingen: [
        {
          ...gewoon,
          nummer: 42,
          toewijzingsdatum: '2026-05-01',
          toewijzingstijd: '08:15:00',
          code,
          omvang: { volume: 5, eenheid: '04', frequentie: '2' },
          budget: null,
          redenWijziging: '04',
          kenmerk: 'kenmerk VOT-1',
        },
        { ...gewoon, nummer: 43, budget: 12_345 },
        {
          ...gewoon,
          nummer: 44,
          categorie: null,
          budget: 100_000,
          ingangsdatum: '2027-01-01',
          einddatum: '2027-02-01',
        },
      ],
    });
  });

  test('301: without an end', () => {
    const open: Wijziging<'301'> = (dit, domein) => {
      toewijzing({ omvang: { frequentie: '4' } })(dit, domein);
      for (const product of dit.Client.ToegewezenProducten.ToegewezenProduct) product.Einddatum = undefined;
    };
    expect(feiten(domein, '301', open).toewijzingen).toMatchObject([{ einddatum: null }]);
  });

  const levering = { herkomst: HERKOMST, persoon: PERSOON, begindatum: '2026-03-02', verwijdert: false };

  test('305: a start per StartProduct, and a removal', () => {
    const gevonden = feiten(
      domein,
      '305',
      start({ nummer: '042' }, { nummer: null, product: 'ander' }, { begin: '2026-03-05', status: '3' }),
    );
    const gewoon = { ...levering, soort: 'start', redenBeeindiging: null, einddatum: null, categorie, code };
    const ander = ANDER_PRODUCT[domein];
    expect(gevonden).toEqual({
      ...LEEG,
      bericht: bericht('305'),
      leveringen: [
        { ...gewoon, toewijzing: 42 },
        { ...gewoon, toewijzing: null, ...ander },
        { ...gewoon, toewijzing: 1001, begindatum: '2026-03-05', verwijdert: true },
      ],
    });
  });

  test('307: a stop per StopProduct, with its reason and last day', () => {
    const gevonden = feiten(
      domein,
      '307',
      stop({ reden: '20', einde: '2026-05-01' }, { product: 'geen', begin: '2026-03-05', status: '3' }),
    );
    const gewoon = { ...levering, soort: 'stop', toewijzing: 1001, einddatum: '2026-05-01' };
    expect(gevonden).toEqual({
      ...LEEG,
      bericht: bericht('307'),
      leveringen: [
        { ...gewoon, categorie, code, redenBeeindiging: '20' },
        {
          ...gewoon,
          categorie: null,
          code: null,
          redenBeeindiging: '38',
          begindatum: '2026-03-05',
          verwijdert: true,
        },
      ],
    });
  });

  test('315: a request per AangevraagdProduct', () => {
    expect(feiten(domein, '315', aanvraag('VOT-1', 'VOT-2'))).toEqual({
      ...LEEG,
      bericht: bericht('315'),
      verzoeken: [
        { herkomst: HERKOMST, persoon: PERSOON, kenmerk: 'kenmerk VOT-1' },
        { herkomst: HERKOMST, persoon: PERSOON, kenmerk: 'kenmerk VOT-2' },
      ],
    });
  });

  test('317: one request, whatever it asks for', () => {
    const gevraagd = { ongewijzigd: ['1', '2'], gewijzigd: [{}, { nummer: '1002' }], nieuw: [{}] };
    expect(feiten(domein, '317', wijziging(gevraagd))).toEqual({
      ...LEEG,
      bericht: bericht('317'),
      verzoeken: [{ herkomst: HERKOMST, persoon: PERSOON, kenmerk: 'kenmerk VOW-1' }],
    });
  });

  test.each([
    [AFGEWEZEN, false, '1'],
    [IN_ONDERZOEK, true, null],
  ] as const)('319: an answer %s', (uitslag, inOnderzoek, redenAfwijzing) => {
    expect(feiten(domein, '319', antwoord('VOT-1', uitslag))).toEqual({
      ...LEEG,
      bericht: bericht('319'),
      antwoorden: [{ herkomst: HERKOMST, kenmerk: 'kenmerk VOT-1', inOnderzoek, redenAfwijzing }],
    });
  });

  test('323: a declaratie, and every prestatie of every client, not yet answered', () => {
    const gevonden = feiten(
      domein,
      '323',
      declaratie({}, { kenmerk: 'P2', vorig: 'P0' }, { bsn: PIET, kenmerk: 'P3', toewijzing: '0042' }),
    );
    const gewoon = {
      herkomst: HERKOMST,
      persoon: PERSOON,
      kenmerk: 'kenmerk P1',
      vorig: null,
      toewijzing: 1001,
      categorie,
      code,
      begindatum: '2026-04-01',
      einddatum: '2026-04-30',
      volume: 12,
      eenheid: '04',
      tarief: 5000,
      bedrag: 60_000,
      credit: false,
      stand: 'ingediend',
    };
    expect(gevonden).toEqual({
      ...LEEG,
      bericht: bericht('323'),
      declaraties: [
        {
          herkomst: HERKOMST,
          identificatie: 'B1',
          nummer: 'DB1',
          periode: '2026-04-01',
          dagtekening: DAG,
          basisVersie: '1.0.0',
          berichtVersie: '1.0.0',
        },
      ],
      prestaties: [
        gewoon,
        { ...gewoon, kenmerk: 'kenmerk P2', vorig: 'kenmerk P0', credit: true },
        { ...gewoon, persoon: MASKER.persoon(PIET), kenmerk: 'kenmerk P3', toewijzing: 42 },
      ],
    });
  });

  test('323: in euros a prestatie has no tariff', () => {
    const inEuros: Wijziging<'323'> = (dit, domein) => {
      declaratie({})(dit, domein);
      for (const client of dit.Declaratie.Clienten.Client)
        for (const prestatie of client.Prestaties.Prestatie) {
          prestatie.Eenheid = '83';
          prestatie.ProductTarief = undefined;
        }
    };
    expect(feiten(domein, '323', inEuros).prestaties).toMatchObject([{ eenheid: '83', tarief: null }]);
  });

  test('325: only that it was sent', () => {
    expect(feiten(domein, '325', () => {})).toEqual({ ...LEEG, bericht: bericht('325') });
  });
});

describe.each(BERICHTSOORTEN)('$code', (soort) => {
  const inhoud = inhoudVan(soort);

  test('leaves something, unless it is a retour', () => {
    const gevonden = feitenVan(soort, inhoud, PLAATS, MASKER);
    expect(gevonden === undefined).toBe(soort.aard === 'retour');
    if (!gevonden) return;
    const { Identificatie } = (inhoud.Header as Inhoud).BerichtIdentificatie as { Identificatie: string };
    const herkomst = { ...PLAATS, dagtekening: dagtekeningVan(inhoud) };
    expect(gevonden.bericht).toEqual({ nummer: soort.nummer, identificatie: Identificatie, herkomst });
    for (const { herkomst: van } of Object.values(gevonden).flat()) expect(van).toEqual(herkomst);
  });

  test('leaves no BSN, name or text of the message', () => {
    const stil: Masker = { persoon: () => '<persoon>', kenmerk: () => '<kenmerk>' };
    const tekst = JSON.stringify(feitenVan(soort, inhoud, PLAATS, stil) ?? null);
    const geheim: string[] = [];
    const zoek = (hier: unknown, naam: string): void => {
      if (Array.isArray(hier)) for (const deel of hier) zoek(deel, naam);
      else if (typeof hier === 'object' && hier !== null)
        for (const [element, deel] of Object.entries(hier)) zoek(deel, element);
      else if (GEHEIM.has(naam) && typeof hier === 'string') geheim.push(hier);
    };
    zoek(inhoud, '');
    expect(geheim.filter((waarde) => tekst.includes(JSON.stringify(waarde).slice(1, -1)))).toEqual([]);
  });
});

/** Elements that say who somebody is, or that hold free text. */
const GEHEIM: ReadonlySet<string> = new Set([
  'Bsn',
  'Achternaam',
  'Voornamen',
  'Straatnaam',
  'Plaatsnaam',
  'Postcode',
  'Telefoonnummer',
  'Emailadres',
  'Commentaar',
  'ReferentieAanbieder',
  'ReferentieNummer',
  'VorigReferentieNummer',
]);
