import type { Logger } from 'pino';
import { counting, type Observed } from '#src/platform/observed/observed.ts';
import { openOtlp } from '#src/platform/observed/otlp.ts';
import type { Config } from './config.ts';
import { productVersion } from './version.ts';

/** How this process watches itself: it always counts, and sends traces where the configuration names a collector. */
export function observe(config: Config, log: Logger): Observed {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return counting();
  return counting(
    openOtlp({
      endpoint,
      headers: config.OTEL_EXPORTER_OTLP_HEADERS,
      serviceName: config.OTEL_SERVICE_NAME,
      version: productVersion,
      share: config.OTEL_TRACES_SAMPLER_ARG,
      log,
    }),
  );
}

/** Counts what was done, once it is committed, by the names of the audit trail. */
export const countActions =
  ({ counted }: Observed) =>
  (done: readonly { action: string; subjects: readonly string[] }[]): void => {
    for (const { action, subjects } of done) {
      counted.add('shokai_actions_total', { action });
      counted.add('shokai_subjects_total', { action }, subjects.length);
    }
  };
