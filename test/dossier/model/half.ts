/** A life of which the switch saw only a part: what does it refuse then, that it would not have refused if it had seen all? */
import { laterVan } from '#src/dossier/verhaal.ts';
import { lopend } from './invoer.ts';
import { dagenLater } from './kalender.ts';
import { Lane } from './lane.ts';
import { alsGeheel, type Gevolg, isGetroffen, leef, plaatsen, type Rechter, type Soortbegin } from './leef.ts';
import type { Leven } from './levens.ts';
import { type Bericht, dagtekening, type Vondst } from './lijst.ts';
import { Referentie, type Vraag } from './referentie.ts';
import type { Gebeurtenis } from './wereld.ts';

/** What happened on one day, as it was with everything seen. */
export interface Stap {
  readonly ontvangen: string;
  readonly vraag: Vraag | null;
  readonly fouten: readonly Vondst[];
  readonly gevolgen: readonly Gevolg[];
}

/** Of before the first message: the receiver has everything. */
const ALLES: Soortbegin = { volledigVanaf: '2022-01-01', lopendeIngevoerd: true, blindTot: null };

/** A start that was sent twice, or taken back although its stop is there. */
const HAALT_STOP_IN = ['TR071', 'TR074'];
const isFout = ({ oordeel }: Vondst): boolean => oordeel === 'fout';

/**
 * The whole life, step by step. Of what is sent twice the second does not count, and a start that is stopped cannot be taken back, also where the
 * receiver lets it pass: a start that came again after its stop would run for ever in a dossier that did not see the stop.
 */
export function heelLeven(leven: Leven, gebeurtenissen: readonly Gebeurtenis[]): readonly Stap[] {
  const lane = new Lane();
  const stappen: Stap[] = [];
  const gevolgen = new Map<Gebeurtenis, Gevolg[]>();
  const tellenNiet = new Set<Gebeurtenis>();
  leef(
    leven,
    gebeurtenissen,
    ALLES,
    (vraag, zending) => {
      const vondsten = lane.oordeel(vraag);
      const eigen: Gevolg[] = [];
      gevolgen.set(zending, eigen);
      if (vondsten.some((vondst) => isFout(vondst) && HAALT_STOP_IN.includes(vondst.regel))) tellenNiet.add(zending);
      stappen.push({ ontvangen: zending.ontvangen, vraag, fouten: vondsten.filter(isFout), gevolgen: eigen });
      return vondsten;
    },
    (gevolg, gebeurtenis) => {
      if (tellenNiet.has(gebeurtenis)) return;
      gevolg(lane);
      const bekend = gevolgen.get(gebeurtenis);
      if (bekend) bekend.push(gevolg);
      else stappen.push({ ontvangen: gebeurtenis.ontvangen, vraag: null, fouten: [], gevolgen: [gevolg] });
    },
  );
  return stappen;
}

export interface Helft {
  readonly begin: Soortbegin;
  /** Did the switch see what was received on this day? */
  readonly ziet: (dag: string) => boolean;
  /** What its receiver told it, of before. */
  readonly ingevoerd: readonly Bericht[];
  /** Before each of these messages, what is over goes: the first day that is not long enough ago, and what may still be decided about. */
  readonly ruimOp?: ReadonlyMap<Stap, { readonly voor: string; readonly onbeslist: ReadonlySet<number> }>;
}

export interface Tegenvoorbeeld {
  readonly vraag: Vraag;
  readonly vondst: Vondst;
  readonly heel: readonly Vondst[];
}

/** Rules on a sum: of several prestaties that are too much together, any can be the one too many. */
const SOMMEN = ['TR322', 'TR369'];

/** Does the whole life refuse what this finding refuses? Of a declaratie that is one prestatie, of any other message all of it. */
function ookGeweigerd({ bericht, geweigerd }: Vraag, vondst: Vondst, heel: readonly Vondst[]): boolean {
  // Nothing answers a 325, so nothing refuses it.
  if (bericht.soort.nummer === '325') return true;
  if (bericht.soort.nummer !== '323') return heel.length > 0;
  if (heel.some(alsGeheel)) return true;
  if (alsGeheel(vondst)) return false;
  const getroffen = plaatsen(bericht).filter((plaats) => isGetroffen(plaats, [vondst]) && !geweigerd.has(plaats.pad));
  if (getroffen.every((plaats) => isGetroffen(plaats, heel))) return true;
  const andere = plaatsen(bericht).filter((plaats) => isGetroffen(plaats, heel));
  return (
    SOMMEN.includes(vondst.regel) &&
    getroffen.every(({ prestatie }) =>
      andere.some((plaats) => Number(plaats.prestatie.ToewijzingNummer) === Number(prestatie.ToewijzingNummer)),
    )
  );
}

/** Refusals of the part that the whole does not give. What became of each message is as in the whole life. */
export function tegenvoorbeelden(
  stappen: readonly Stap[],
  { begin, ziet, ingevoerd, ruimOp }: Helft,
  tel?: () => void,
  telWeg?: () => void,
): readonly Tegenvoorbeeld[] {
  const lane = new Lane();
  for (const bericht of ingevoerd) lane.noteer(bericht);
  const gevonden: Tegenvoorbeeld[] = [];
  let eersteDagtekening: string | null = null;
  let opgeruimdTot: string | null = null;
  for (const stap of stappen) {
    const { ontvangen, vraag, fouten, gevolgen } = stap;
    if (!ziet(ontvangen)) continue;
    const opruiming = ruimOp?.get(stap);
    if (opruiming) {
      const weg = lane.ruimOp(opruiming.voor, ({ volgorde }) => !opruiming.onbeslist.has(volgorde));
      opgeruimdTot = laterVan(opgeruimdTot, weg);
      if (weg !== null) telWeg?.();
    }
    if (vraag) {
      const deel = lane.oordeel({ ...vraag, begin: { ...begin, eersteDagtekening, opgeruimdTot } }).filter(isFout);
      for (const vondst of deel)
        if (ookGeweigerd(vraag, vondst, fouten)) tel?.();
        else gevonden.push({ vraag, vondst, heel: fouten });
      if (gevolgen.length > 0) eersteDagtekening ??= dagtekening(vraag.bericht);
    }
    for (const gevolg of gevolgen) gevolg(lane);
  }
  return gevonden;
}

/**
 * The first day from here on before which nothing came that is rejected later. Such an answer goes the way of what it answers, and not through
 * the switch; who imports what ran, waits for it.
 */
function afgehandeld(stappen: readonly Stap[], dag: string): string {
  const ontvangen = new Map(stappen.map((stap) => [stap.vraag?.bericht.volgorde, stap.ontvangen]));
  const afkeuringen = stappen.flatMap(({ vraag, ontvangen: op, gevolgen }) => {
    const heen: string[] = [];
    const rechter: Rechter = {
      noteer: () => {},
      stuurTerug: () => {},
      beslis: () => {},
      isNietVerzonden: (volgorde) => heen.push(ontvangen.get(volgorde) ?? op),
    };
    if (!vraag) for (const gevolg of gevolgen) gevolg(rechter);
    return heen.map((van) => ({ van, op }));
  });
  let vanaf = dag;
  while (afkeuringen.some(({ van, op }) => van < vanaf && op >= vanaf)) vanaf = dagenLater(vanaf, 1);
  return vanaf;
}

/** What its receiver can tell of what ran on a day. */
function verteld(stappen: readonly Stap[], dag: string): readonly Bericht[] {
  const referentie = new Referentie();
  for (const { ontvangen, gevolgen } of stappen) if (ontvangen < dag) for (const gevolg of gevolgen) gevolg(referentie);
  return lopend(referentie.lijst, dag);
}

/**
 * The first day from here on of which the first message is of that day itself. Where nobody said when the dossier begins, it begins with the
 * dagtekening of its first message; one that was long on its way makes it look older than it is, and what overtook it is not seen.
 */
function opTijd(stappen: readonly Stap[], dag: string): string {
  const later = stappen.filter(({ ontvangen }) => ontvangen >= dag);
  const eersten = [...Map.groupBy(later, ({ ontvangen }) => ontvangen)].map(([ontvangen, van]) => {
    const eerste = van.find(({ vraag, gevolgen }) => vraag && gevolgen.length > 0)?.vraag;
    return { ontvangen, eerste };
  });
  const goed = eersten.find(({ ontvangen, eerste }) => eerste && dagtekening(eerste.bericht) === ontvangen);
  return goed?.ontvangen ?? '9999-12-31';
}

/** Which messages are decided about from a step on: retours and answers that are still to come. */
function nogBeslist(stappen: readonly Stap[], vanaf: number): ReadonlySet<number> {
  const plekken = new Set<number>();
  const rechter: Rechter = {
    noteer: () => {},
    stuurTerug: (volgorde) => plekken.add(volgorde),
    beslis: (_, volgorde) => plekken.add(volgorde),
    isNietVerzonden: (volgorde) => plekken.add(volgorde),
  };
  for (const { gevolgen } of stappen.slice(vanaf)) for (const gevolg of gevolgen) gevolg(rechter);
  return plekken;
}

/** All of a life is seen, and what was over so many days ago goes: before one message, and again after so many messages each time. */
export function metOpruimen(stappen: readonly Stap[], eerste: number, stap: number, dagen: number): Helft {
  const ruimOp = new Map(
    stappen.flatMap((bij, nr) => {
      if (nr < eerste || (nr - eerste) % stap !== 0) return [];
      return [[bij, { voor: dagenLater(bij.ontvangen, -dagen), onbeslist: nogBeslist(stappen, nr) }] as const];
    }),
  );
  return { begin: ALLES, ziet: () => true, ingevoerd: [], ruimOp };
}

/** Ways to see only a part of a life. @param vanaf a day of it @param gat days that something passes unread */
export const HELFTEN: Readonly<Record<string, (stappen: readonly Stap[], vanaf: string, gat: number) => Helft>> = {
  'from a day on, and what ran then is not known': (_, vanaf) => ({
    begin: { volledigVanaf: vanaf, lopendeIngevoerd: false, blindTot: null },
    ziet: (dag) => dag >= vanaf,
    ingevoerd: [],
  }),
  'from a day on that nobody told': (stappen, dag) => {
    const vanaf = opTijd(stappen, dag);
    return {
      begin: { volledigVanaf: null, lopendeIngevoerd: false, blindTot: null },
      ziet: (ander) => ander >= vanaf,
      ingevoerd: [],
    };
  },
  'from a day on, and what ran then was imported': (stappen, dag) => {
    const vanaf = afgehandeld(stappen, dag);
    return {
      begin: { volledigVanaf: vanaf, lopendeIngevoerd: true, blindTot: null },
      ziet: (ander) => ander >= vanaf,
      ingevoerd: verteld(stappen, vanaf),
    };
  },
  'with a time in which all passed unread': (_, vanaf, gat) => {
    const blindTot = dagenLater(vanaf, gat);
    return {
      begin: { ...ALLES, blindTot },
      ziet: (dag) => dag < vanaf || dag > blindTot,
      ingevoerd: [],
    };
  },
};
