/**
 * Judges a 317. Source: TR304, TR347, TR349, TR350, TR351, TR357, TR361, TR373, TR374, TR375, TR411, TR412; OP347, IV092.
 */
import type { Klasse } from '#src/standards/structuren.ts';
import { kent } from './begin.ts';
import {
  dagtekening,
  geldend,
  geldendeVan,
  isVerwijderd,
  type Oordeel,
  onderNummer,
  stap,
  type Toewijzing,
  type Uitkomst,
  vanAnder,
  type Zaak,
  zwaarste,
  zwaarte,
} from './lijst.ts';
import { isBekend } from './toewijzing.ts';
import { isGebruikt, onderhanden } from './verzoeken.ts';

type TeWijzigen = Klasse<'317', 'TeWijzigenProduct'>;

/** TR349: those that still run, or will run, on the day of the request and today. */
const isActueelOp = ({ product }: Toewijzing, dag: string): boolean =>
  product.Einddatum === undefined || product.Einddatum >= dag;

function allesGenoemd(zaak: Zaak, bsn: string, genoemd: readonly string[]): Uitkomst {
  const nummers = genoemd.map(Number);
  const vergeten = geldendeVan(zaak.lijst, bsn).filter(
    (toewijzing) =>
      !isVerwijderd(toewijzing) &&
      isActueelOp(toewijzing, dagtekening(zaak.bericht)) &&
      isActueelOp(toewijzing, zaak.peildatum) &&
      !nummers.includes(Number(toewijzing.product.ToewijzingNummer)),
  );
  return zwaarste(vergeten.map((toewijzing) => zwaarte(toewijzing, zaak)));
}

/** TR350, TR351. Something that ran on the day of the request was actual when it was named. */
function isActueleToewijzing(zaak: Zaak, bsn: string, nummer: string): Uitkomst {
  const { eigen, ander } = onderNummer(zaak.lijst, bsn, nummer);
  const geldt = geldend(eigen);
  if (geldt) {
    const voorbij = !isActueelOp(geldt, dagtekening(zaak.bericht)) && !isActueelOp(geldt, zaak.peildatum);
    return voorbij || isVerwijderd(geldt) ? zwaarte(geldt, zaak) : 'goed';
  }
  if (ander.length > 0) return vanAnder(zaak, ander, dagtekening(zaak.bericht));
  return kent(zaak.begin, dagtekening(zaak.bericht)) ? 'fout' : 'onbekend';
}

/** CDT_Omvang with frequentie 6: one total for the whole term. */
const totaalVan = (omvang: TeWijzigen['Omvang']): string =>
  omvang?.Frequentie === '6' ? `${Number(omvang.Volume)} ${omvang.Eenheid}` : 'geen';
const budgetVan = (budget: string | undefined): string => (budget === undefined ? 'geen' : String(Number(budget)));

/** Day on which Omvang without a product code came to an end (TR375, TR412). */
const OUDE_REGEL_TOT = '2020-12-31';

function oordeelTeWijzigen(zaak: Zaak, pad: string, gewenst: TeWijzigen, toewijzing: Toewijzing): void {
  const { product } = toewijzing;
  const als = (geschonden: boolean): Uitkomst => (geschonden ? zwaarte(toewijzing, zaak) : 'goed');
  const vanafBegin = gewenst.GewensteIngangsdatum === product.Ingangsdatum;
  const nietInToekomst = gewenst.GewensteIngangsdatum <= dagtekening(zaak.bericht);
  zaak.uit.meld('TR357', pad, gewenst, 'GewensteIngangsdatum', als(nietInToekomst && !vanafBegin));
  const anders = vanafBegin ? 'goed' : anderTotaal(gewenst, product);
  const zwaar = als(anders !== 'goed');
  zaak.uit.meld(
    'TR373',
    pad,
    gewenst,
    'GewensteIngangsdatum',
    anders === 'twijfel' && zwaar === 'fout' ? 'twijfel' : zwaar,
  );
  const looptDoor = product.Einddatum === undefined || product.Einddatum > OUDE_REGEL_TOT;
  const metOmvang = gewenst.Omvang !== undefined;
  const { Product } = product;
  zaak.uit.meld('TR375', pad, gewenst, 'Omvang', als(Product === undefined && looptDoor && metOmvang));
  zaak.uit.meld('TR411', pad, gewenst, 'Omvang', als(Product?.Code !== undefined && !metOmvang));
  // Without a product that is TR375 (open point 14).
  const zonderCode = Product !== undefined && Product.Code === undefined;
  zaak.uit.meld('TR412', pad, gewenst, 'Omvang', als(zonderCode && looptDoor && metOmvang));
}

/** TR373. A budget or a total on one side only: the norm does not say whether that is a change. */
function anderTotaal(gewenst: TeWijzigen, product: Toewijzing['product']): 'goed' | 'twijfel' | 'fout' {
  if (gewenst.Budget === undefined && gewenst.Omvang === undefined) return 'goed';
  const paren = [
    [budgetVan(gewenst.Budget), budgetVan(product.Budget)],
    [totaalVan(gewenst.Omvang), totaalVan(product.Omvang)],
  ] as const;
  const verschillen = paren.filter(([nieuw, oud]) => nieuw !== oud);
  if (verschillen.length === 0) return 'goed';
  return verschillen.some((paar) => !paar.includes('geen')) ? 'fout' : 'twijfel';
}

/** A product of the wanted situation. */
interface Gewenst {
  readonly pad: string;
  readonly inhoud: unknown;
  /** undefined: its toewijzing is not known. */
  readonly zorg?:
    | {
        readonly categorie: string | undefined;
        readonly code: string | undefined;
        readonly begin: string;
        readonly einde: string | undefined;
      }
    | undefined;
  readonly ongewijzigd: boolean;
  /** How sure its values are. */
  readonly zekerheid: Oordeel;
}

/** iWmo: these may overlap everything. */
const MAG_OVERLAPPEN = ['11', '12', '13', '14'];

/** Of two products that share a day: are they the same? The norm does not say it of a code against its category (open point 25). */
function zelfdeZorg(a: NonNullable<Gewenst['zorg']>, b: NonNullable<Gewenst['zorg']>): Uitkomst {
  if (a.categorie === undefined || b.categorie === undefined) return 'fout';
  if (a.categorie !== b.categorie) return 'goed';
  if (a.code === undefined && b.code === undefined) return 'fout';
  if (a.code === undefined || b.code === undefined) return 'twijfel';
  return a.code === b.code ? 'fout' : 'goed';
}

function botsing(a: Gewenst, b: Gewenst, domein: string): Uitkomst {
  if (!a.zorg || !b.zorg) return 'goed';
  const vrij = ({ categorie }: { readonly categorie: string | undefined }): boolean =>
    domein === 'iwmo' && MAG_OVERLAPPEN.includes(categorie ?? '');
  const delenDag =
    (a.zorg.einde === undefined || a.zorg.einde >= b.zorg.begin) &&
    (b.zorg.einde === undefined || b.zorg.einde >= a.zorg.begin);
  if (vrij(a.zorg) || vrij(b.zorg) || !delenDag) return 'goed';
  const zelfde = zelfdeZorg(a.zorg, b.zorg);
  if (zelfde === 'goed') return 'goed';
  const zekerheden = [a.zekerheid, b.zekerheid];
  if (zelfde === 'twijfel' || zekerheden.includes('twijfel')) return 'twijfel';
  return a.ongewijzigd && b.ongewijzigd ? 'twijfel' : 'fout';
}

/** TR361. Of what may have another product or other days by now, nothing can be said. The finding stands at the one that begins later, or on the same day further on in the message. */
function oordeelOverlap(zaak: Zaak, producten: readonly Gewenst[]): void {
  const zeker = producten.map((een) => (een.zekerheid === 'onbekend' ? { ...een, zorg: undefined } : een));
  for (const [nr, dit] of zeker.entries()) {
    const eerder = zeker.filter(
      ({ zorg }, ander) =>
        zorg && dit.zorg && (zorg.begin < dit.zorg.begin || (zorg.begin === dit.zorg.begin && ander < nr)),
    );
    const botsingen = eerder.map((ander) => botsing(dit, ander, zaak.bericht.soort.domein));
    zaak.uit.meld(
      'TR361',
      dit.pad,
      dit.inhoud,
      '',
      producten[nr]?.zorg && !dit.zorg ? 'onbekend' : zwaarste(botsingen),
    );
  }
}

export function oordeelWijziging(zaak: Zaak): void {
  const { uit, bericht, lijst, begin } = zaak;
  const client = bericht.inhoud.Client as unknown as Klasse<'317', 'Client'>;
  const { Bsn, Verzoek } = client;
  const pad = '/Bericht/Client/Verzoek';
  const onbekend: Oordeel = kent(begin, dagtekening(bericht)) ? 'fout' : 'onbekend';
  // Of somebody unknown no toewijzing can be known either; that is said once.
  const bekend = isBekend(zaak, Bsn);
  uit.meld('TR304', '/Bericht/Client', client, 'Bsn', bekend ? 'goed' : onbekend);
  uit.meld('TR374', pad, Verzoek, '', onderhanden(zaak, Bsn));
  uit.meld('TR347', pad, Verzoek, 'ReferentieAanbieder', isGebruikt(zaak, Verzoek.ReferentieAanbieder));

  const ongewijzigd = Verzoek.OngewijzigdeProducten?.OngewijzigdProduct ?? [];
  const teWijzigen = Verzoek.TeWijzigenProducten?.TeWijzigenProduct ?? [];
  const nieuw = Verzoek.NieuweProducten?.NieuwProduct ?? [];
  const genoemd = [...ongewijzigd, ...teWijzigen].map(({ ToewijzingNummer }) => ToewijzingNummer);
  uit.meld('TR349', pad, Verzoek, '', allesGenoemd(zaak, Bsn, genoemd));

  const producten: Gewenst[] = [];
  for (const [nr, product] of ongewijzigd.entries()) {
    const hier = `${pad}/OngewijzigdeProducten/${stap('OngewijzigdProduct', nr, ongewijzigd)}`;
    if (bekend)
      uit.meld('TR350', hier, product, 'ToewijzingNummer', isActueleToewijzing(zaak, Bsn, product.ToewijzingNummer));
    const toewijzing = geldend(onderNummer(lijst, Bsn, product.ToewijzingNummer).eigen);
    producten.push(alsGewenst(zaak, hier, product, true, toewijzing));
  }
  for (const [nr, product] of teWijzigen.entries()) {
    const hier = `${pad}/TeWijzigenProducten/${stap('TeWijzigenProduct', nr, teWijzigen)}`;
    if (bekend)
      uit.meld('TR351', hier, product, 'ToewijzingNummer', isActueleToewijzing(zaak, Bsn, product.ToewijzingNummer));
    const toewijzing = geldend(onderNummer(lijst, Bsn, product.ToewijzingNummer).eigen);
    if (toewijzing) oordeelTeWijzigen(zaak, hier, product, toewijzing);
    producten.push(alsGewenst(zaak, hier, product, false, toewijzing, product));
  }
  for (const [nr, product] of nieuw.entries()) {
    const hier = `${pad}/NieuweProducten/${stap('NieuwProduct', nr, nieuw)}`;
    const zorg = {
      categorie: product.Product?.Categorie,
      code: product.Product?.Code,
      begin: product.GewensteIngangsdatum,
      einde: product.Einddatum,
    };
    producten.push({ pad: hier, inhoud: product, ongewijzigd: false, zekerheid: 'fout', zorg });
  }
  oordeelOverlap(zaak, producten);
}

/** A product whose toewijzing says what it is; and of what changes, the request says when. A removed one takes no days (OP347). */
function alsGewenst(
  zaak: Zaak,
  pad: string,
  inhoud: unknown,
  ongewijzigd: boolean,
  toewijzing: Toewijzing | undefined,
  wijziging?: TeWijzigen,
): Gewenst {
  if (!toewijzing) return { pad, inhoud, ongewijzigd, zekerheid: 'onbekend' };
  const { product } = toewijzing;
  const periode = wijziging
    ? { begin: wijziging.GewensteIngangsdatum, einde: wijziging.Einddatum }
    : { begin: product.Ingangsdatum, einde: product.Einddatum };
  const { begin, einde } = isVerwijderd(toewijzing) ? { begin: '9999-12-31', einde: '0000-01-01' } : periode;
  const zorg = { categorie: product.Product?.Categorie, code: product.Product?.Code, begin, einde };
  return { pad, inhoud, ongewijzigd, zekerheid: zwaarte(toewijzing, zaak), zorg };
}
