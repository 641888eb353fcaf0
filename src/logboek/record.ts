/**
 * The model of the audit log: one record per line and per person it is about, with the field groups of NEN 7513 and what Logboek
 * Dataverwerkingen asks. The store keeps a line with several persons as one row (docs/besluiten/0015-logboek.md); this takes them apart.
 */
import type { Herkomst } from './herkomst.ts';
import { afgeleideSpan, afgeleideTrace, leesSpoor } from './spoor.ts';
import { type Actiecode, type Hoedanigheid, hoedanigheidVan, verklaringVan } from './verklaring.ts';

/** A line as it is stored, with the persons of its message where it names none itself. */
export interface Regel {
  readonly nr: number;
  readonly tijdstip: Date;
  readonly gebeurtenis: string;
  readonly actor: string;
  readonly namens: string | null;
  readonly resultaat: string;
  readonly berichtId: string | null;
  readonly betrokkenen: readonly Buffer[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly spoor: Buffer | null;
}

export interface Logrecord {
  /** Number of the line; a record of it is told from the others by betrokkene. */
  readonly nr: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** Span of who called us, when it said so. */
  readonly vreemdeSpanId: string | null;
  readonly gebeurtenis: {
    readonly code: string;
    readonly actiecode: Actiecode;
    readonly tijdstip: string;
    readonly resultaat: string;
    readonly mislukt: boolean;
  };
  readonly gebruiker: Hoedanigheid & {
    readonly id: string;
    /** Did it begin with this user, or with what somebody else did before? */
    readonly initiator: boolean;
    /** The organisation on whose behalf. */
    readonly verantwoordelijke: string | null;
  };
  readonly object: {
    readonly identificatortype: string;
    readonly identificator: string;
    readonly autorisatieprotocol: string;
  };
  /** Keyed HMAC of the BSN; null: it is about no one person. */
  readonly betrokkene: { readonly id: string; readonly type: string } | null;
  /** URI in the register of processing activities. */
  readonly verwerkingsactiviteit: string;
  readonly loggegevens: { readonly bron: string; readonly type: string };
  readonly details: Readonly<Record<string, unknown>>;
}

/** By which rule it was allowed: the one place that decides (src/toegang), or the operator who has the machine. */
const PROTOCOL = {
  client: 'knooppunt:bevoegdheid',
  opdrachtregel: 'knooppunt:opdrachtregel',
  intern: 'knooppunt:verwerking',
};
export const BETROKKENE_TYPE = 'BSN-HMAC-SHA256';
/** Failures of ours; what we refuse or find wrong is no failure. */
const MISLUKT: readonly string[] = ['afgebroken', 'interneFout', 'eigenFout'];

function objectVan({ nr, berichtId, namens, details, gebeurtenis }: Regel, toegangspunt: string): Logrecord['object'] {
  const { object } = verklaringVan(gebeurtenis);
  const eigen = ['signaal', 'toetsId', 'leveringId'].map((naam) => details[naam]).find((id) => typeof id === 'string');
  const autorisatieprotocol =
    toegangspunt === 'opdrachtregel'
      ? PROTOCOL.opdrachtregel
      : toegangspunt === 'http' || toegangspunt === 'portaal'
        ? PROTOCOL.client
        : PROTOCOL.intern;
  if (berichtId !== null) return { identificatortype: 'bericht', identificator: berichtId, autorisatieprotocol };
  return {
    identificatortype: object,
    identificator: (eigen as string | undefined) ?? namens ?? `regel ${nr}`,
    autorisatieprotocol,
  };
}

/** @returns the records of a line: one per person, or one when it is about nobody in particular */
export function* recordsVan(regel: Regel, { register, bron }: Herkomst): Generator<Logrecord> {
  const { nr, gebeurtenis, actor, namens, resultaat, details } = regel;
  const spoor = regel.spoor ? leesSpoor(regel.spoor) : undefined;
  const { actie, activiteit } = verklaringVan(gebeurtenis);
  const hoedanigheid = hoedanigheidVan(actor, gebeurtenis, details.route);
  // The identifiers follow from the number, so that the same line exported twice is the same record.
  const traceId = spoor?.traceId ?? afgeleideTrace(bron, String(nr));
  const eigenSpan = afgeleideSpan(bron, String(nr));
  const gedeeld = {
    nr,
    traceId,
    vreemdeSpanId: spoor?.vanAnder ?? null,
    gebeurtenis: {
      code: gebeurtenis,
      actiecode: actie,
      tijdstip: regel.tijdstip.toISOString(),
      resultaat,
      mislukt: MISLUKT.includes(resultaat),
    },
    gebruiker: {
      ...hoedanigheid,
      id: actor,
      initiator: hoedanigheid.rol !== 'knooppunt',
      verantwoordelijke: namens,
    },
    object: objectVan(regel, hoedanigheid.toegangspunt),
    verwerkingsactiviteit: register + activiteit,
    loggegevens: { bron, type: 'toepassing' },
    details,
  };
  const ouder = spoor?.spanId ?? null;
  const [enige, ...meer] = regel.betrokkenen;
  if (meer.length === 0) {
    const betrokkene = enige ? { id: enige.toString('hex'), type: BETROKKENE_TYPE } : null;
    yield { ...gedeeld, spanId: eigenSpan, parentSpanId: ouder, betrokkene };
    return;
  }
  // Of several persons each has an action of its own, under that of the line; the line itself is the first record, about nobody.
  yield { ...gedeeld, spanId: eigenSpan, parentSpanId: ouder, betrokkene: null };
  for (const hmac of regel.betrokkenen) {
    const id = hmac.toString('hex');
    const spanId = afgeleideSpan(bron, String(nr), id);
    yield { ...gedeeld, spanId, parentSpanId: eigenSpan, betrokkene: { id, type: BETROKKENE_TYPE } };
  }
}
