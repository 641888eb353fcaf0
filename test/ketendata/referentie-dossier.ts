/**
 * The figures of the dossier once more: from the messages themselves, by reading all of them for every question. Shares nothing with what it
 * checks; holidays are written out.
 */
import type { Inhoud } from '#src/xml/structuur.ts';
import type { Gestuurd } from './dossierwereld.ts';

/** Monday to Friday in 2026 without work (Algemene termijnenwet art. 3). */
const VRIJ = ['2026-01-01', '2026-04-06', '2026-04-27', '2026-05-05', '2026-05-14', '2026-05-25', '2026-12-25'];

const dagVerder = (dag: string, aantal: number): string =>
  new Date(Date.parse(`${dag}T12:00:00Z`) + aantal * 86_400_000).toISOString().slice(0, 10);
const weekdag = (dag: string): number => new Date(`${dag}T12:00:00Z`).getUTCDay();
const maandagVan = (dag: string): string => dagVerder(dag, -((weekdag(dag) + 6) % 7));

function dagen(van: string, tot: string, telt: (dag: string) => boolean = () => true): number {
  let som = 0;
  for (let dag = van; dag < tot; ) {
    dag = dagVerder(dag, 1);
    if (telt(dag)) som += 1;
  }
  return som;
}
const isWerkdag = (dag: string): boolean => ![0, 6].includes(weekdag(dag)) && !VRIJ.includes(dag);
/** The first day from this one on on which somebody works. */
const opWerkdag = (dag: string): string => (isWerkdag(dag) ? dag : opWerkdag(dagVerder(dag, 1)));
/** What comes in a weekend is there on Monday. */
const werkdagen = (van: string, tot: string): number => (tot <= van ? 0 : dagen(van, opWerkdag(tot), isWerkdag));

type Product = Readonly<Record<string, string | undefined>> & {
  readonly Product?: { readonly Categorie: string; readonly Code?: string };
};
/** A product in a message, and where that stands among all. */
interface Deel {
  readonly bericht: Gestuurd;
  readonly plek: number;
  readonly bsn: string;
  readonly van: Product;
}
interface Post {
  readonly ProductReferentie: { readonly ReferentieNummer: string };
  readonly IngediendBedrag: { readonly Bedrag: string; readonly DebetCredit: string };
}

const pad = (inhoud: Inhoud, ...namen: readonly string[]): unknown =>
  namen.reduce<unknown>((hier, naam) => (hier as Record<string, unknown> | undefined)?.[naam], inhoud);
const nummer = (tekst: string | undefined): string => (tekst === undefined ? '-' : String(Number(tekst)));

/** All cells of messages of one lane: `week berichtsoort meting sleutel` → how many, and som. */
export function referentie(alle: readonly Gestuurd[]): ReadonlyMap<string, readonly [number, number]> {
  const cellen = new Map<string, [number, number]>();
  const tel = ({ dag, domein, nummer: soort }: Gestuurd, meting: string, sleutel: string, som = 0): void => {
    const naam = `${maandagVan(dag)} ${domein === 'iwmo' ? 'WMO' : 'JW'}${soort} ${meting} ${sleutel}`;
    const [aantal, eerder] = cellen.get(naam) ?? [0, 0];
    cellen.set(naam, [aantal + 1, eerder + som]);
  };
  const duur = (bericht: Gestuurd, meting: string, lang: number): void => tel(bericht, meting, String(lang), lang);

  /** A message that its receiver rejected was never sent. */
  const telt = (bericht: Gestuurd): boolean => !alle.some(({ heen, wijstAf }) => heen === bericht && wijstAf);
  const delen = (soort: string, ...weg: readonly string[]): readonly Deel[] =>
    alle.flatMap((bericht, plek) => {
      if (bericht.nummer !== soort || bericht.heen || !telt(bericht)) return [];
      const gevonden = pad(bericht.inhoud, ...weg);
      const producten = (Array.isArray(gevonden) ? gevonden : [gevonden]) as readonly Product[];
      return producten.map((van) => ({ bericht, plek, bsn: String(pad(bericht.inhoud, 'Client', 'Bsn')), van }));
    });
  const toewijzingen = delen('301', 'Client', 'ToegewezenProducten', 'ToegewezenProduct');
  const starts = delen('305', 'Client', 'StartProducten', 'StartProduct');
  const stops = delen('307', 'Client', 'StopProducten', 'StopProduct');

  const zorg = ({ bsn, van }: Deel): string => [bsn, nummer(van.ToewijzingNummer), van.Begindatum].join();
  const sleutel = (deel: Deel): string =>
    [
      zorg(deel),
      deel.van.Product?.Categorie,
      deel.van.Product?.Code,
      deel.van.RedenBeeindiging,
      deel.van.Einddatum,
    ].join();
  const staat = (deel: Deel, onder: readonly Deel[]): boolean =>
    deel.van.StatusAanlevering === '1' &&
    !onder.some((een) => een.van.StatusAanlevering === '3' && een.plek > deel.plek && sleutel(een) === sleutel(deel));
  const zelfde = (een: Deel, ander: Deel): boolean =>
    een.bsn === ander.bsn && nummer(een.van.ToewijzingNummer) === nummer(ander.van.ToewijzingNummer);

  for (const start of starts.filter((een) => staat(een, starts))) {
    const begin = String(start.van.Begindatum);
    const eerste = toewijzingen.find(
      (een) => zelfde(een, start) && een.plek < start.plek && String(een.van.Ingangsdatum) <= begin,
    );
    const vanaf = eerste && eerste.bericht.dag > begin ? eerste.bericht.dag : begin;
    duur(start.bericht, 'norm-R5', werkdagen(vanaf, start.bericht.dag));
    const bekend = toewijzingen.some((een) => zelfde(een, start));
    if (start.van.ToewijzingNummer !== undefined && !bekend) tel(start.bericht, 'stroom-305-zonder-301', '');
  }
  for (const stop of stops.filter((een) => staat(een, stops))) {
    const einde = String(stop.van.Einddatum);
    const naTijdelijk =
      stop.van.RedenBeeindiging !== '20' &&
      stops.some(
        (een) =>
          een.van.RedenBeeindiging === '20' && een.plek < stop.plek && zorg(een) === zorg(stop) && staat(een, stops),
      );
    const vanaf = naTijdelijk && stop.bericht.dag > einde ? stop.bericht.dag : einde;
    duur(stop.bericht, 'norm-R6', werkdagen(vanaf, stop.bericht.dag));
  }

  const moment = ({ van, plek }: Deel): string =>
    `${van.Toewijzingsdatum} ${van.Toewijzingstijd} ${String(plek).padStart(6, '0')}`;
  for (const een of toewijzingen) {
    const versies = toewijzingen.filter((ander) => zelfde(ander, een));
    if (versies[0] !== een) continue;
    const laatste = versies.reduce((a, b) => (moment(a) < moment(b) ? b : a));
    if (laatste.van.RedenWijziging === '13') continue;
    const ingang = String(een.van.Ingangsdatum);
    const begonnen = starts
      .filter((start) => zelfde(start, een) && staat(start, starts))
      .map(({ van }) => String(van.Begindatum))
      .sort();
    if (begonnen[0] !== undefined) duur(een.bericht, 'stroom-301-305', dagen(ingang, begonnen[0]));
    else tel(een.bericht, 'stroom-301-zonder-305', [ingang, een.bericht.dag].sort()[1] ?? '');
  }

  const verzoeken = delen('315', 'Client', 'AangevraagdeProducten', 'AangevraagdProduct');
  const besluiten = [...toewijzingen, ...delen('319', 'Antwoord')].sort((a, b) => a.plek - b.plek);
  for (const verzoek of verzoeken) {
    const kenmerk = verzoek.van.ReferentieAanbieder;
    const heeft = ({ van }: Deel): boolean => van.ReferentieAanbieder === kenmerk;
    const volgende = verzoeken.find((een) => heeft(een) && een.plek > verzoek.plek)?.plek ?? Number.POSITIVE_INFINITY;
    const eigen = besluiten.filter((een) => heeft(een) && een.plek > verzoek.plek && een.plek < volgende);
    const echt = eigen.filter(({ van }) => van.VerzoekAntwoord !== '2').at(-1);
    if (echt) tel(verzoek.bericht, 'stroom-315-antwoord', echt.bericht.nummer === '301' ? '301' : 'afgewezen');
    else if (eigen.length > 0) tel(verzoek.bericht, 'stroom-315-antwoord', 'onderzoek');
    const woonplaats = eigen.find(({ van }) => van.RedenAfwijzingVerzoek === '8');
    if (!woonplaats) continue;
    const [van, tot] = [verzoek.bericht.dag, woonplaats.bericht.dag];
    // The last day moves when nobody works on it.
    const opTijd = tot <= opWerkdag(dagVerder(van, 14));
    duur(verzoek.bericht, 'norm-R4', opTijd ? Math.min(14, dagen(van, tot)) : dagen(van, tot));
  }

  for (const bericht of alle.filter((een) => een.nummer === '323')) {
    const antwoord = alle.find(({ heen }) => heen === bericht);
    if (antwoord) duur(bericht, 'stroom-323-325', dagen(bericht.dag, antwoord.dag));
    else tel(bericht, 'stroom-323-zonder-325', bericht.dag);
    const geweigerd = antwoord && pad(antwoord.inhoud, 'DeclaratieAntwoord') === undefined;
    if (geweigerd) continue;
    const einde = String(pad(bericht.inhoud, 'Declaratie', 'DeclaratiePeriode', 'Einddatum'));
    let uiterlijk = dagVerder(einde, 1);
    while (dagVerder(uiterlijk, 1).slice(8) !== '01') uiterlijk = dagVerder(uiterlijk, 1);
    duur(bericht, 'norm-R8', werkdagen(opWerkdag(uiterlijk), bericht.dag));
    const posten = (inhoud: Inhoud, wortel: string): readonly (Post & { readonly bsn: string })[] =>
      ((pad(inhoud, wortel, 'Clienten', 'Client') ?? []) as readonly Inhoud[]).flatMap(({ Bsn, Prestaties }) =>
        ((Prestaties as Inhoud).Prestatie as unknown as readonly Post[]).map((post) => ({ ...post, bsn: String(Bsn) })),
      );
    const terug = antwoord ? posten(antwoord.inhoud, 'DeclaratieAntwoord') : [];
    for (const post of posten(bericht.inhoud, 'Declaratie')) {
      const { Bedrag, DebetCredit } = post.IngediendBedrag;
      const isTerug = terug.some(
        (een) => een.ProductReferentie.ReferentieNummer === post.ProductReferentie.ReferentieNummer,
      );
      for (const wat of ['ingediend', ...(antwoord ? [isTerug ? 'afgekeurd' : 'toegekend'] : [])]) {
        tel(bericht, 'geld', wat, DebetCredit === 'C' ? -Number(Bedrag) : Number(Bedrag));
        if (DebetCredit === 'C') tel(bericht, 'geld', `${wat}-credit`, Number(Bedrag));
      }
    }
  }
  return cellen;
}
