/** Records as spans of OTLP, in its JSON form: what Logboek Dataverwerkingen recommends, with the NEN 7513 extension. Pure. */
import type { Logrecord } from './record.ts';

type Waarde =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly arrayValue: { readonly values: readonly Waarde[] } }
  | { readonly kvlistValue: { readonly values: readonly Attribuut[] } };
interface Attribuut {
  readonly key: string;
  readonly value: Waarde;
}

const INTERN = 1;
const STATUS_UNSET = 0;
const STATUS_ERROR = 2;
const NANO_PER_MS = 1_000_000n;

const tekst = (key: string, waarde: string | null): readonly Attribuut[] =>
  waarde === null ? [] : [{ key, value: { stringValue: waarde } }];
const lijst = (key: string, velden: readonly Attribuut[]): Attribuut => ({
  key,
  value: { arrayValue: { values: [{ kvlistValue: { values: velden } }] } },
});

function spanVan(record: Logrecord): object {
  const { gebeurtenis, gebruiker, object, betrokkene } = record;
  const nano = String(BigInt(Date.parse(gebeurtenis.tijdstip)) * NANO_PER_MS);
  return {
    traceId: record.traceId,
    spanId: record.spanId,
    ...(record.parentSpanId !== null && { parentSpanId: record.parentSpanId }),
    name: gebeurtenis.code,
    kind: INTERN,
    startTimeUnixNano: nano,
    endTimeUnixNano: nano,
    status: { code: gebeurtenis.mislukt ? STATUS_ERROR : STATUS_UNSET },
    attributes: [
      ...tekst('dpl.core.processing_activity_id', record.verwerkingsactiviteit),
      ...tekst('dpl.core.data_subject_id', betrokkene?.id ?? null),
      ...tekst('dpl.core.data_subject_id_type', betrokkene?.type ?? null),
      ...tekst('dpl.core.foreign_operation.trace_id', record.vreemdeSpanId === null ? null : record.traceId),
      ...tekst('dpl.core.foreign_operation.span_id', record.vreemdeSpanId),
      ...tekst('dpl.nen7513.eventActionCode', gebeurtenis.actiecode),
      ...tekst('dpl.nen7513.eventTypeCode', gebeurtenis.code),
      ...tekst('dpl.nen7513.eventOutcome', gebeurtenis.resultaat),
      lijst('dpl.nen7513.users', [
        ...tekst('userID', gebruiker.id),
        ...tekst('alternateUserID', gebruiker.verantwoordelijke),
        { key: 'userIsRequestor', value: { boolValue: gebruiker.initiator } },
        ...tekst('roleIDCode', gebruiker.rol),
        ...tekst('networkAccessPointID', gebruiker.toegangspunt),
      ]),
      lijst('dpl.nen7513.participants', [
        ...tekst('participantObjectIDTypeCode', object.identificatortype),
        ...tekst('participantObjectID', object.identificator),
      ]),
      ...tekst('dpl.nen7513.autorisatieProtocol', object.autorisatieprotocol),
      ...tekst('knooppunt.regel', String(record.nr)),
      ...Object.entries(record.details).flatMap(([naam, waarde]) => tekst(`knooppunt.details.${naam}`, String(waarde))),
    ],
  };
}

/** @param records of one source. @returns the body of an ExportTraceServiceRequest */
export function otlpVerzoek(records: readonly Logrecord[]): object {
  const perBron = Map.groupBy(records, ({ loggegevens }) => loggegevens.bron);
  return {
    resourceSpans: [...perBron].map(([bron, van]) => ({
      resource: {
        attributes: [
          ...tekst('service.name', 'knooppunt'),
          ...tekst('nen7513.AuditSourceId', bron),
          ...tekst('nen7513.AuditSourceTypeCode', van[0]?.loggegevens.type ?? null),
        ],
      },
      scopeSpans: [{ scope: { name: 'knooppunt.logboek' }, spans: van.map(spanVan) }],
    })),
  };
}
