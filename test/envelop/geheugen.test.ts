/** A call of 25 MB costs little memory, in whatever way it is written. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { EnvelopLezer } from '#src/envelop/lees.ts';
import { STUF } from '#src/envelop/stuf.ts';
import { di01 } from './hulp.ts';

setFlagsFromString('--expose_gc');
const ruimOp = runInNewContext('gc') as () => void;
/** What is in use after everything that nobody holds was thrown away. */
const inGebruik = (): number => {
  ruimOp();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const MB = 1024 * 1024;
const MAX = MB;
const [voor = '', na = ''] = di01().split(/(?<=<GGK:xmlBestand>)[^<]+/);
const fo01 = (details: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Fo01Bericht xmlns="${STUF}"><body><detailsXML>${details}`;
const BLOK = 'QUJDREVG'.repeat(8192);
const regels = (einde: string): string => BLOK.replace(/.{76}/g, `$&${einde}`);

test.each([
  ['25 MB of base64', voor, BLOK],
  ['base64 in lines', voor, regels('\r\n')],
  ['base64 in lines with references', voor, regels('&#13;\n')],
  ['base64 in CDATA', `${voor}<![CDATA[`, BLOK],
  ['base64 between comments', voor, BLOK.replace(/.{4096}/g, '$&<!-- x -->')],
  ['white space', voor, ' '.repeat(65_536)],
  ['25 MB in detailsXML', fo01('<a>'), BLOK],
  ['25 MB in detailsXML, in CDATA', fo01('<a><![CDATA['), BLOK],
  ['25 MB in a header', '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><a>', BLOK],
])('%s: of the call nothing stays behind', async (_wat, begin, blok) => {
  let omvang = 0;
  const lezer = new EnvelopLezer((stuk) => {
    omvang += stuk.length;
  });
  lezer.lees(Buffer.from(begin));
  const stuk = Buffer.from(blok);
  const vooraf = inGebruik();
  let verwerkt = 0;
  for (; verwerkt < 25 * MB; verwerkt += stuk.length) lezer.lees(stuk);
  // The memory of a buffer is given back some time after the buffer itself.
  await expect.poll(() => inGebruik() - vooraf, { timeout: 10_000 }).toBeLessThan(MAX);
  if (begin === voor && blok === BLOK) {
    lezer.lees(Buffer.from(na));
    expect([lezer.einde().soort, omvang]).toEqual(['Di01', (verwerkt / 4) * 3]);
  }
});

test('who takes the content gets it in few pieces, however it was cut', () => {
  let stukken = 0;
  const lezer = new EnvelopLezer(() => {
    stukken += 1;
  });
  lezer.lees(Buffer.from(voor));
  for (let nr = 0; nr < 100_000; nr += 1) lezer.lees(Buffer.from('QUJD&#13;'));
  expect(stukken).toBeLessThan(50);
});
