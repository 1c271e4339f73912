//! Blobs: documents and large bodies, compressed, once for each content.

use std::cell::RefCell;

use postern_model::ContentHash;
use zstd::bulk::{Compressor, Decompressor};

use crate::argument::{Argument, args};
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;
use crate::{StorageError, Tx};

/// Above this, compression runs beside the async threads.
const LARGE: usize = 256 * 1024;

/// zstd's own default: a collection shrinks to about a tenth at hundreds of MB a second.
const LEVEL: i32 = 3;

/// How exactly `touched_at` is kept, in milliseconds: what was put less than this ago is not written again.
const TOUCH_MS: i64 = 600_000;

statements! {
    GET = "SELECT hash, bytes, size FROM blobs WHERE hash = $1";
}

rows! {
    // The conflicting row is locked even when it is not written, so that retention can't take it before our commit.
    PUT = "INSERT INTO blobs (hash, bytes, size, touched_at) VALUES", [4],
        "ON CONFLICT (hash) DO UPDATE SET touched_at = excluded.touched_at
        WHERE blobs.touched_at < excluded.touched_at - 600000";
}
const _: () = assert!(TOUCH_MS == 600_000, "PUT says the same");

/// Bytes ready to be stored: packed before the unit of work, which others wait for.
#[derive(Debug, Clone)]
pub struct Packed {
    hash: ContentHash,
    /// Behind a byte that says how: as they came, if zstd makes them no smaller.
    marked: Vec<u8>,
    size: i64,
}

/// The mark of bytes that are as they came.
const AS_THEY_CAME: u8 = 0;
/// The mark of a zstd frame.
const ZSTD: u8 = 1;

impl Packed {
    /// Packs bytes.
    pub async fn of(bytes: &[u8]) -> Result<Self, StorageError> {
        let packed = compress(bytes).await?;
        let (mark, kept) = if packed.len() < bytes.len() {
            (ZSTD, packed.as_slice())
        } else {
            (AS_THEY_CAME, bytes)
        };
        let mut marked = Vec::with_capacity(kept.len() + 1);
        marked.push(mark);
        marked.extend_from_slice(kept);
        Ok(Self {
            hash: ContentHash::of(bytes),
            marked,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        })
    }

    /// What they are called.
    pub fn hash(&self) -> &ContentHash {
        &self.hash
    }

    /// How many bytes they are when unpacked.
    pub fn size(&self) -> u64 {
        self.size.unsigned_abs()
    }

    /// The bytes behind their mark, for a place that says nothing else about them; see [`unpack_marked`].
    pub(crate) fn marked(&self) -> &[u8] {
        &self.marked
    }
}

/// The table of blobs.
pub struct Blobs<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Blobs<'_> {
    /// Stores bytes; their hash. What is already there is not stored again.
    pub async fn put(&mut self, bytes: &[u8]) -> Result<ContentHash, StorageError> {
        let packed = Packed::of(bytes).await?;
        self.put_all(&[&packed]).await?;
        Ok(packed.hash)
    }

    /// Stores what was packed. What is already there is not stored again.
    pub async fn put_all(&mut self, blobs: &[&Packed]) -> Result<(), StorageError> {
        // In one order everywhere, so that nobody waits in a circle; and each once, as the statement asks.
        let mut blobs = blobs.to_vec();
        blobs.sort_unstable_by_key(|blob| blob.hash.0);
        blobs.dedup_by_key(|blob| blob.hash.0);
        let now = self.tx.store.clock.now();
        let rows: Vec<Argument<'_>> = blobs
            .iter()
            .flat_map(|blob| {
                let bytes = &blob.marked[1..];
                [
                    blob.hash().into(),
                    bytes.into(),
                    blob.size.into(),
                    now.into(),
                ]
            })
            .collect();
        self.tx.execute_rows(&PUT, &rows).await?;
        Ok(())
    }

    /// The bytes of this hash.
    pub async fn get(&mut self, hash: ContentHash) -> Result<Option<Vec<u8>>, StorageError> {
        match self.tx.optional(&GET, args![&hash]).await? {
            Some(row) => Ok(Some(unpacked(&row).await?)),
            None => Ok(None),
        }
    }
}

async fn unpacked(row: &Row) -> Result<Vec<u8>, StorageError> {
    unpack(row.get("bytes")?, row.get("size")?).await
}

/// The bytes of a blob, of which so many were packed.
pub(crate) async fn unpack(bytes: Vec<u8>, size: i64) -> Result<Vec<u8>, StorageError> {
    let size = usize::try_from(size).unwrap_or(0);
    if bytes.len() == size {
        return Ok(bytes);
    }
    decompress(bytes, size).await
}

/// The bytes behind a mark, at most so many; none where there is not even a mark.
pub(crate) fn unpack_marked(marked: &[u8], most: usize) -> Result<Vec<u8>, StorageError> {
    match marked.split_first() {
        None => Ok(Vec::new()),
        Some((&ZSTD, packed)) => decompress_here(packed, most).map_err(not_decompressed),
        Some((_, bytes)) => Ok(bytes.to_vec()),
    }
}

fn not_decompressed(source: std::io::Error) -> StorageError {
    StorageError::Blob {
        doing: "decompress",
        source,
    }
}

thread_local! {
    // Making these costs more than a small body does.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

fn compress_here(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|kept| match kept {
        Some(compressor) => compressor.compress(bytes),
        None => kept.insert(Compressor::new(LEVEL)?).compress(bytes),
    })
}

fn decompress_here(bytes: &[u8], size: usize) -> std::io::Result<Vec<u8>> {
    DECOMPRESSOR.with_borrow_mut(|kept| match kept {
        Some(decompressor) => decompressor.decompress(bytes, size),
        None => kept.insert(Decompressor::new()?).decompress(bytes, size),
    })
}

async fn compress(bytes: &[u8]) -> Result<Vec<u8>, StorageError> {
    let packed = if bytes.len() < LARGE {
        compress_here(bytes)
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
        decompress_here(&packed, size)
    } else {
        beside(move || zstd::bulk::decompress(&packed, size)).await
    };
    bytes.map_err(not_decompressed)
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
