/** The trip of a message, for every berichtsoort: from its sender to the receiver who confirms that it has it. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { heenberichtVoor, maakBericht, type Partijen, partijen } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, blader, bytesVan, haalOp, verstuur, volg } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

/** A lane for each soort, so that one that goes wrong does not lie in the way of the next. */
function eigenBaan(code: string, nr: number): { readonly echt: Partijen; readonly bytes: Buffer } {
  const aanbieder = String(98000011 + nr);
  const vervang = (partij: string): string => (partij.length === 8 ? aanbieder : partij);
  const { afzender, ontvanger } = partijen(code);
  const echt = { afzender: vervang(afzender), ontvanger: vervang(ontvanger) };
  const retour = BERICHTSOORTEN.find((rij) => rij.code === code)?.aard === 'retour';
  const kop = retour ? { afzender: echt.ontvanger, ontvanger: echt.afzender } : echt;
  return { echt, bytes: maakBericht(code, kop) };
}

describe.each(BERICHTSOORTEN.map(({ code }, nr) => ({ code, ...eigenBaan(code, nr) })))('$code', (reis) => {
  const { code, echt, bytes } = reis;
  const afzender = knooppunt.client(echt.afzender);
  const ontvanger = knooppunt.client(echt.ontvanger);
  const referentienummer = randomUUID();
  let berichtId = '';

  beforeAll(async () => {
    const heen = heenberichtVoor(code, echt);
    if (heen) await verstuur(ontvanger, heen);
  });

  test('the receipt names who really sends, and the outcome comes within the wait', async () => {
    const bewijs = await verstuur(afzender, bytes, referentienummer);
    berichtId = bewijs.berichtId;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(bewijs).toMatchObject({ ...echt, berichtsoort: code, release: '3.2', status: 'verwerkt', referentienummer });
    expect(bewijs).toMatchObject({ sha256, omvang: bytes.length, antwoorden: [] });
  });

  test('browsing shows it to the ontvanger, and not in the postbus of the afzender', async () => {
    const regel = {
      berichtId,
      berichtsoort: code,
      afzender: echt.afzender,
      referentienummer,
      bezorging: 'te_bezorgen',
    };
    expect((await blader(ontvanger, echt.ontvanger)).filter((rij) => rij.berichtId === berichtId)).toMatchObject([
      regel,
    ]);
    expect((await blader(afzender, echt.afzender)).filter((rij) => rij.berichtId === berichtId)).toEqual([]);
  });

  test('the content is byte for byte what was sent', async () => {
    const opgehaald = await haalOp(ontvanger, echt.ontvanger, { aantal: 100 });
    const stuk = opgehaald.find((rij) => rij.berichtId === berichtId);
    expect(stuk && bytesVan(stuk).equals(bytes)).toBe(true);
    for (const partij of [afzender, ontvanger]) {
      const { status, lichaam } = await partij.inhoud(berichtId);
      expect([status, lichaam.equals(bytes)]).toEqual([200, true]);
    }
  });

  test('once confirmed it is out of the postbus, and every step is there in order of time', async () => {
    expect((await volg(afzender, berichtId)).bezorging).toBe('opgehaald');
    await bevestig(ontvanger, echt.ontvanger, [berichtId]);
    expect((await blader(ontvanger, echt.ontvanger)).map((rij) => rij.berichtId)).not.toContain(berichtId);
    for (const partij of [afzender, ontvanger]) {
      const { stappen, bezorging } = await volg(partij, berichtId);
      expect(bezorging).toBe('bevestigd');
      expect(stappen.map(({ stap, actor }) => [stap, actor])).toEqual([
        ['ontvangen', `demo-${echt.afzender}`],
        ['verwerkt', 'knooppunt'],
        ['in postbus', 'knooppunt'],
        ['opgehaald', echt.ontvanger],
        ['bevestigd', echt.ontvanger],
      ]);
      const tijden = stappen.map(({ tijdstip }) => Date.parse(tijdstip));
      expect(tijden).toEqual(tijden.toSorted((a, b) => a - b));
    }
  });
});
