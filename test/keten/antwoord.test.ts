/** The answers of the switch: for a receiver that leaves answering to it, and to a sender whose message does not satisfy its XSD. */
import { randomUUID } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, describe, expect, test } from 'vitest';
import type { Berichtsoort } from '#src/standards/catalogus.ts';
import { HEENBERICHTEN, maakBericht, partijen, soort, vervang, voorbeeld, waardeVan } from '../hulp/berichten.ts';
import type { Opgehaald } from '../hulp/client.ts';
import { controleerTot } from '../hulp/controle.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, bevindingenVan, blader, bytesVan, haalOp, stelIn, verstuur, volg } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

const lezer = new XMLParser({ removeNSPrefix: true, parseTagValue: false, isArray: (naam) => naam === 'bevinding' });

/** Empties a postbus and says what was in it. */
async function leeg(postbus: string): Promise<readonly Opgehaald[]> {
  const client = knooppunt.client(postbus);
  const post = await haalOp(client, postbus, { aantal: 100 });
  if (post.length > 0)
    await bevestig(
      client,
      postbus,
      post.map(({ berichtId }) => berichtId),
    );
  return post;
}

function controleerAntwoord(heen: Berichtsoort, bytes: Buffer): void {
  const antwoord = soort(String(heen.antwoord));
  expect(controleerTot(1, bytes, antwoord).bevindingen).toEqual([]);
  const { Header, DeclaratieAntwoord, ...rest } = lezer.parse(bytes).Bericht;
  expect(Header.BerichtCode).toBe(antwoord.berichtcode);
  expect(rest.Client ?? rest.Antwoord).toBeUndefined();
  if (antwoord.aard === 'retour') {
    expect([Header.RetourCodes, DeclaratieAntwoord]).toEqual([undefined, undefined]);
    return;
  }
  expect(Header.RetourCodes.RetourCode).toBe('0200');
  expect(DeclaratieAntwoord.RetourCodes.RetourCode).toBe('8001');
  expect(DeclaratieAntwoord.TotaalToegekendBedrag).toEqual(DeclaratieAntwoord.TotaalIngediendBedrag);
  expect(DeclaratieAntwoord.Clienten).toBeUndefined();
}

describe.each(HEENBERICHTEN)('$code with retour: knooppunt', (heen) => {
  const { afzender, ontvanger } = partijen(heen.code);

  test('the afzender gets one approval, and the ontvanger gets its bericht', async () => {
    await stelIn(knooppunt.client(ontvanger), ontvanger, heen.domein, { retour: 'knooppunt' });
    const referentienummer = randomUUID();
    const client = knooppunt.client(afzender);
    const { berichtId } = await verstuur(client, maakBericht(heen.code), referentienummer);

    const post = await leeg(afzender);
    const verwacht = { berichtsoort: heen.antwoord, afzender: ontvanger, crossReferentienummer: referentienummer };
    expect(post).toMatchObject([verwacht]);
    for (const stuk of post) controleerAntwoord(heen, bytesVan(stuk));
    const { status, antwoorden } = await volg(client, berichtId);
    expect(status).toBe('verwerkt');
    expect(antwoorden).toEqual(post.map(({ berichtId: id, berichtsoort }) => ({ berichtId: id, berichtsoort })));
    const opgesteld = await volg(client, String(post[0]?.berichtId));
    expect(opgesteld).toMatchObject({ heenberichtId: berichtId, ontvanger: afzender, bezorging: 'bevestigd' });
    expect(opgesteld.stappen.map(({ stap }) => stap)).toEqual(['opgesteld', 'in postbus', 'opgehaald', 'bevestigd']);
    expect((await leeg(ontvanger)).map((stuk) => stuk.berichtId)).toEqual([berichtId]);
  });

  test('an ontvanger that answers itself gets no answer from the knooppunt in its name', async () => {
    await stelIn(knooppunt.client(ontvanger), ontvanger, heen.domein, { retour: 'zelf' });
    const { berichtId } = await verstuur(knooppunt.client(afzender), maakBericht(heen.code));
    expect(await leeg(afzender)).toEqual([]);
    expect((await leeg(ontvanger)).map((stuk) => stuk.berichtId)).toEqual([berichtId]);
  });

  test('without a check (level 0) the knooppunt does not read the content, and does not answer', async () => {
    const keuze = { retour: 'knooppunt', controleniveau: 0 };
    await stelIn(knooppunt.client(ontvanger), ontvanger, heen.domein, keuze);
    const { status } = await verstuur(knooppunt.client(afzender), maakBericht(heen.code, { geldig: false }));
    expect([status, (await leeg(ontvanger)).length, await leeg(afzender)]).toEqual(['verwerkt', 1, []]);
    await stelIn(knooppunt.client(ontvanger), ontvanger, heen.domein, { retour: 'knooppunt', controleniveau: 2 });
  });
});

describe.each(HEENBERICHTEN)('$code that does not conform to its XSD', (heen) => {
  const { afzender, ontvanger } = partijen(heen.code);
  const fouten = { BerichtVersie: '4', Dagtekening: '2026-13-01', BasisschemaXsdVersie: 'een' };
  const xml = Object.entries(fouten).reduce(
    (tekst, [naam, waarde]) => vervang(tekst, naam, waarde),
    voorbeeld(heen.code),
  );
  const regelVan = (naam: string): number =>
    xml.slice(0, xml.search(new RegExp(`<(?:\\w+:)?${naam}>`))).split('\n').length;

  test('does not arrive; the afzender gets one Fo01 with line, path and text of every error', async () => {
    const referentienummer = randomUUID();
    const client = knooppunt.client(afzender);
    const { berichtId, status } = await verstuur(client, Buffer.from(xml), referentienummer);
    expect(status).toBe('afgekeurd');
    expect(await leeg(ontvanger)).toEqual([]);
    expect(await blader(knooppunt.client(ontvanger), ontvanger)).toEqual([]);

    const post = await leeg(afzender);
    expect(post).toMatchObject([{ berichtsoort: 'Fo01', afzender: 'BIDN', crossReferentienummer: referentienummer }]);
    const { stuurgegevens, body } = lezer.parse(post.map(bytesVan)[0] ?? '').Fo01Bericht;
    expect(stuurgegevens).toMatchObject({ berichtcode: 'Fo01', crossRefnummer: referentienummer });
    expect(stuurgegevens.ontvanger.organisatie).toBe(afzender);
    expect(body).toMatchObject({ code: 'IB014', plek: 'client', details: `${heen.code}-00030002` });
    expect(body.omschrijving.length).toBeLessThanOrEqual(200);

    const bevindingen = await bevindingenVan(client, berichtId);
    const regels = new Set(bevindingen.map(({ regelnummer }) => regelnummer));
    expect(regels).toEqual(new Set(Object.keys(fouten).map(regelVan)));
    for (const { niveau, regel, ernst } of bevindingen) expect([niveau, regel, ernst]).toEqual([1, 'XSD', 'fout']);
    expect(bevindingen.map(({ pad }) => pad)).toContain('/Bericht/Header/XsdVersie/BasisschemaXsdVersie');
    // The refused message with its envelope, first, as the specification has it; then our findings.
    expect(Object.keys(body.detailsXML)).toEqual([expect.stringMatching(/^envelop/), 'bevindingen']);
    const envelop = Object.values(body.detailsXML)[0] as {
      stuurgegevens: Record<string, string>;
      parameters: { bericht: { xmlBestand: string } };
    };
    expect(envelop.stuurgegevens).toMatchObject({ referentienummer, functie: heen.code });
    expect(Buffer.from(envelop.parameters.bericht.xmlBestand, 'base64').toString()).toBe(xml);
    expect(body.detailsXML.bevindingen.bevinding).toEqual(
      bevindingen.map(({ regel, regelnummer, pad, melding }) => ({
        regel,
        regelnummer: String(regelnummer),
        pad,
        melding,
      })),
    );
  });

  test('the ontvanger sees that it was rejected, but not what was in it', async () => {
    const { berichtId } = await verstuur(knooppunt.client(afzender), Buffer.from(xml));
    const client = knooppunt.client(ontvanger);
    expect(await volg(client, berichtId)).toMatchObject({ status: 'afgekeurd', bezorging: null });
    expect((await client.inhoud(berichtId)).status).toBe(404);
    expect((await knooppunt.client(afzender).inhoud(berichtId)).lichaam.toString()).toBe(xml);
    await leeg(afzender);
  });
});

test('an afzender that reads foutlijst 2.1 gets StUF055 from IB', async () => {
  const { afzender } = partijen('WMO305');
  await stelIn(knooppunt.client(afzender), afzender, 'iwmo', { foutlijst: '2.1' });
  await verstuur(knooppunt.client(afzender), maakBericht('WMO305', { geldig: false }));
  const post = await leeg(afzender);
  expect(post).toMatchObject([{ berichtsoort: 'Fo01', afzender: 'IB' }]);
  expect(post.map((stuk) => waardeVan(bytesVan(stuk), 'code'))).toEqual(['StUF055']);
});
