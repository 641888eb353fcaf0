/** A large JW323: valid, with as many prestaties as asked, each as large as those of the example. */
import type { Sjabloon } from './berichten.ts';

const PRESTATIES_PER_CLIENT = 10;
const EERSTE_TEST_BSN = 999_900_006;
const CENT_PER_PRESTATIE = 74_250;
const GEWICHTEN = [9, 8, 7, 6, 5, 4, 3, 2, -1] as const;

/** Does the number satisfy the check of a BSN (the elfproef)? */
const isBsn = (getal: number): boolean =>
  [...String(getal)].reduce((som, cijfer, nr) => som + Number(cijfer) * (GEWICHTEN[nr] ?? 0), 0) % 11 === 0;

export function* testBsns(): Generator<number> {
  for (let bsn = EERSTE_TEST_BSN; ; bsn += 1) if (isBsn(bsn)) yield bsn;
}

/** Real senders indent deeper than the example does. */
const INSPRING = ' '.repeat(5);

const prestatie = (nr: number): string =>
  `
          <Prestatie>
            <ProductReferentie>
              <ijw:ReferentieNummer>J2603-${String(nr).padStart(6, '0')}</ijw:ReferentieNummer>
            </ProductReferentie>
            <ToewijzingNummer>${34_000_000 + nr}</ToewijzingNummer>
            <ProductCategorie>45</ProductCategorie>
            <ProductCode>45A04</ProductCode>
            <ProductPeriode>
              <ijw:Begindatum>2026-03-01</ijw:Begindatum>
              <ijw:Einddatum>2026-03-31</ijw:Einddatum>
            </ProductPeriode>
            <GeleverdVolume>450</GeleverdVolume>
            <Eenheid>01</Eenheid>
            <ProductTarief>165</ProductTarief>
            <IngediendBedrag>
              <ijw:Bedrag>${CENT_PER_PRESTATIE}</ijw:Bedrag>
              <ijw:DebetCredit>D</ijw:DebetCredit>
            </IngediendBedrag>
          </Prestatie>`.replaceAll('\n', `\n${INSPRING}`);

/**
 * Puts other clients in an example.
 * @param basis JW323 with its parties filled in; what stands between the tags Clienten is replaced
 */
export function groteDeclaratie(basis: Sjabloon, prestaties: number): Buffer {
  const tekst = basis.bytes.toString('utf8');
  const bsns = testBsns();
  const clienten: string[] = [];
  for (let nr = 0; nr < prestaties; nr += PRESTATIES_PER_CLIENT) {
    const eigen = Array.from({ length: Math.min(PRESTATIES_PER_CLIENT, prestaties - nr) }, (_, i) => prestatie(nr + i));
    clienten.push(`
      <Client>
        <Bsn>${bsns.next().value}</Bsn>
        <Prestaties>${eigen.join('')}
        </Prestaties>
      </Client>`);
  }
  const kop = tekst.slice(0, tekst.indexOf('<Clienten>') + '<Clienten>'.length);
  const staart = tekst.slice(tekst.indexOf('</Clienten>'));
  const totaal = kop.replace(/(<ijw:TotaalBedrag>)[^<]*/, `$1${prestaties * CENT_PER_PRESTATIE}`);
  return Buffer.from(`${totaal}${clienten.join('')}\n    ${staart}`);
}
