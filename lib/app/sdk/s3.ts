import { S3Client } from '@aws-sdk/client-s3';

export const s3Client = (): S3Client => new S3Client({});
