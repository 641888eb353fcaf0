/**
 * The inspection of a declaratie (323). Credits before debets (OP366), both in the order of the message: what an accepted credit takes back makes
 * room, and what was refused takes none. One walk, whatever the number of prestaties.
 */
import { VERWIJDERD } from '../standards/gedeeld/toewijzing.ts';
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Prestatiezicht } from './declaraties.ts';
import { eigenFeiten } from './eigen-feiten.ts';
import type { Kenmerk, Persoon, Prestatie, Toewijzing } from './feiten.ts';
import { plaatsenVan } from './plaatsen.ts';
import type { Uitspraak } from './regel.ts';
import { BEDRAGREGELS } from './regels/bedrag.ts';
import { CLIENTREGELS, DECLARATIEKLASSEREGELS } from './regels/declaratie.ts';
import { CREDITREGELS, DEBETREGELS, PRESTATIEREGELS } from './regels/prestatie.ts';
import { TOEWIJZINGVERBANDEN } from './regels/prestatie-toewijzing.ts';
import { VOLUMEREGELS } from './regels/volume.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { type Genoemd, zoekToewijzing } from './toewijzingen.ts';
import { botstMet, isVast } from './vast.ts';
import { isTeruggedraaid, tellendeDebets, Verbruik } from './verbruik.ts';
import { type Plaats, Verslag } from './verslag.ts';

const OP_CREDIT = [...PRESTATIEREGELS, ...CREDITREGELS];
const OP_DEBET = [...PRESTATIEREGELS, ...DEBETREGELS, ...TOEWIJZINGVERBANDEN, ...VOLUMEREGELS, ...BEDRAGREGELS];

/** A prestatie of the message, where it stands. */
interface Post extends Plaats {
  readonly prestatie: Prestatie;
}
interface Clientpost extends Plaats {
  readonly klasse: Klasse<'323', 'Client'>;
  readonly posten: readonly Post[];
}

const DECLARATIE = '/Bericht/Declaratie';

/** @param feiten the prestaties of the message as facts, in its order */
function posten({ Clienten }: Klasse<'323', 'Declaratie'>, feiten: readonly Prestatie[]): readonly Clientpost[] {
  let volgende = 0;
  const clienten: readonly Klasse<'323', 'Client'>[] = Clienten.Client;
  return plaatsenVan(`${DECLARATIE}/Clienten`, 'Client', clienten).map((client) => {
    const lijst: readonly Klasse<'323', 'Prestatie'>[] = client.klasse.Prestaties.Prestatie;
    const eigen = feiten.slice(volgende, volgende + lijst.length);
    volgende += lijst.length;
    const plaatsen = plaatsenVan(`${client.pad}/Prestaties`, 'Prestatie', lijst);
    const metFeit = plaatsen.flatMap((plaats, nr) => {
      const prestatie = eigen[nr];
      return prestatie ? [{ ...plaats, prestatie }] : [];
    });
    return { ...client, posten: metFeit };
  });
}

/** What the dossier has on a toewijzing that the message names. */
interface Opzoeking {
  readonly genoemd: Genoemd;
  readonly toewijzing: Toewijzing | undefined;
  readonly verbruik: Verbruik;
}

class Wandeling {
  readonly #bericht: TeSchouwen;
  readonly #periodeEinde: string;
  readonly #gebruikt = new Set<Kenmerk>();
  readonly #teruggedraaid = new Set<Kenmerk>();
  readonly #opzoekingen = new Map<string, Opzoeking>();
  readonly #kenmerken = new Map<Kenmerk, Uitspraak>();
  readonly #eerdere = new Map<number, ReadonlyMap<Persoon, readonly Prestatie[]>>();

  constructor(bericht: TeSchouwen, periodeEinde: string) {
    this.#bericht = bericht;
    this.#periodeEinde = periodeEinde;
  }

  #zicht(prestatie: Prestatie): Prestatiezicht {
    return {
      bericht: this.#bericht,
      prestatie,
      periodeEinde: this.#periodeEinde,
      gebruikt: this.#gebruikt,
      eerderGebruikt: this.#zoekKenmerk(prestatie.kenmerk),
    };
  }

  #zoekKenmerk(kenmerk: Kenmerk): Uitspraak {
    const bekend = this.#kenmerken.get(kenmerk);
    if (bekend) return bekend;
    const eerder = this.#bericht.dossier.prestatiesMet(kenmerk).filter(({ stand }) => stand !== 'afgewezen');
    const nieuw = botstMet(this.#bericht, eerder);
    this.#kenmerken.set(kenmerk, nieuw);
    return nieuw;
  }

  /** Level 4 may have refused it already. */
  #staat(goed: boolean, { pad }: Plaats): boolean {
    return goed && !this.#bericht.geweigerd.has(pad);
  }

  /** @returns does it stand? */
  credit(post: Post, verslag: Verslag): boolean {
    const { kenmerk, vorig } = post.prestatie;
    if (!this.#staat(verslag.toets(OP_CREDIT, this.#zicht(post.prestatie), post), post)) return false;
    this.#gebruikt.add(kenmerk);
    if (vorig !== null) this.#teruggedraaid.add(vorig);
    return true;
  }

  /** Only after all credits. */
  debet(post: Post, clientBekend: boolean, verslag: Verslag): void {
    const { prestatie } = post;
    const opzoeking = this.#zoek(prestatie);
    const zicht = { ...this.#zicht(prestatie), ...opzoeking, clientBekend };
    if (!this.#staat(verslag.toets(OP_DEBET, zicht, post), post)) return;
    this.#gebruikt.add(prestatie.kenmerk);
    // The credit may have overtaken it (OP080).
    if (!isTeruggedraaid(this.#bericht.dossier, prestatie)) opzoeking.verbruik.neem(prestatie);
  }

  /** Split once: a number that many clients name is not searched for each of them. */
  #eerdereOp(nummer: number): ReadonlyMap<Persoon, readonly Prestatie[]> {
    const bekend = this.#eerdere.get(nummer);
    if (bekend) return bekend;
    const nieuw = Map.groupBy(this.#bericht.dossier.prestatiesOp(nummer), ({ persoon }) => persoon);
    this.#eerdere.set(nummer, nieuw);
    return nieuw;
  }

  #zoek({ toewijzing: nummer, persoon }: Prestatie): Opzoeking {
    const sleutel = `${nummer} ${persoon}`;
    const bekend = this.#opzoekingen.get(sleutel);
    if (bekend) return bekend;
    const { dossier, kennis } = this.#bericht;
    const genoemd = zoekToewijzing(this.#bericht, nummer, persoon);
    const versie = genoemd.van === 'deze' ? genoemd.versie : undefined;
    const toewijzing = versie?.redenWijziging === VERWIJDERD ? undefined : versie;
    const verbruik = new Verbruik(toewijzing?.omvang?.eenheid);
    for (const debet of tellendeDebets(dossier, this.#eerdereOp(nummer).get(persoon) ?? [], this.#teruggedraaid))
      verbruik.eerder(debet, isVast(kennis, debet));
    const nieuw = { genoemd, toewijzing, verbruik };
    this.#opzoekingen.set(sleutel, nieuw);
    return nieuw;
  }
}

/** Findings in the order of the message, although its credits were judged first. */
function neemOver(verslag: Verslag, eerder: Verslag | undefined): void {
  if (!eerder) return;
  verslag.vondsten.push(...eerder.vondsten);
  for (const pad of eerder.nietBeoordeeld) verslag.nietBeoordeeld.add(pad);
}

export function schouwDeclaratie(bericht: TeSchouwen, verslag: Verslag): void {
  const {
    declaraties: [declaratie],
    prestaties,
  } = eigenFeiten(bericht);
  const inhoud = bericht.inhoud.Declaratie as unknown as Klasse<'323', 'Declaratie'>;
  const plaats = { pad: DECLARATIE, inhoud: inhoud as unknown as Inhoud };
  // Refused as a whole, by its header or by itself, its prestaties are not judged (IV087).
  if (!declaratie || verslag.vondsten.some(({ ernst }) => ernst === 'fout')) return;
  if (!verslag.toets(DECLARATIEKLASSEREGELS, { bericht, declaratie }, plaats)) return;

  const wandeling = new Wandeling(bericht, inhoud.DeclaratiePeriode.Einddatum);
  const clienten = posten(inhoud, prestaties);
  const credits = new Map<Post, Verslag>();
  const metCredit = new Set<Clientpost>();
  for (const client of clienten) {
    for (const post of client.posten.filter(({ prestatie }) => prestatie.credit)) {
      const eigen = new Verslag();
      credits.set(post, eigen);
      if (wandeling.credit(post, eigen)) metCredit.add(client);
    }
  }
  for (const client of clienten) {
    const debets = client.posten.flatMap(({ prestatie }) => (prestatie.credit ? [] : [prestatie]));
    const zicht = {
      bericht,
      persoon: bericht.masker.persoon(client.klasse.Bsn),
      debets,
      heeftCredit: metCredit.has(client),
    };
    const staat = verslag.toets(CLIENTREGELS, zicht, client);
    const bekend = staat && !verslag.nietBeoordeeld.has(client.pad);
    for (const post of client.posten) {
      if (post.prestatie.credit) neemOver(verslag, credits.get(post));
      // Of a client who was refused, no prestatie is judged (IV087).
      else if (staat) wandeling.debet(post, bekend, verslag);
    }
  }
}
