import type { EngineSeverity } from "../engine-finding.ts";

/** Where stand-ins are written: data to try things with, settings of a developer's machine, of a build, of an example. */
const STAND_IN_PLACE =
  /(?:^|[/._-])(?:seeds?|seeders?|seeding|fixtures?|samples?|examples?|demos?|mocks?|stubs?|fakes?|populate|factories|factory|dev|develop|development|local|localhost|playground|sandbox|devcontainer|vagrantfile|tutorials?|ci)(?:[/._-]|$)|(?:^|\/)(?:docker-)?compose(?:[._-][^/]*)?\.ya?ml$|(?:^|\/)\.(?:github|gitlab|circleci|buildkite|woodpecker)(?:\/|-)|(?:^|\/)(?:\.travis|\.drone|\.appveyor|appveyor|azure-pipelines|bitbucket-pipelines|buildspec|cloudbuild)[^/]*\.ya?ml$|(?:^|\/)jenkinsfile$/iu;
/** What people write when they want to get on, and others try first. */
const GUESSABLE =
  /pass|secret|admin|root|test|demo|guest|user|default|example|sample|change|insecure|dummy|fake|dev|local|foo|bar|abc|qwert|asdf|1234|0000|1111|welcome|letmein|hunter|hello|postgres|mysql|mongo|redis|rabbit|minio|super|token|key|random|^[a-z]{1,7}$/iu;
const MIN_RANDOM_LENGTH = 16;
/** Bits a letter. English text has less than 3 for its short words, hexadecimal digits reach 4. */
const MIN_RANDOM_ENTROPY = 3.1;

/**
 * How bad it is that a secret is written down. `hasShape` says that it has the form of a credential that some service
 * gives out, and is no invention. What others try first anyway weighs less, and so does what stands in data to try
 * things with, in examples and in the settings of builds.
 */
export function secretSeverity(secret: { text: string; path: string; hasShape: boolean }): EngineSeverity {
  const isStandIn = STAND_IN_PLACE.test(secret.path);
  if (secret.hasShape) return isStandIn ? "High" : "Critical";
  if (isRandom(secret.text)) return isStandIn ? "Medium" : "High";
  if (isStandIn) return "Low";
  return GUESSABLE.test(secret.text) ? "Medium" : "High";
}

/** Whether a text was drawn and not thought of. */
function isRandom(text: string): boolean {
  return text.length >= MIN_RANDOM_LENGTH && /\d/u.test(text) && entropyOf(text) >= MIN_RANDOM_ENTROPY;
}

function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
