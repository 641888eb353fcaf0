/** Breaks of the rules in gedeeld/bedragen.ts. */
import { type Breuk, breuk } from './breuk.ts';
import { anders, beantwoord, type Declaratiebericht, ENIGE, ENIGE_IN_ANTWOORD, een } from './declaratie.ts';

const TOTAAL = '/Bericht/Declaratie/TotaalIngediendBedrag';
const ANTWOORD = '/Bericht/DeclaratieAntwoord';
const NIETS = { volume: '0', bedrag: '0' } as const;

const zetTotaal = (TotaalBedrag: string, DebetCredit: string) => (bericht: Declaratiebericht) => {
  bericht.Declaratie.TotaalIngediendBedrag = { TotaalBedrag, DebetCredit };
};

/** A hundred minutes; 92 cents is what remains per minute of an hourly tariff from 54,90 up to and including 55,49. */
const MINUTEN = { eenheid: '01', volume: '100', tarief: '92' } as const;

export const BEDRAGBREUKEN: readonly Breuk[] = [
  breuk('CS325', '323', 'Declaratie', 'TotaalIngediendBedrag.DebetCredit', {
    vooraf: anders([{}, { vorig: 'OUD-1', dc: 'C' }]),
    breek: zetTotaal('000', 'C'),
    pad: `${TOTAAL}/DebetCredit`,
  }),
  breuk('CS325', '323', 'Prestatie', 'IngediendBedrag.DebetCredit', {
    vooraf: een(NIETS),
    breek: een({ ...NIETS, vorig: 'OUD-1', dc: 'C' }),
    pad: `${ENIGE}/IngediendBedrag/DebetCredit`,
  }),
  breuk('CS325', '325', 'DeclaratieAntwoord', 'TotaalIngediendBedrag.DebetCredit', {
    vooraf: (bericht) => beantwoord(bericht, { ingediend: '0', toegekend: '0', codes: ['8001'] }),
    breek: (bericht) => beantwoord(bericht, { ingediend: '-0', toegekend: '0', codes: ['8001'] }),
    pad: `${ANTWOORD}/TotaalIngediendBedrag/DebetCredit`,
  }),
  breuk('CS325', '325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag.DebetCredit', {
    vooraf: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '0', codes: ['9333'] }),
    breek: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '-0', codes: ['9333'] }),
    pad: `${ANTWOORD}/TotaalToegekendBedrag/DebetCredit`,
  }),
  breuk('CS325', '325', 'Prestatie', 'IngediendBedrag.DebetCredit', {
    vooraf: (bericht) => beantwoord(bericht, { ingediend: '5', toegekend: '5', afgewezen: [NIETS] }),
    breek: (bericht) =>
      beantwoord(bericht, { ingediend: '5', toegekend: '5', afgewezen: [{ ...NIETS, vorig: 'OUD-1', dc: 'C' }] }),
    pad: `${ENIGE_IN_ANTWOORD}/IngediendBedrag/DebetCredit`,
  }),
  breuk('CS339', '323', 'Prestatie', 'IngediendBedrag', {
    vooraf: een({ eenheid: '83', tarief: '', volume: '010000', bedrag: '10000' }),
    breek: een({ eenheid: '83', tarief: '', volume: '9999', bedrag: '10000' }),
    pad: `${ENIGE}/IngediendBedrag`,
  }),
  breuk('TR342', '325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag', {
    vooraf: (bericht) =>
      beantwoord(bericht, { ingediend: '-5000', toegekend: '-15000', afgewezen: [{}, { ...NIETS, dc: 'D' }] }),
    breek: (bericht) => beantwoord(bericht, { ingediend: '-5000', toegekend: '-14999', afgewezen: [{}] }),
    pad: `${ANTWOORD}/TotaalToegekendBedrag`,
  }),
  breuk('TR342', '325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag', {
    vooraf: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '10000', codes: ['8001'] }),
    breek: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '9999', codes: ['8001'] }),
    pad: `${ANTWOORD}/TotaalToegekendBedrag`,
  }),
  // With signs 10000 - 30000 = -20000; only without them is it the difference of 40000.
  breuk('TR342', '325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag', {
    vooraf: (bericht) =>
      beantwoord(bericht, {
        ingediend: '50000',
        toegekend: '70000',
        afgewezen: [{}, { bedrag: '30000', dc: 'C', vorig: 'OUD-1' }],
      }),
    breek: (bericht) =>
      beantwoord(bericht, {
        ingediend: '50000',
        toegekend: '10000',
        afgewezen: [{}, { bedrag: '30000', dc: 'C', vorig: 'OUD-1' }],
      }),
    pad: `${ANTWOORD}/TotaalToegekendBedrag`,
    ernst: 'waarschuwing',
  }),
  breuk('TR342', '325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag', {
    vooraf: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '0', codes: ['9333'] }),
    breek: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '10000', codes: ['0200', '9333'] }),
    pad: `${ANTWOORD}/TotaalToegekendBedrag`,
  }),
  breuk('TR342', '325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag', {
    breek: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '0', codes: ['0233'] }),
    pad: `${ANTWOORD}/TotaalToegekendBedrag`,
    ernst: 'waarschuwing',
  }),
  breuk('TR346', '323', 'Prestatie', 'IngediendBedrag', {
    breek: een({ bedrag: '10001' }),
    pad: `${ENIGE}/IngediendBedrag`,
  }),
  // A credit cannot be refused for more than a technical fault (IV085).
  breuk('TR346', '323', 'Prestatie', 'IngediendBedrag', {
    vooraf: een({ dc: 'C', vorig: 'OUD-1' }),
    breek: een({ bedrag: '10001', dc: 'C', vorig: 'OUD-1' }),
    pad: `${ENIGE}/IngediendBedrag`,
    ernst: 'waarschuwing',
  }),
  // No hourly tariff gives 92 cents per minute and 9250 cents for 100 minutes: from 55,50 on it is 93 cents.
  breuk('TR346', '323', 'Prestatie', 'IngediendBedrag', {
    vooraf: een({ ...MINUTEN, bedrag: '9167' }),
    breek: een({ ...MINUTEN, bedrag: '9250' }),
    pad: `${ENIGE}/IngediendBedrag`,
  }),
  breuk('TR346', '323', 'Prestatie', 'IngediendBedrag', {
    vooraf: een({ ...MINUTEN, bedrag: '9200' }),
    breek: een({ ...MINUTEN, eenheid: '04', bedrag: '9167' }),
    pad: `${ENIGE}/IngediendBedrag`,
  }),
  breuk('TR358', '323', 'Declaratie', 'TotaalIngediendBedrag', {
    vooraf: anders([{}, {}], [{ vorig: 'OUD-1', dc: 'C', bedrag: '30000', volume: '12' }]),
    breek: zetTotaal('10000', 'D'),
    pad: TOTAAL,
  }),
];
