//! Blobs: documents and bodies, compressed, once for each content.

use postern_model::ContentHash;

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

/// Above this, compression runs beside the async threads.
const LARGE: usize = 256 * 1024;

/// zstd's own default: a collection shrinks to about a tenth at hundreds of MB a second.
const LEVEL: i32 = 3;

/// How exactly `touched_at` is kept, in milliseconds: what was put less than this ago is not written again.
const TOUCH_MS: i64 = 600_000;

statements! {
    // The conflicting row is locked even when it is not written, so that retention can't take it before our commit.
    PUT = "INSERT INTO blobs (hash, bytes, size, touched_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (hash) DO UPDATE SET touched_at = excluded.touched_at WHERE blobs.touched_at < $5";
    GET = "SELECT bytes, size FROM blobs WHERE hash = $1";
}

/// The table of blobs.
pub struct Blobs<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Blobs<'_> {
    /// Stores bytes; their hash. What is already there is not stored again.
    pub async fn put(&mut self, bytes: &[u8]) -> Result<ContentHash, StorageError> {
        let hash = ContentHash::of(bytes);
        let now = self.tx.store.clock.now();
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let packed = compress(bytes).await?;
        self.tx
            .execute(&PUT, args![&hash, &packed, size, now, now.0 - TOUCH_MS])
            .await?;
        Ok(hash)
    }

    /// The bytes of this hash.
    pub async fn get(&mut self, hash: ContentHash) -> Result<Option<Vec<u8>>, StorageError> {
        let Some(row) = self.tx.optional(&GET, args![&hash]).await? else {
            return Ok(None);
        };
        let size: i64 = row.get("size")?;
        let packed: Vec<u8> = row.get("bytes")?;
        decompress(packed, usize::try_from(size).unwrap_or(0))
            .await
            .map(Some)
    }
}

async fn compress(bytes: &[u8]) -> Result<Vec<u8>, StorageError> {
    let packed = if bytes.len() < LARGE {
        zstd::bulk::compress(bytes, LEVEL)
    } else {
        let bytes = bytes.to_vec();
        beside(move || zstd::bulk::compress(&bytes, LEVEL)).await
    };
    packed.map_err(|source| StorageError::Blob {
        doing: "compress",
        source,
    })
}

async fn decompress(packed: Vec<u8>, size: usize) -> Result<Vec<u8>, StorageError> {
    let bytes = if size < LARGE {
        zstd::bulk::decompress(&packed, size)
    } else {
        beside(move || zstd::bulk::decompress(&packed, size)).await
    };
    bytes.map_err(|source| StorageError::Blob {
        doing: "decompress",
        source,
    })
}

/// Runs what takes milliseconds on a thread where it delays nobody.
async fn beside(
    work: impl FnOnce() -> std::io::Result<Vec<u8>> + Send + 'static,
) -> std::io::Result<Vec<u8>> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(std::io::Error::other(error)),
    }
}
