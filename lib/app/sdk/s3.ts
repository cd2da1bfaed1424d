import { S3Client } from '@aws-sdk/client-s3';

export const s3Client = (): S3Client =>
  new S3Client({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true } });
