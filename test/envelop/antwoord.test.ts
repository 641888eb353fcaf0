/** What a receiver answers to a push: only a Bv03 is a Bv03, whatever else comes back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leesAntwoord } from '#src/envelop/antwoord-lees.ts';
import { schrijfBv03, schrijfFo03 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { StufFout } from '#src/envelop/stuf-fout.ts';
import { di01, GEGEVENS, KRUISREFERENTIE } from './hulp.ts';

const lees = (antwoord: string) => leesAntwoord(Buffer.from(antwoord));
const bv03 = inSoap(schrijfBv03(GEGEVENS)).toString();
const fo03 = schrijfFo03(new StufFout('envelopOngeldig', 'x'), GEGEVENS).toString();
const fault = (inhoud: string): string => inSoap(Buffer.from(`<soap:Fault>${inhoud}</soap:Fault>`)).toString();

describe('a confirmation', () => {
  test('names the call that it confirms, right or wrong', () => {
    expect(lees(bv03)).toEqual({ soort: 'bevestigd', crossRefnummer: KRUISREFERENTIE });
    expect(lees(bv03.replace(KRUISREFERENTIE, 'other'))).toEqual({ soort: 'bevestigd', crossRefnummer: 'other' });
  });

  test.each([
    ['without the rest', bv03.replace(/<StUF:zender>.*<StUF:crossRefnummer>/s, '<StUF:crossRefnummer>')],
    ['with white space', bv03.replace(KRUISREFERENTIE, `\n ${KRUISREFERENTIE}\n`)],
    ['with an empty berichtcode', bv03.replace('>Bv03<', '><')],
    ['with more in it', bv03.replace('</StUF:Bv03Bericht>', '<x xmlns="y"/></StUF:Bv03Bericht>')],
  ])('may be sloppy: %s', (_wat, antwoord) => {
    expect(lees(antwoord)).toEqual({ soort: 'bevestigd', crossRefnummer: KRUISREFERENTIE });
  });

  test.each([
    ['without crossRefnummer', bv03.replace(KRUISREFERENTIE, '')],
    ['that calls itself something else', bv03.replace('>Bv03<', '>Fo03<')],
    ['in another namespace', bv03.replace('StUF0301"', 'StUF0204"')],
    [
      'in SOAP 1.2',
      bv03.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
    ],
    ['without an envelope', schrijfBv03(GEGEVENS).toString()],
    ['of which the end is missing', bv03.slice(0, -20)],
    ['twice', bv03.replace(/<StUF:Bv03.*<\/StUF:Bv03Bericht>/s, '$&$&')],
    ['with a DTD', bv03.replace('<soap:Envelope', '<!DOCTYPE a [<!ENTITY x "y">]><soap:Envelope')],
    ['in another element', bv03.replaceAll('Bv03Bericht', 'Bv01Bericht')],
  ])('is none: %s', (_wat, antwoord) => {
    expect(lees(antwoord)).toEqual({ soort: 'onbegrepen' });
  });
});

describe('a fault', () => {
  test('with Fo03 tells the code, and whose fault it is', () => {
    expect(lees(fo03)).toEqual({ soort: 'fo03', code: 'StUF055', plek: 'client', crossRefnummer: KRUISREFERENTIE });
    expect(lees(fo03.replace('>client<', '>server<'))).toMatchObject({ plek: 'server' });
    expect(lees(fo03.replace('>client<', '> Server <'))).toMatchObject({ plek: 'server' });
    expect(lees(fo03.replace('>client<', '>LVO<'))).toMatchObject({ plek: null });
  });

  test('never brings the text of the receiver with it', () => {
    const praat = fo03
      .replace('>StUF055<', '>Jansen 999900006<')
      .replace(/(?<=omschrijving>)[^<]+/, 'Jansen 999900006');
    expect(JSON.stringify(lees(praat))).not.toMatch(/Jansen|9999/);
    expect(lees(praat)).toMatchObject({ soort: 'fo03', code: null });
  });

  test('may bring back the whole call', () => {
    const terug = di01({ inhoud: Buffer.alloc(200_000) }).replace(/^<\?xml.*?\?>/, '');
    const groot = fo03.replace('</StUF:body>', `<StUF:detailsXML>${terug}</StUF:detailsXML></StUF:body>`);
    expect(lees(groot)).toMatchObject({ soort: 'fo03', code: 'StUF055' });
  });

  test.each([
    ['<faultcode>soap:Server</faultcode><faultstring>x</faultstring>', 'server'],
    ['<faultcode>soap:Client</faultcode><faultstring>x</faultstring>', 'client'],
    ['<faultcode>soap:Client.Authentication</faultcode>', 'client'],
    ['<faultcode>Server</faultcode><detail><x/></detail>', 'server'],
    ['<soap:faultcode>soap:Server</soap:faultcode>', 'server'],
    ['<faultcode>soap:MustUnderstand</faultcode>', null],
    ['<faultcode/>', null],
    ['', null],
    ['<detail><Fo03Bericht/></detail>', null],
  ])('without Fo03: %s', (inhoud, plek) => {
    expect(lees(fault(inhoud))).toEqual({ soort: 'soapFault', plek });
  });
});

describe('anything else is not understood, and does no harm', () => {
  test.each([
    ['nothing', ''],
    ['HTML', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['HTML that is XML', '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'],
    ['JSON', '{"ok":true}'],
    ['an empty body', inSoap(Buffer.alloc(0)).toString()],
    ['our own call', di01()],
    ['a bomb', `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>`],
    ['levels', '<a>'.repeat(100_000)],
  ])('%s', (_wat, antwoord) => {
    expect(lees(antwoord)).toEqual({ soort: 'onbegrepen' });
  });

  test('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(leesAntwoord(bytes)).toEqual({ soort: 'onbegrepen' });
      }),
    );
  });

  test('changed bytes: an answer of one of the kinds, never an error', () => {
    const plaatsen = fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.constantFrom(bv03, fo03), plaatsen, (antwoord, wijzigingen) => {
        const bytes = Buffer.from(antwoord);
        for (const [deel, byte] of wijzigingen) bytes[Math.floor(deel * bytes.length)] = byte;
        expect(['bevestigd', 'fo03', 'soapFault', 'onbegrepen']).toContain(leesAntwoord(bytes).soort);
      }),
      { numRuns: 1000 },
    );
  });
});
