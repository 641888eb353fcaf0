/** The script of a simulation: repeatable, plausible, and right wherever it means to be. Pure: nothing is sent. */
import { describe, expect, test } from 'vitest';
import { laadKalender } from '#src/koppeling/feestdagen.ts';
import { plusDagen } from '#src/koppeling/kalender.ts';
import { maakDraaiboek } from '#src/simulator/draaiboek/maak.ts';
import type { Draaiboek, Simulatiekeuze, Zending } from '#src/simulator/draaiboek/types.ts';
import { totNu } from '#src/simulator/simuleer.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { controleerTot } from '../hulp/controle.ts';

const kalender = await laadKalender();
const KLEIN: Simulatiekeuze = { zaad: 1, vandaag: '2026-11-27', maanden: 1, gemeenten: 2, aanbieders: 4 };
const RUIM: Simulatiekeuze = {
  zaad: 3,
  vandaag: '2026-11-27',
  maanden: 3,
  gemeenten: 5,
  aanbieders: 14,
  berichten: 700,
};
const ruim = maakDraaiboek(RUIM, kalender);

const afdruk = ({ zendingen }: Draaiboek): readonly unknown[] =>
  zendingen.map(({ bytes, soort, ...rest }) => ({ ...rest, soort: soort.code, bytes: bytes.toString('base64') }));
const heenVan = ({ zendingen }: Draaiboek): ReadonlyMap<string, Zending> =>
  new Map(zendingen.map((zending) => [zending.referentienummer, zending]));

test('the same seed and day give the same messages, byte for byte; another seed gives others', () => {
  expect(afdruk(maakDraaiboek(KLEIN, kalender))).toEqual(afdruk(maakDraaiboek(KLEIN, kalender)));
  const ander = maakDraaiboek({ ...KLEIN, zaad: 2 }, kalender);
  const eigen = heenVan(maakDraaiboek(KLEIN, kalender));
  expect(ander.zendingen.some(({ referentienummer }) => eigen.has(referentienummer))).toBe(false);
});

test('what is meant to be right is right at levels 1 and 2, and what is meant to be wrong is wrong as it was meant', () => {
  const uitslagen = ruim.zendingen.map(({ soort, bytes, lot }) => {
    const fouten = controleerTot(2, bytes, soort).bevindingen.filter(({ ernst }) => ernst === 'fout');
    const niveau = fouten.length === 0 ? 0 : Math.min(...fouten.map((fout) => fout.niveau));
    return { soort: soort.code, lot, niveau };
  });
  expect(uitslagen.filter(({ lot, niveau }) => lot === 'bezorgd' && niveau !== 0)).toEqual([]);
  expect(uitslagen.filter(({ lot, niveau }) => (lot === 'xsd') !== (niveau === 1))).toEqual([]);
  // What only earlier messages show, passes these levels.
  expect(uitslagen.some(({ lot, niveau }) => lot === 'afgekeurd' && niveau === 2)).toBe(true);
});

describe('the order of things', () => {
  const heen = heenVan(ruim);

  test('an answer comes after what it answers was handled, goes the other way, and there is one of it', () => {
    const antwoorden = ruim.zendingen.filter(({ kruisreferentie }) => kruisreferentie !== null);
    expect(new Set(antwoorden.map(({ kruisreferentie }) => kruisreferentie)).size).toBe(antwoorden.length);
    for (const { kruisreferentie, moment, soort, afzender, ontvanger } of antwoorden) {
      const op = heen.get(kruisreferentie ?? '');
      expect(op?.lot).toBe('bezorgd');
      expect(op?.antwoord).toBeNull();
      expect(moment).toBeGreaterThan(op?.verwerkt ?? Number.POSITIVE_INFINITY);
      expect([op?.soort.code, op?.afzender, op?.ontvanger]).toEqual([soort.antwoordOp, ontvanger, afzender]);
    }
  });

  test('everything lies within the simulated time: handled after it came in, fetched after it was delivered', () => {
    for (const { moment, verwerkt, opgehaald, antwoordOpgehaald } of ruim.zendingen) {
      expect(moment).toBeGreaterThanOrEqual(ruim.van);
      expect(verwerkt).toBeGreaterThan(moment);
      for (const ophaling of [opgehaald, antwoordOpgehaald]) {
        if (!ophaling) continue;
        expect(ophaling.op).toBeGreaterThan(verwerkt);
        expect(ophaling.bevestigd).toBeGreaterThan(ophaling.op);
        expect(ophaling.bevestigd).toBeLessThan(ruim.tot + 60_000);
      }
    }
    const momenten = ruim.zendingen.map(({ moment }) => moment);
    expect(momenten).toEqual(momenten.toSorted((a, b) => a - b));
  });

  test('nothing comes later than the moment at which it is played', () => {
    const nu = ruim.van + 30 * 86_400_000;
    const { zendingen, wmo } = totNu(ruim, nu);
    expect(zendingen.length).toBeGreaterThan(0);
    const momenten = zendingen.flatMap(({ verwerkt, opgehaald }) => [verwerkt, opgehaald?.bevestigd ?? 0]);
    expect(Math.max(...momenten, ...wmo.map(({ moment }) => moment))).toBeLessThan(nu);
  });
});

test('a small simulation has all 28 soorten, on whatever day it ends', () => {
  const alle = BERICHTSOORTEN.map(({ code }) => code).sort();
  for (let nr = 0; nr < 8; nr += 1) {
    const vandaag = plusDagen('2026-01-01', nr * 41);
    const { zendingen } = totNu(maakDraaiboek({ ...KLEIN, vandaag }, kalender), Date.parse(`${vandaag}T07:00:00Z`));
    const soorten = new Set(zendingen.flatMap(({ soort, antwoord }) => [soort.code, antwoord]));
    expect([...soorten].filter((code) => code !== null && code !== 'Fo01').sort(), vandaag).toEqual(alle);
  }
});

test('lives have their faults: refused messages, late and missing answers, post that nobody fetches, and most declaraties early in the month', () => {
  const deel = (zendingen: readonly Zending[], zo: (zending: Zending) => boolean): number =>
    zendingen.filter(zo).length / zendingen.length;
  const heenberichten = ruim.zendingen.filter(({ soort }) => soort.aard === 'heen');
  expect(deel(heenberichten, ({ lot }) => lot !== 'bezorgd')).toBeGreaterThan(0.02);
  expect(deel(heenberichten, ({ lot }) => lot !== 'bezorgd')).toBeLessThan(0.1);
  const declaraties = heenberichten.filter(({ soort }) => soort.nummer === '323');
  expect(deel(declaraties, ({ moment }) => new Date(moment).getUTCDate() <= 12)).toBeGreaterThan(0.6);
  const heen = heenVan(ruim);
  const laat = ruim.zendingen.filter(({ kruisreferentie, moment }) => {
    const op = kruisreferentie === null ? undefined : heen.get(kruisreferentie);
    return op !== undefined && moment - op.verwerkt > 6 * 86_400_000;
  });
  expect(laat.length).toBeGreaterThan(5);
  const beantwoord = new Set(ruim.zendingen.map(({ kruisreferentie }) => kruisreferentie));
  const zonder = heenberichten.filter(
    ({ lot, antwoord, referentienummer }) =>
      lot === 'bezorgd' && antwoord === null && !beantwoord.has(referentienummer),
  );
  expect(zonder.length).toBeGreaterThan(3);
  expect(ruim.zendingen.some(({ lot, opgehaald }) => lot === 'bezorgd' && opgehaald === null)).toBe(true);
});
