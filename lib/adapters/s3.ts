import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectStore } from '../ports/objects.ts';

/** Objects in a bucket. */
export function s3Store(client: S3Client, bucket: string): ObjectStore {
  return {
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async put(key, bytes) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    async list(prefix, cursor) {
      const { Contents = [], NextContinuationToken: next } = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(cursor === undefined ? {} : { ContinuationToken: cursor }),
        }),
      );
      const items = Contents.flatMap(({ Key: key, LastModified: at, Size: bytes = 0 }) =>
        key === undefined || at === undefined ? [] : [{ key, at: at.getTime(), bytes }],
      );
      return next === undefined ? { items } : { items, cursor: next };
    },
  };
}
