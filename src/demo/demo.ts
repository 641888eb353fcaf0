/** `knooppunt demo`: starts everything, lets messages travel over REST and StUF, tells what happens, fills the switch, and keeps serving. */
import { configVan, type Startopties, wachtOpSignaal } from '../cli/start.ts';
import { vrijePoort } from '../proces.ts';
import { start } from '../rollen/start.ts';
import { speelDossier } from './dossier.ts';
import { speelSamenloop } from './samenloop.ts';
import { StufOntvanger, stuurDi01 } from './stuf.ts';
import { toonXml, Verteller, voorbeeld } from './verteller.ts';
import { bewaartermijnenVoorDemo, vul } from './vulling.ts';

const VOORKEURSPOORT = 8080;
const DEMO_MAP = './data/demo';

/** Some of those that have much to show; the portal names the others. */
const AANMELDEN = [
  ['gemeente', '0363 (Amsterdam), 0344 (Utrecht)'],
  ['aanbieder', '98000001, 98000002'],
  ['beheerder', 'van het knooppunt'],
] as const;

const GEMEENTE_WMO = '0363';
/** Takes no part in the simulated lives: what was sent before a gemeente kept a dossier would leave a gap in theirs. */
const AANBIEDER_WMO = '42420001';
const VOORBEELD_WMO = '98000001';
const GEMEENTE_JW = '0344';
const AANBIEDER_JW = '98000002';
const GEMEENTE_STUF = '0518';
const AANBIEDER_STUF = '98000003';

async function speel(verteller: Verteller): Promise<void> {
  console.log('\n1. Een toewijzing van gemeente naar aanbieder (WMO301), met een retour (WMO302)');
  await verteller.antwoordtVanzelf(AANBIEDER_WMO, 'iwmo');
  const toewijzing = await verteller.levert(GEMEENTE_WMO, voorbeeld('WMO301').replace(VOORBEELD_WMO, AANBIEDER_WMO));
  await verteller.haaltOp(AANBIEDER_WMO);
  const [retour] = await verteller.haaltOp(GEMEENTE_WMO);
  if (retour) toonXml(retour, ['BerichtCode', 'IdentificatieRetour', 'DagtekeningRetour']);
  console.log('  De reis van de toewijzing:');
  await verteller.volgt(GEMEENTE_WMO, toewijzing);

  console.log('\n2. Een declaratie van aanbieder naar gemeente (JW323), met een declaratie-antwoord (JW325)');
  await verteller.antwoordtVanzelf(GEMEENTE_JW, 'ijw');
  const declaratie = await verteller.levert(AANBIEDER_JW, voorbeeld('JW323'));
  await verteller.haaltOp(GEMEENTE_JW);
  const [antwoord] = await verteller.haaltOp(AANBIEDER_JW);
  if (antwoord) toonXml(antwoord, ['TotaalBedrag', 'RetourCode']);
  console.log('  De reis van de declaratie:');
  await verteller.volgt(AANBIEDER_JW, declaratie);

  console.log('\n3. Een startbericht met fouten (WMO305): niet bezorgd, de afzender krijgt een Fo01');
  const fout = voorbeeld('WMO305')
    .replace(VOORBEELD_WMO, AANBIEDER_WMO)
    .replace('<Geslacht>2<', '<Geslacht>9<')
    .replace(/<Begindatum>.*?<\/Begindatum>\s*/, '');
  const afgekeurd = await verteller.levert(AANBIEDER_WMO, fout);
  await verteller.toontBevindingen(AANBIEDER_WMO, afgekeurd);
  const [foutbericht] = await verteller.haaltOp(AANBIEDER_WMO);
  if (foutbericht) toonXml(foutbericht, ['code', 'omschrijving', 'details']);
}

/** The same for a gemeente that speaks StUF: it changes an address, and nothing else. */
async function speelStuf(adres: string, verteller: Verteller): Promise<void> {
  console.log('\n4. Een gemeente over StUF: Di01 met een WMO301 erin, Du01 met de WMO302 eruit, en een Fo01');
  const ontvanger = new StufOntvanger();
  try {
    const url = await ontvanger.start();
    await verteller.koppelt(GEMEENTE_STUF, 'iwmo', url);
    await verteller.antwoordtVanzelf(AANBIEDER_STUF, 'iwmo');
    const goed = voorbeeld('WMO301').replace(GEMEENTE_WMO, GEMEENTE_STUF).replace(VOORBEELD_WMO, AANBIEDER_STUF);
    for (const inhoud of [goed, goed.replace('<Geslacht>', '<Geslacht>9')]) {
      const zending = { zender: GEMEENTE_STUF, ontvanger: AANBIEDER_STUF, berichtsoort: 'WMO301' };
      const { referentienummer, bv03 } = await stuurDi01(adres, { ...zending, inhoud: Buffer.from(inhoud) });
      if (!bv03) throw new Error('the switch did not answer with Bv03');
      console.log(
        `  ${GEMEENTE_STUF} stuurt Di01 ${referentienummer} met een WMO301; het knooppunt antwoordt met Bv03.`,
      );
      const { soort, wat, kruisreferentie } = await ontvanger.volgende();
      if (kruisreferentie !== referentienummer) throw new Error('the answer is about another message');
      console.log(`  ${GEMEENTE_STUF} ontvangt ${soort} (${wat}) op ${kruisreferentie}, en antwoordt met Bv03.`);
    }
  } finally {
    await verteller.ontkoppelt(GEMEENTE_STUF, 'iwmo');
    ontvanger.sluit();
  }
}

/** Where one goes on, and as whom. */
function wijsDeWeg(adres: string): void {
  console.log(
    `\nHet knooppunt blijft draaien op ${adres}; de README laat zien hoe u zelf een bericht stuurt. Stop met Ctrl-C.`,
  );
  console.log('\nU kunt zich op het portaal aanmelden als:');
  for (const [wie, code] of AANMELDEN) console.log(`  ${wie.padEnd(11)} ${code}`);
  console.log(`portaal ${adres}/portaal`);
}

/**
 * @param eenmalig stop when the story is told and a little was filled; otherwise keep serving until told to stop
 * @returns exit code 0
 */
export async function voerDemoUit(opties: Startopties, eenmalig: boolean): Promise<number> {
  const poort = opties.poort ?? String(await vrijePoort(VOORKEURSPOORT));
  const data = opties.data ?? process.env.KNOOPPUNT_DATA ?? DEMO_MAP;
  process.env.KNOOPPUNT_BEWAARTERMIJNEN ??= bewaartermijnenVoorDemo(data);
  const config = configVan({ ...opties, poort, data });
  console.log('Het knooppunt start met een eigen PostgreSQL en Redis; de eerste keer duurt dat even.');
  const knooppunt = await start({ ...config, logniveau: 'warn' }, console.log);
  const gestopt = wachtOpSignaal();
  try {
    const { adres } = knooppunt;
    if (!adres) throw new Error('the demo needs the api role');
    console.log(`gereed ${adres}`);
    const verteller = new Verteller(adres);
    const vertel = async (): Promise<void> => {
      await speel(verteller);
      await speelStuf(adres, verteller);
      await speelDossier(verteller);
      await speelSamenloop(verteller);
      await vul(adres, config, eenmalig);
      if (!eenmalig) wijsDeWeg(adres);
    };
    await Promise.race([vertel(), gestopt]);
    if (!eenmalig) await gestopt;
    return 0;
  } finally {
    await knooppunt.stop();
  }
}
