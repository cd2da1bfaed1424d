/**
 * Reads what `serverless package` made and checks the promises of the description: one role a function and no more
 * rights than named, no retries behind the sweep's back, retention, a private table and bucket, bounded bundles.
 * Usage: node scripts/check-package.ts <package directory>
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

type Resource = { Type: string; Properties?: Record<string, unknown> };
const directory = process.argv[2] ?? '.serverless';
const template = JSON.parse(readFileSync(join(directory, 'cloudformation-template-update-stack.json'), 'utf8'));
const resources = Object.entries<Resource>(template.Resources);
const ofType = (type: string): [string, Resource][] => resources.filter(([, resource]) => resource.Type === type);
const text = (value: unknown): string => JSON.stringify(value);

const problems: string[] = [];
const expectThat = (holds: boolean, problem: string): void => {
  if (!holds) problems.push(problem);
};

const functions = ofType('AWS::Lambda::Function');
const roles = ofType('AWS::IAM::Role').map(([name]) => name);
expectThat(functions.length >= 15, `only ${functions.length} functions`);
const roleOf = new Map<string, string>();
for (const [name, { Properties: properties = {} }] of functions) {
  expectThat(properties['Runtime'] === 'nodejs24.x', `${name} does not run on nodejs24.x`);
  roleOf.set(name, text(properties['Role']));
}
expectThat(new Set(roleOf.values()).size === functions.length, 'functions share roles');
expectThat(roles.length >= functions.length, `${roles.length} roles for ${functions.length} functions`);

for (const [name, { Properties: properties }] of ofType('AWS::IAM::Role')) {
  const rights = text(properties?.['Policies'] ?? []);
  expectThat(!rights.includes('dynamodb:Scan'), `${name} may scan`);
  expectThat(!/"(dynamodb|s3|lambda|sqs|execute-api):\*"/.test(rights), `${name} has a whole service`);
}

const asynchronous = new Map(
  ofType('AWS::Lambda::EventInvokeConfig').map(([, { Properties: properties = {} }]) => [
    text(properties['FunctionName']),
    properties,
  ]),
);
for (const key of ['Assist', 'Deliver', 'CatchUp', 'Work', 'Sweep']) {
  const [, config] = [...asynchronous].find(([name]) => name.includes(`"${key}LambdaFunction"`)) ?? [];
  expectThat(config?.['MaximumRetryAttempts'] === 0, `${key} is retried behind the sweep's back`);
  expectThat(text(config?.['DestinationConfig'] ?? {}).includes('DeadLetters'), `${key} has no dead-letter target`);
}
expectThat(ofType('AWS::CloudWatch::Alarm').length >= 2, 'alarms are missing');
for (const [name, { Properties: properties }] of ofType('AWS::Logs::LogGroup')) {
  expectThat(typeof properties?.['RetentionInDays'] === 'number', `${name} keeps its logs for ever`);
}

const [, table] = ofType('AWS::DynamoDB::Table')[0] ?? [];
expectThat(text(table).includes('"PointInTimeRecoveryEnabled":true'), 'the table has no point-in-time recovery');
expectThat(text(table).includes('"AttributeName":"expiresAt"'), 'the table has no TTL');
const bucket = resources.find(([name]) => name === 'Bucket')?.[1];
for (const promise of [
  '"BlockPublicAcls":true',
  '"RestrictPublicBuckets":true',
  '"SSEAlgorithm"',
  '"Status":"Enabled"',
]) {
  expectThat(text(bucket).includes(promise), `the bucket lacks ${promise}`);
}

const MAX_ZIP_BYTES = 2_000_000;
for (const [name] of functions) {
  const key = name.replace('LambdaFunction', '');
  const zip = join(directory, `${key[0]?.toLowerCase()}${key.slice(1)}.zip`);
  expectThat(statSync(zip).size <= MAX_ZIP_BYTES, `${zip} is larger than ${MAX_ZIP_BYTES} bytes`);
}

for (const problem of problems) console.error(problem);
console.log(`${functions.length} functions, ${roles.length} roles, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
