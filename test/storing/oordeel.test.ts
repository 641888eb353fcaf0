/** Would the verdict notice? Each function is shown a round in which all is well, and then what it is there to find. */
import { describe, expect, test } from 'vitest';
import {
  bewijzenGehouden,
  juistUitgereikt,
  nietsVerzonnen,
  type Oogst,
  type Rij,
  volgordeVanZenders,
} from './oordeel.ts';
import type { Waarneming, Zending } from './types.ts';

const zending = (volgnummer: number, anders: Partial<Zending> = {}): Zending => ({
  zender: 'z',
  volgnummer,
  baan: { gemeente: '0363', aanbieder: '98000001', domein: 'iwmo' },
  berichtsoort: 'WMO301',
  afzender: '0363',
  ontvanger: '98000001',
  referentienummer: `ref${volgnummer}`,
  geldig: true,
  sha256: `sha${volgnummer}`,
  pogingen: 1,
  berichtId: `id${volgnummer}`,
  ...anders,
});
const rij = (volgnummer: number, anders: Partial<Rij> = {}): Rij => ({
  id: `id${volgnummer}`,
  referentienummer: `ref${volgnummer}`,
  oorsprong: 'aanlevering',
  toestand: 'verwerkt',
  baanId: 1,
  baanNummer: String(volgnummer),
  sha256: `sha${volgnummer}`,
  ...anders,
});
const opId = (...rijen: Rij[]): Map<string, Rij> => new Map(rijen.map((een) => [een.id, een]));
const eigen = (...zendingen: Zending[]): Map<string, Zending> =>
  new Map(zendingen.map((een) => [een.berichtId ?? '', een]));

describe('receipts', () => {
  const oordeel = (een: Zending, ...rijen: Rij[]): string[] => bewijzenGehouden(eigen(een), opId(...rijen));

  test('kept', () => expect(oordeel(zending(1), rij(1))).toEqual([]));
  test('message lost', () => expect(oordeel(zending(1))).toHaveLength(1));
  test('no outcome', () => expect(oordeel(zending(1), rij(1, { toestand: 'ontvangen' }))).toHaveLength(1));
  test('wrongly refused', () => expect(oordeel(zending(1), rij(1, { toestand: 'afgekeurd' }))).toHaveLength(1));
  test('wrongly let through', () => expect(oordeel(zending(1, { geldig: false }), rij(1))).toHaveLength(1));
  test('bytes changed', () => expect(oordeel(zending(1), rij(1, { sha256: 'x' }))).toHaveLength(1));
  test('receipts swapped', () => expect(oordeel(zending(1), rij(1, { referentienummer: 'ref2' }))).toHaveLength(1));
});

describe('nothing made up', () => {
  test('one message of one upload, with or without receipt', () => {
    expect(nietsVerzonnen([rij(1), rij(2)], [zending(1), zending(2), zending(3)])).toEqual([]);
  });
  test('a message that nobody sent', () => expect(nietsVerzonnen([rij(1)], [])).toHaveLength(1));
  test('stored twice', () => {
    expect(nietsVerzonnen([rij(1), rij(1, { id: 'ander' })], [zending(1)])).toHaveLength(1);
  });
});

describe('order of a sender', () => {
  test('kept', () => expect(volgordeVanZenders([zending(1), zending(2)], opId(rij(1), rij(2)))).toEqual([]));
  test('turned round', () => {
    const rijen = opId(rij(1, { baanNummer: '9' }), rij(2, { baanNummer: '8' }));
    expect(volgordeVanZenders([zending(1), zending(2)], rijen)).toHaveLength(1);
  });
  test('numbers of two lanes are not compared', () => {
    const rijen = opId(rij(1, { baanNummer: '9' }), rij(2, { baanId: 2, baanNummer: '8' }));
    expect(volgordeVanZenders([zending(1), zending(2)], rijen)).toEqual([]);
  });
});

describe('handing out', () => {
  const lease = (van: number, anders: Partial<Waarneming> = {}): Waarneming => ({
    poller: `p${van}`,
    berichtId: 'id1',
    berichtsoort: 'WMO301',
    sha256: 'sha1',
    gevraagdOp: van,
    gekregenOp: van + 10,
    leaseMs: 1000,
    ...anders,
  });
  const oordeel = (bevestigdOp: number | undefined, ...waarnemingen: Waarneming[]): string[] => {
    const bevestigd = new Map(bevestigdOp === undefined ? [] : [['id1', bevestigdOp]]);
    const oogst: Oogst = { waarnemingen, bevestigd, problemen: [] };
    return juistUitgereikt(oogst, [rij(1)], opId(rij(1)), eigen(zending(1)));
  };

  test('once, and confirmed', () => expect(oordeel(50, lease(0))).toEqual([]));
  test('again after a lease ended', () => expect(oordeel(1500, lease(0), lease(1001))).toEqual([]));
  test('never confirmed', () => expect(oordeel(undefined, lease(0))).toHaveLength(1));
  test('to two pollers at once', () => expect(oordeel(500, lease(0), lease(100))).toHaveLength(1));
  test('after its confirmation', () => expect(oordeel(50, lease(0), lease(2000))).toHaveLength(1));
  test('other bytes', () => expect(oordeel(50, lease(0, { sha256: 'x' }))).toHaveLength(1));
});
